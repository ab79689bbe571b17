"""How do SQLite and PostgreSQL come to sort and search Swedish text alike?

PostgreSQL's ICU knows Swedish; SQLite gets the same order under the same collation name, and the same folding
of letters. Collation stands in ORDER BY only: in a column or an index it would tie the data to one ICU version.
"""

import unicodedata
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Case, DateField, F, Func, Model, Q, QuerySet, TextField, When
from django.db.models.constants import OnConflict
from django.db.models.expressions import OrderBy, RawSQL
from django.db.models.functions import Collate
from django.db.models.sql import InsertQuery

SWEDISH = "sv-SE-x-icu"
# å, ä and ö with their foreign kin come last, in signs of the private use area, which no text holds.
_AFTER_Z = {"å": "\ue000", "ä": "\ue001", "æ": "\ue001", "ö": "\ue002", "ø": "\ue002", "ü": "y"}
# Punctuation and spaces come before digits, and digits before letters; their own order is ICU's.
_PUNCTUATION = " _-–—,;:!?.'’\"”()[]{}§@*/\\&#%`^+<=>|~$€"


def swedish_key(text: str) -> tuple[str, str, str]:
    """Sorts as Swedish does: letters without regard to case, å, ä, ö last, then accents, then lower case first."""
    characters = unicodedata.normalize("NFC", text.replace("\u00a0", " ")).casefold()
    return "".join(map(_letter, characters)), characters, text.swapcase()


def _letter(character: str) -> str:
    """What counts before accents and case."""
    if character in _PUNCTUATION:
        return f"\x01{chr(2 + _PUNCTUATION.index(character))}"
    return _AFTER_Z.get(character) or unicodedata.normalize("NFD", character)[0]


def _compare(one: str, other: str) -> int:
    left, right = swedish_key(one), swedish_key(other)
    return (left > right) - (left < right)


def _fold(text: str | None) -> str | None:
    return None if text is None else text.lower()


def prepare_sqlite(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Gives a new SQLite connection the collation and the folding that PostgreSQL has of its own."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, _compare)
        connection.connection.create_function("fold_case", 1, _fold, deterministic=True)


def in_swedish_order(field: str) -> OrderBy:
    """An ORDER BY on a text in Swedish order: `Party.objects.order_by(in_swedish_order("name"))`."""
    return Collate(F(field), SWEDISH).asc()


def whether(condition: Q) -> Case:
    """A condition as a column of true and false, never null."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def keys_of(rows: QuerySet[Any, Any]) -> RawSQL | list[Any]:
    """The rows of a query that asks nothing of the one around it, for an `__in`: compiled as it stands.

    As a queryset it would be taken apart, given other names and put together again for every place that it stands in.
    """
    try:
        return RawSQL(*rows.query.sql_with_params())  # noqa: S611 -- the ORM's own words
    except EmptyResultSet:
        return []


class DayAfter(Func):
    """The day after a date, in words that a check constraint can hold on both databases: `DayAfter("as_of")`."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="DATE(%(expressions)s, '+1 day')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s + 1)", **extra)


class Folded(Func):
    """A text in lower case, å, ä and ö included, for searching: `.alias(t=Folded("title")).filter(t__contains=q.lower())`."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="fold_case", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = f'LOWER((%(expressions)s) COLLATE "{SWEDISH}")'
        return super().as_sql(compiler, connection, template=template, **extra)


def insert_all(rows: list[Model]) -> None:
    """Stores new rows of one model in one statement; one that breaks a unique promise is left out. Sets no keys.

    `bulk_create` makes many of it on SQLite, for fear of a limit of 999 values that went away in 2020. A few thousand
    rows are well within the new one.
    """
    if rows:
        model = type(rows[0])
        query = InsertQuery(model, on_conflict=OnConflict.IGNORE)
        query.insert_values([field for field in model._meta.concrete_fields if not field.primary_key], rows)
        query.get_compiler(DEFAULT_DB_ALIAS).execute_sql()
