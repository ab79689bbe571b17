"""How do SQLite and PostgreSQL sort and search Swedish text alike?

PostgreSQL's ICU knows Swedish; SQLite gets the same order under the same collation name, and the same case folding.
The collation is used in ORDER BY only: in a column or an index it would tie the data to one ICU version.
"""

import unicodedata
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Case, DateField, F, Func, Model, Q, QuerySet, TextField, When
from django.db.models.constants import OnConflict
from django.db.models.expressions import OrderBy, RawSQL
from django.db.models.functions import Collate
from django.db.models.sql import InsertQuery

from samverkan.lib.matching import SAME, for_matching

SWEDISH = "sv-SE-x-icu"
# å, ä, ö and their foreign variants come last: as characters of the private use area, which no text contains.
_AFTER_Z = {"å": "\ue000", "ä": "\ue001", "æ": "\ue001", "ö": "\ue002", "ø": "\ue002", "ü": "y"}
# Punctuation and spaces come before digits, and digits before letters; their own order is ICU's.
_PUNCTUATION = " _-–—,;:!?.'’\"”()[]{}§@*/\\&#%`^+<=>|~$€"


def _in_sql() -> str:
    """`for_matching` as an SQL template. Characters are written as escapes, and a percent sign would be a parameter."""
    kept = {character: same for character, same in SAME.items() if same}
    gone = [character for character, same in SAME.items() if not same]
    wanted = "".join(f"\\{ord(character):04X}" for character in [*kept, *gone])
    into = "".join(kept.values()).replace("'", "''")
    plain = f"normalize(translate(%(expressions)s, U&'{wanted}', '{into}'), NFKC)"
    return f"LOWER(trim(regexp_replace({plain}, '  +', ' ', 'g')) COLLATE \"{SWEDISH}\")"


_MATCHED = _in_sql()


def swedish_key(text: str) -> tuple[str, str, str]:
    """A sort key in Swedish order: letters with å, ä, ö last, then accents, then lower case before upper."""
    characters = unicodedata.normalize("NFC", text.replace("\u00a0", " ")).casefold()
    return "".join(map(_letter, characters)), characters, text.swapcase()


def _letter(character: str) -> str:
    """A character's key at the first level, without accents and case."""
    if character in _PUNCTUATION:
        return f"\x01{chr(2 + _PUNCTUATION.index(character))}"
    return _AFTER_Z.get(character) or unicodedata.normalize("NFD", character)[0]


def _compare(one: str, other: str) -> int:
    left, right = swedish_key(one), swedish_key(other)
    return (left > right) - (left < right)


def _matched(text: str | None) -> str | None:
    return None if text is None else for_matching(text)


def prepare_sqlite(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Adds the Swedish collation and what texts are compared by to a new SQLite connection."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(SWEDISH, _compare)
        connection.connection.create_function("for_matching", 1, _matched, deterministic=True)


def is_read_only(connection: BaseDatabaseWrapper) -> bool:
    """Whether nothing can be written: a standby or a switched-off server, a file without the right, a full disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW transaction_read_only")
            return bool(cursor.fetchone()[0] == "on")
        # Whoever is saving now, for however long, can write; so nobody waits for that.
        cursor.execute("PRAGMA busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            # No row has such a key. A transaction that only begins is let pass, since SQLite makes it one that reads.
            cursor.execute("DELETE FROM django_migrations WHERE id < 0")
        except OperationalError as error:
            return "readonly" in str(error) or "disk" in str(error)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(patience)}")
    return False


def in_swedish_order(field: str) -> OrderBy:
    """An ORDER BY on a text in Swedish order: `Party.objects.order_by(in_swedish_order("name"))`."""
    return Collate(F(field), SWEDISH).asc()


def whether(condition: Q) -> Case:
    """A condition as a column of true and false, never null."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def keys_of(rows: QuerySet[Any, Any]) -> RawSQL | list[Any]:
    """The keys of an uncorrelated query, or the one column that it selects, as raw SQL for an `__in`.

    An empty list when it has no rows. The ORM would resolve, rename and compile a queryset again for every place where
    it is used.
    """
    chosen = rows if rows.query.has_select_fields else rows.values("pk")
    try:
        return RawSQL(*chosen.order_by().query.sql_with_params())  # noqa: S611 -- SQL from the ORM
    except EmptyResultSet:
        return []


def is_one_of(columns: tuple[str, ...], rows: QuerySet[Any, Any]) -> Func:
    """Whether the columns together are a row of an uncorrelated query, which is then run once and not for every row."""
    return _OneOf(*map(F, columns), rows=rows)


class _OneOf(Func):
    output_field = BooleanField()

    def __init__(self, *columns: Any, rows: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(*columns, **extra)
        self.rows = rows

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> Any:
        columns, params = super().as_sql(compiler, connection, template="(%(expressions)s)", **extra)
        sql, own = self.rows.order_by().query.sql_with_params()
        return f"{columns} IN ({sql})", [*params, *own]


class DayAfter(Func):
    """The day after a date, usable in a check constraint on both databases: `DayAfter("as_of")`."""

    output_field = DateField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="DATE(%(expressions)s, '+1 day')", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="(%(expressions)s + 1)", **extra)


class Matched(Func):
    """A text as `for_matching` has it, for searching: `.alias(t=Matched("title")).filter(t__contains=for_matching(words))`."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, function="for_matching", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template=_MATCHED, **extra)


def insert_all(rows: list[Model]) -> None:
    """Inserts rows of one model in one statement, skipping those that break a unique constraint. Sets no keys.

    `bulk_create` splits it on SQLite, because of a limit of 999 values that was raised in 2020. A few thousand rows are
    well within the new limit.
    """
    if rows:
        model = type(rows[0])
        query = InsertQuery(model, on_conflict=OnConflict.IGNORE)
        query.insert_values([field for field in model._meta.concrete_fields if not field.primary_key], rows)
        query.get_compiler(DEFAULT_DB_ALIAS).execute_sql()
