"""What all factories share."""

from datetime import date, datetime, time
from typing import Any

import factory
from django.db.models import Model
from django.utils import timezone
from factory import CREATE_STRATEGY
from factory.declarations import BaseDeclaration
from factory.django import DjangoModelFactory

from samverkan.lib.history import signed


class RowFactory(DjangoModelFactory):
    """Looks for a row before it makes one, and before it makes what such a row would refer to.

    Django's own `get_or_create` takes a savepoint besides, since two could do so at once.
    """

    class Meta:
        abstract = True

    @classmethod
    def find(cls, given: dict[str, Any]) -> Model | None:
        """The row with these keys; None also where they are not known before something is made, or more is to be made."""
        options = cls._meta
        if not options.django_get_or_create or any(
            name.partition("__")[0] in options.post_declarations for name in given
        ):
            return None
        known = dict(options.base_declarations)
        for name in options.parameters.keys() & given.keys():
            known |= getattr(options.parameters[name], "overrides", {}) if given[name] else {}
        keys = {name: (known | given)[name] for name in options.django_get_or_create}
        if any(isinstance(value, BaseDeclaration) for value in keys.values()):
            return None
        return cls._get_manager(options.get_model_class()).filter(**keys).first()

    @classmethod
    def _generate(cls, strategy: str, params: dict[str, Any]) -> Model:
        found = cls.find(params) if strategy == CREATE_STRATEGY else None
        return found or super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class: type[Model], *args: Any, **kwargs: Any) -> Model:
        keys = {name: kwargs[name] for name in cls._meta.django_get_or_create}
        manager = cls._get_manager(model_class)
        found = manager.filter(**keys).first() if keys else None
        return found or manager.create(*args, **kwargs)


class Row(factory.SubFactory):
    """The row of another factory."""

    def evaluate(self, instance: Any, step: Any, extra: dict[str, Any]) -> Model:
        found = self.get_factory().find(extra) if step.builder.strategy == CREATE_STRATEGY else None
        return found or super().evaluate(instance, step, extra)


def at_ten(day: date) -> datetime:
    """10:00 on the day."""
    return timezone.make_aware(datetime.combine(day, time(10)))


class PlannedFactory(RowFactory):
    """A row with a history whose first record has the agreement's date."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = signed(model_class(*args, **kwargs), by=None, at=at_ten(date(2023, 1, 1)))
        row.save(force_insert=True)
        return row
