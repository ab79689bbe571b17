"""Reads the log in bulk, by SQL of its own: a million entries as model instances would take minutes."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection

from parties.audit.hashing import COLUMNS, digest_of

BATCH = 10_000
BEFORE_ALL = -(2**63)  # below every key, also of a row that somebody puts in front
_SECOND = len("2024-09-30 12:00:00")
_AT = {
    "postgresql": "to_char(\"at\" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "sqlite": 'CAST("at" AS TEXT)',
}


class Stored(NamedTuple):
    """An entry's key, the digest that is stored and the one that its values give now."""

    key: int
    digest: str
    actual: str


def stored_entries(after: int = BEFORE_ALL, until: int | None = None) -> Iterator[Stored]:
    """The entries with keys above `after`, up to `until`, in key order. Reads a batch at a time."""
    columns = ", ".join(f'"{name}"' for name in COLUMNS[1:])
    query = (
        f"SELECT id, digest, {_AT[connection.vendor]}, {columns} FROM parties_auditentry WHERE id > %s AND id <= %s "  # noqa: S608 -- our own names
        f"ORDER BY id LIMIT {BATCH}"
    )
    last = until if until is not None else 2**63 - 1
    while rows := _rows(query, [after, last]):
        for key, digest, at, *values in rows:
            yield Stored(key, digest, digest_of([_whole(at), *values]))
        after = rows[-1][0]


def _rows(query: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def _whole(at: str) -> str:
    """SQLite leaves out the decimals of a whole second."""
    return f"{at}.000000" if len(at) == _SECOND else at
