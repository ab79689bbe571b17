"""A new row does not push an old one out behind the locks: SQLite's REPLACE, and what PostgreSQL has nearest to it."""

import pytest
from django.db import DatabaseError, connection, transaction

from priorities.models import Agreement
from samverkan.locks import LOCKS
from tests.factories import AgreementFactory
from tests.locked_rows import Row, close, open_world, refused
from tests.stored import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def world(django_db_setup, django_db_blocker):
    """A row for every lock, still open."""
    with kept_for_the_module(django_db_blocker):
        open_world()
        yield


def unique_columns(locks):
    """Each lock with each column by which a new row could take an old one's place."""
    return [
        pytest.param(lock, column, id=f"{lock.model} by {column}") for lock in locks for column in lock.unique
    ]


ALWAYS = unique_columns(lock for lock in LOCKS if not lock.when)
ONCE_CLOSED = unique_columns(lock for lock in LOCKS if lock.when and not lock.only_inserts)


@pytest.fixture(params=["as we connect", "as a plain shell connects"])
def connected(request):
    """SQLite's own default lets a replaced row go without asking the triggers for deletes."""
    if connection.vendor == "sqlite" and request.param == "as a plain shell connects":
        set_recursive_triggers(on=False)
        yield
        set_recursive_triggers(on=True)
    else:
        yield


def set_recursive_triggers(*, on):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {on:d}")


@pytest.mark.parametrize(("lock", "column"), ALWAYS)
def test_what_was_said_or_recorded_is_not_pushed_out(lock, column, connected):
    row = Row.of(lock.model)
    refused(lambda: row.push_out(column), lock.sentence)


@pytest.mark.parametrize(("lock", "column"), ONCE_CLOSED)
def test_what_is_closed_is_not_pushed_out(lock, column, connected):
    close()
    row = Row.of(lock.model)
    refused(lambda: row.push_out(column), lock.sentence)


def test_an_open_row_that_is_changed_does_not_push_out_a_closed_one():
    """SQLite's UPDATE OR REPLACE."""
    close()
    AgreementFactory(next_period=True)
    verb = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    change = verb + ' "{table}" SET slug = %s WHERE slug = %s'
    with pytest.raises(DatabaseError), transaction.atomic():
        Row.of("priorities.Agreement").run(change, "2023-2024", "2025-2026")
    stored = Agreement.objects.order_by("slug").values_list("slug", "status")
    assert list(stored) == [("2023-2024", "archived"), ("2025-2026", "adopted")]
