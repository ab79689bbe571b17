"""A follow-up refers to what is there, also where a program does not ask about foreign keys."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from samverkan.locks import LOCKS
from tests.support.locked_rows import Row, open_world
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db
REFERRING = [(lock, column) for lock in LOCKS for column, _ in lock.refers_to]


@pytest.fixture(autouse=True, scope="module")
def world(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        open_world()
        yield


def test_every_connection_of_ours_asks_about_foreign_keys():
    if connection.vendor == "sqlite":
        with connections["default"].copy().cursor() as cursor:
            assert cursor.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert not connection.needs_rollback


@pytest.mark.parametrize(
    ("lock", "column"), REFERRING, ids=[f"{lock.model} {column}" for lock, column in REFERRING]
)
def test_a_row_that_refers_to_nothing_is_refused_at_once(lock, column):
    row = Row.of(lock.model)
    names = [name for name in row.columns if name not in {column, "submission_key"}]
    values = ", ".join(f'"{name}"' for name in names)
    new_key = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    with pytest.raises(DatabaseError, match="som finns"), transaction.atomic():
        row.run(
            'INSERT INTO "{table}" ({names}, "{column}", submission_key) '
            'SELECT {names}, 999999, {new_key} FROM "{table}" WHERE "{key}" = %s',
            row.pk,
            names=values,
            column=column,
            new_key=new_key,
        )
