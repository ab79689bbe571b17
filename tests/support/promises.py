"""Checks what the database promises: for each constraint a row that keeps it, and rows that break it and no other.

A row is given by its differences from an ordinary row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import BaseConstraint, Model

from samverkan.lib.fields import MAX_TEXT, FreeTextField


@dataclass(frozen=True)
class Promise:
    """`make` creates the ordinary row. A value that is a function is called with that row."""

    constraint: str
    make: Callable[[], Any]
    keeps: dict[str, Any]
    breaks: list[dict[str, Any]]


def models_of(app: str) -> list[type[Model]]:
    """The app's models, without their historical models."""
    return [model for model in apps.get_app_config(app).get_models() if "Historical" not in model.__name__]


def constraints_of(app: str) -> list[str]:
    """The names of every constraint in the app, sorted."""
    return sorted(constraint.name for model in models_of(app) for constraint in model._meta.constraints)


def limits(
    app: str, ordinary: dict[type[Model], tuple[Callable[[], Any], dict[str, Any]]]
) -> Iterator[Promise]:
    """The promise of every free text in the app that it has at most 5,000 characters."""
    for model in models_of(app):
        for field in (field for field in model._meta.fields if isinstance(field, FreeTextField)):
            (name,) = [
                constraint.name
                for constraint in model._meta.constraints
                if f"_{field.name}_has_at_most" in constraint.name
            ]
            make, fresh = ordinary[model]
            longest = fresh | {field.name: "å" * MAX_TEXT}
            yield Promise(name, make, longest, [longest | {field.name: "å" * (MAX_TEXT + 1)}])


def like(row: Model, differences: dict[str, Any]) -> Model:
    """A new unsaved row, equal to `row` but for the differences."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    other = type(row)(**values)
    for name, value in differences.items():
        setattr(other, name, value(row) if callable(value) else value)
    return other


def broken_by(row: Model) -> list[str]:
    """The names of the constraints that the row breaks."""

    def breaks(constraint: BaseConstraint) -> bool:
        try:
            constraint.validate(type(row), row)
        except ValidationError:
            return True
        return False

    return [constraint.name for constraint in row._meta.constraints if breaks(constraint)]


def assert_kept(promise: Promise) -> None:
    """Asserts that the keeping row is stored, and that each of the others breaks this constraint alone and is refused."""
    ordinary = promise.make()
    stored = like(ordinary, promise.keeps)
    with transaction.atomic():
        stored.save(force_insert=True)
        transaction.set_rollback(True)
    for differences in promise.breaks:
        refused = like(ordinary, differences)
        assert broken_by(refused) == [promise.constraint]
        with pytest.raises(IntegrityError), transaction.atomic():
            refused.save(force_insert=True)
