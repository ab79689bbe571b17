"""How does the database itself refuse a change? By triggers made from a list of locks.

Rebuilding a table on SQLite silently drops its triggers, so the locks are installed again after every migration
(`post_migrate`). On SQLite they are also lifted before a migration, since a table cannot be rebuilt while another
table's trigger refers to it, in the one transaction that `migrate` is there. `faults` compares what is installed with
the list, text by text: the server does not start with a fault, and `/halsa/` and `check` tell it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model

from samverkan.lib.fields import FreeLineField, FreeTextField
from samverkan.lib.keys import keys_of
from samverkan.lib.texts import MASKED

PREFIX = "lock_"
# PostgreSQL: where a lock looks for tables and operators, whatever the session's own path and temporary tables are, and
# pg_trigger's bits for a trigger's kind.
_PATH = "pg_catalog, public, pg_temp"
_ROW, _BEFORE = 1, 2
_EVENTS = {"insert": 4, "delete": 8, "update": 16, "truncate": 32}


@dataclass(frozen=True)
class Lock:
    """Refuses updates and deletes of some rows of one table, with `sentence` as the error.

    `when` is the SQL condition for these rows, with `ROW` for the row, valid on both databases; empty for every row.
    `when_updated`, with OLD and NEW, narrows the updates that are refused, and `when_deleted`, with ROW, the deletes.
    `inserts` also refuses new rows, for what belongs to something closed. `only_inserts` refuses only new rows and those that
    are moved there, on a table whose other updates and deletes another lock refuses. `refers_to`, the model of each foreign
    key, refuses new rows that refer to nothing, also in a SQLite program that does not ask about foreign keys. `masked_by`,
    the model of the masks, allows one update: that a person's text becomes MASKED when there is a mask for it.
    """

    model: str
    sentence: str
    when: str = ""
    when_updated: str = ""
    when_deleted: str = ""
    inserts: bool = False
    only_inserts: bool = False
    refers_to: tuple[tuple[str, str], ...] = ()
    masked_by: str = ""

    @property
    def rows(self) -> type[Model]:
        model: type[Model] = apps.get_model(self.model)
        return model

    @property
    def table(self) -> str:
        return self.rows._meta.db_table

    def holds_for(self, row: str) -> str:
        return f"({self.when.replace('ROW', row) or '1 = 1'})"

    @property
    def events(self) -> dict[str, str]:
        """The refused events, each with its condition, on both databases."""
        if self.refers_to:
            return {"insert": " OR ".join(self._is_lost(*each) for each in self.refers_to)}
        old, new = self.holds_for("OLD"), self.holds_for("NEW")
        if self.only_inserts:
            return {"insert": new, "update": f"{new} AND NOT {old}"}
        refused = self._changes_more_than_masks if self.masked_by else self.when_updated
        changed = f"({refused}) AND {old}" if refused else old
        gone = f"({self.when_deleted.replace('ROW', 'OLD')}) AND {old}" if self.when_deleted else old
        if self.inserts:
            moved_in = f"({new} AND NOT {old})" if self.masked_by else new
            return {"insert": new, "update": f"{changed} OR {moved_in}", "delete": gone}
        return {"update": changed, "delete": gone}

    @property
    def _changes_more_than_masks(self) -> str:
        """SQL for an update that is no masking: another column changes, or a text without a mask, or nothing at all."""
        texts = [str(field.column) for field in maskable_texts(self.rows)]
        differs = {
            str(field.column): f'NEW."{field.column}" IS DISTINCT FROM OLD."{field.column}"'
            for field in self.rows._meta.concrete_fields
            if field.name != "version"  # a masking raises it
        }
        others = [test for column, test in differs.items() if column not in texts]
        unmasked = [f"({differs[column]} AND NOT {self._is_masked(column)})" for column in texts]
        is_idle = "NOT ({})".format(" OR ".join(differs[column] for column in texts))
        return " OR ".join([self.when_updated] if self.when_updated else [*others, is_idle]) + "".join(
            f" OR {each}" for each in unmasked
        )

    def _is_masked(self, column: str) -> str:
        meta, masks = self.rows._meta, apps.get_model(self.masked_by)._meta.db_table
        return (
            f'(NEW."{column}" = \'{MASKED}\' AND EXISTS (SELECT 1 FROM "{masks}" mask '  # noqa: S608 -- names from our own list
            f"WHERE mask.about = '{meta.label_lower}' AND mask.key = OLD.\"{meta.pk.column}\" AND mask.field = '{column}'))"
        )

    @staticmethod
    def _is_lost(column: str, model: str) -> str:
        table = apps.get_model(model)._meta.db_table
        return (
            f'(NEW."{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "{table}" WHERE id = NEW."{column}"))'  # noqa: S608 -- names from our own list
        )


def maskable_texts(model: type[Model]) -> list[Field]:
    """The fields that hold a text that a person wrote and have room for the sentence of a masked one."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, FreeTextField)
        or (isinstance(field, FreeLineField) and (field.max_length or 0) >= len(MASKED))
    ]


def faults(connection: BaseDatabaseWrapper, locks: Iterable[Lock]) -> list[str]:
    """How what is installed differs from the list: `lock_x_update is missing`, `… is not as it should be`. One query."""
    wanted, found = _texts_wanted(connection.alias, tuple(locks)), _texts(connection)
    missing = [f"{name} is missing" for name in wanted.keys() - found.keys()]
    added = [f"{name} is not in the list" for name in found.keys() - wanted.keys()]
    other = [
        f"{name} is not as it should be"
        for name in wanted.keys() & found.keys()
        if wanted[name] != found[name]
    ]
    return sorted(missing + added + other + _switched_off(connection))


