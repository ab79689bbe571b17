"""What all factories share."""

from typing import Any

import factory
from django.db.models import Model
from factory import CREATE_STRATEGY
from factory.declarations import BaseDeclaration
from factory.django import DjangoModelFactory


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
