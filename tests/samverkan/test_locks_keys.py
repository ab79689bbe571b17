"""The locks know every unique index of a locked table: the models' keys are those of the database."""

import re

import pytest
from django.db import connection

from samverkan.lib.keys import Key, keys_of
from samverkan.locks import LOCKS

pytestmark = pytest.mark.django_db
MODELS = sorted({lock.rows for lock in LOCKS}, key=lambda model: model._meta.label)


def normalised(sql):
    """Normalises SQL: `(LOWER("name"))` and `(lower((name)::text))` both become `lower name`."""
    return " ".join(re.findall(r"\w+", re.sub(r"::\w+( varying)?", "", sql.lower())))


def stored_in_sqlite(table):
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT l.name, m.sql FROM pragma_index_list(%s) l JOIN sqlite_master m USING (name) WHERE l."unique"',
            [table],
        )
        indexes = cursor.fetchall()
        for name, sql in indexes:
            cursor.execute("SELECT name FROM pragma_index_info(%s)", [name])
            yield (
                sql.split(f'ON "{table}"')[1] if sql else " ".join(column for (column,) in cursor.fetchall())
            )
        cursor.execute("SELECT name FROM pragma_table_info(%s) WHERE pk", [table])
        yield from (column for (column,) in cursor.fetchall())


def stored_in_postgresql(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = %s "
            "AND indexdef LIKE 'CREATE UNIQUE INDEX%%'",
            [table],
        )
        return [definition.split("USING btree")[1] for (definition,) in cursor.fetchall()]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_unique_index_in_the_database_is_a_key(model):
    stored = {"sqlite": stored_in_sqlite, "postgresql": stored_in_postgresql}[connection.vendor]
    read = [
        " ".join(key.parts) + (f" WHERE {key.condition}" if key.condition else "")
        for key in keys_of(model, connection)
    ]
    assert sorted(map(normalised, read)) == sorted(map(normalised, stored(model._meta.db_table)))


@pytest.mark.parametrize(
    ("key", "sql"),
    [
        (Key(('"slug"',)), '"slug" = NEW."slug"'),
        (Key(('"a_id"', '"number"')), '"a_id" = NEW."a_id" AND "number" = NEW."number"'),
        (Key(('LOWER("name")',)), 'LOWER("name") = LOWER(NEW."name")'),
        (Key(('"r_id"',), 'NOT "gone"'), '"r_id" = NEW."r_id" AND (NOT "gone") AND (NOT NEW."gone")'),
    ],
    ids=["one column", "several", "an expression", "part of the rows"],
)
def test_a_row_with_the_same_key_is_told_in_sql(key, sql):
    assert key.shared_with("NEW") == sql