def _switched_off(connection: BaseDatabaseWrapper) -> list[str]:
    """What keeps all locks from holding in this connection: PostgreSQL can be told to run no trigger."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SHOW session_replication_role")
        (role,) = cursor.fetchone()
    return [] if role == "origin" else [f"session_replication_role is {role} and switches off every lock"]


def install(connection: BaseDatabaseWrapper, locks: Iterable[Lock]) -> None:
    """Replaces all installed triggers by those of the list, in one transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for (table, event), refusals in _triggers(connection, locks).items():
            for statement in _statements(connection.vendor, table, event, refusals):
                cursor.execute(statement)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Removes every lock: before tables are rebuilt or locks installed, and in tests that empty tables."""
    with connection.cursor() as cursor:
        for name, table in installed(connection):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')


def installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """The locks in the database, as (trigger, table), sorted."""
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


def expected(connection: BaseDatabaseWrapper, locks: Iterable[Lock]) -> list[tuple[str, str]]:
    """What `installed` should return for the list."""
    return sorted((_name(table, event), table) for table, event in _triggers(connection, locks))


def _texts(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What each installed lock does, by name. A lock that somebody has switched off does nothing."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT t.tgname, CASE WHEN t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND t.tgattr::text = '' "
            "THEN concat_ws(' ', c.relname, t.tgtype, p.proname, array_to_string(p.proconfig, ' '), p.prosrc) "
            "ELSE '' END FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE n.nspname = current_schema() AND NOT t.tgisinternal"
        )
    else:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: text for name, text in cursor.fetchall() if name.startswith(PREFIX)}


@lru_cache(maxsize=4)
def _texts_wanted(alias: str, locks: tuple[Lock, ...]) -> dict[str, str]:
    """What `_texts` should return for the database of that alias."""
    found, connection = {}, connections[alias]
    for (table, event), refusals in _triggers(connection, locks).items():
        made, *_ = _statements(connection.vendor, table, event, refusals)
        name = _name(table, event)
        if connection.vendor == "postgresql":
            kind = _BEFORE + _EVENTS[event] + (0 if event == "truncate" else _ROW)
            made = f"{table} {kind} {name} search_path={_PATH} {made.split('$lock$')[1]}"
        found[name] = made
    return found


def _name(table: str, event: str) -> str:
    return f"{PREFIX}{table}_{event}"[:63]


def _triggers(
    connection: BaseDatabaseWrapper, locks: Iterable[Lock]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """The refusals of each (table, event), as (condition, sentence) in the list's order."""
    triggers = defaultdict(list)
    for lock in locks:
        for event, condition in {**lock.events, **_in_passing(connection, lock)}.items():
            triggers[lock.table, event].append((condition, lock.sentence))
    return triggers


def _in_passing(connection: BaseDatabaseWrapper, lock: Lock) -> dict[str, str]:
    """Conditions for the events by which a database deletes rows without firing the delete trigger.

    PostgreSQL has TRUNCATE. SQLite has INSERT OR REPLACE and UPDATE OR REPLACE, which delete every row whose key the new
    one takes; these conditions include the lock's own.
    """
    if lock.only_inserts or lock.refers_to:
        return {}
    if connection.vendor == "postgresql":
        return {"truncate": "TRUE"}
    own = lock.rows._meta.pk.column
    taken = [key.shared_with("NEW") for key in keys_of(lock.rows, connection)]
    by_another = [f'{condition} AND "{own}" <> OLD."{own}"' for condition in taken]
    events = {"insert": "FALSE", **lock.events}
    return {
        "insert": " OR ".join([events["insert"], *(_is_held(lock, condition) for condition in taken)]),
        "update": " OR ".join([events["update"], *(_is_held(lock, condition) for condition in by_another)]),
    }


def _is_held(lock: Lock, condition: str) -> str:
    """SQL for whether the condition is true for a locked row."""
    return f'EXISTS (SELECT 1 FROM "{lock.table}" AS taken WHERE {condition} AND {lock.holds_for("taken")})'  # noqa: S608 -- names from our own list


def _statements(vendor: str, table: str, event: str, refusals: list[tuple[str, str]]) -> Iterator[str]:
    name = _name(table, event)
    quoted = [(condition, sentence.replace("'", "''")) for condition, sentence in refusals]
    if vendor == "sqlite":
        body = " ".join(f"SELECT RAISE(ABORT, '{text}') WHERE {condition};" for condition, text in quoted)
        yield f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" BEGIN {body} END'
        return
    body = " ".join(f"IF {condition} THEN RAISE EXCEPTION '{text}'; END IF;" for condition, text in quoted)
    level, answer = ("STATEMENT", "NULL") if event == "truncate" else ("ROW", "NEW")
    yield (
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql SET search_path = {_PATH} AS '
        f"$lock$ BEGIN {body} RETURN {'OLD' if event == 'delete' else answer}; END $lock$"
    )
    yield f'CREATE TRIGGER "{name}" BEFORE {event.upper()} ON "{table}" FOR EACH {level} EXECUTE FUNCTION "{name}"()'
