"""Checks every uploaded file against the digest that stands beside it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from samverkan.lib.downloads import fault_of
from samverkan.lib.fields import NamedFileField


def faulty_files() -> Iterator[tuple[str, str]]:
    """The name of each file that has gone or changed, and what is wrong, also of files that a later one has replaced."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, NamedFileField):
                for name, digest in sorted(_recorded(model, field)):
                    row = model(**{field.name: name, field.digest_field: digest})
                    if fault := fault_of(getattr(row, field.name)):
                        yield name, fault


def _recorded(model: Any, field: NamedFileField) -> set[tuple[str, str]]:
    """The file's name and digest of every row, now and before."""
    kept = [model] + ([model.history.model] if hasattr(model, "history") else [])
    columns = (field.name, field.digest_field)
    return {pair for each in kept for pair in each._default_manager.values_list(*columns) if pair[0]}
