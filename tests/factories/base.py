"""What all factories share."""

from typing import Any

from django.db.models import Model
from factory.django import DjangoModelFactory


class RowFactory(DjangoModelFactory):
    """Looks for a row before it makes one, without the savepoint that Django takes because two could do so at once."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Model], *args: Any, **kwargs: Any) -> Model:
        keys = {name: kwargs[name] for name in cls._meta.django_get_or_create}
        manager = cls._get_manager(model_class)
        found = manager.filter(**keys).first() if keys else None
        return found or manager.create(*args, **kwargs)
