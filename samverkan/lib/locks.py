"""How does the database itself refuse a change? Triggers made from a declarative list of locks.

A table rebuild on SQLite drops a table's triggers without a word, so the list is installed anew after every
migration (`post_migrate`), and a test compares what is installed with the list.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

PREFIX = "lock_"


@dataclass(frozen=True)
class Lock:
    """What may not happen to the rows of one table.

    `when` is SQL that holds on both databases with `ROW` for the row; empty means every row. `inserts` also
    refuses new rows, for what belongs to something closed; `only_inserts` refuses nothing else, for a table
    that has a lock of its own besides. `unique` names columns that no new row may reuse: SQLite's INSERT OR
    REPLACE would otherwise remove the old row in passing.
    """

    model: str
    sentence: str
    when: str = ""
    inserts: bool = False
    only_inserts: bool = False
    unique: tuple[str, ...] = ("id",)

    @property
    def table(self) -> str:
        model: type[Model] = apps.get_model(self.model)
        return model._meta.db_table

    def condition(self, row: str) -> str:
        return self.when.replace("ROW", row) or "1 = 1"

    @property
    def events(self) -> dict[str, str]:
        """The trigger events with the condition under which each is refused."""
        if self.only_inserts:
            return {"insert": self.condition("NEW")}
        refused = {"update": self.condition("OLD"), "delete": self.condition("OLD")}
        if self.inserts:
            refused["update"] = f"({self.condition('OLD')}) OR ({self.condition('NEW')})"
            refused["insert"] = self.condition("NEW")
        return refused


def install(connection: BaseDatabaseWrapper, locks: Iterable[Lock]) -> None:
    """Makes the installed triggers equal to the list, whatever was there before, with no moment in between without locks."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for lock in locks:
            for statement in _statements(connection.vendor, lock):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Removes every lock; for tests that empty tables, and before installing anew."""
    with connection.cursor() as cursor:
        for name, table in installed(connection):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The locks that stand in the database now, as (trigger, table), sorted."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT t.tgisinternal"
        )
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted((name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX))


def expected(vendor: str, locks: Iterable[Lock]) -> list[tuple[str, str]]:
    """What `installed` should answer for the list."""
    return sorted((name, lock.table) for lock in locks for name in _names(vendor, lock))


def _names(vendor: str, lock: Lock) -> Iterator[str]:
    in_passing = [] if lock.only_inserts else ["truncate" if vendor == "postgresql" else "replace"]
    return (f"{PREFIX}{lock.table}_{event}"[:63] for event in [*lock.events, *in_passing])


def _statements(vendor: str, lock: Lock) -> Iterator[str]:
    sentence = lock.sentence.replace("'", "''")
    if vendor == "postgresql":
        for event, condition in lock.events.items():
            yield from _postgresql(
                lock.table, event, f"IF {condition} THEN RAISE EXCEPTION '{sentence}'; END IF;", "ROW"
            )
        if not lock.only_inserts:
            yield from _postgresql(lock.table, "truncate", f"RAISE EXCEPTION '{sentence}';", "STATEMENT")
        return
    taken = " OR ".join(f'"{column}" = NEW."{column}"' for column in lock.unique)
    another = f'EXISTS (SELECT 1 FROM "{lock.table}" WHERE {taken})'  # noqa: S608 -- names from our own list
    conditions = lock.events if lock.only_inserts else {**lock.events, "replace": another}
    for event, condition in conditions.items():
        yield (
            f'CREATE TRIGGER "{PREFIX}{lock.table}_{event}" BEFORE {"INSERT" if event == "replace" else event.upper()} '
            f"ON \"{lock.table}\" WHEN {condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def _postgresql(table: str, event: str, body: str, level: str) -> Iterator[str]:
    name = f"{PREFIX}{table}_{event}"[:63]
    answer = "OLD" if event == "delete" else "NEW"
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$lock$ BEGIN {body} RETURN {answer if level == 'ROW' else 'NULL'}; END $lock$"
    )
    yield f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH {level} EXECUTE FUNCTION "{name}"()'
