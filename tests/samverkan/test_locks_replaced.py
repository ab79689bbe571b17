"""No new row replaces a locked one: SQLite's REPLACE, and the closest to it in PostgreSQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from samverkan.lib.keys import keys_of
from samverkan.locks import LOCKS
from tests.factories import AgreementFactory, PartyFactory, UserFactory
from tests.support.locked_rows import Row, close, open_world, refused
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db
WHOLE = [lock for lock in LOCKS if not lock.only_inserts and not lock.when_updated and not lock.refers_to]
SEGMENTS = [lock for lock in LOCKS if lock.model == "parties.AuditSegment"]  # no value of theirs may change
STAYS = [lock for lock in LOCKS if lock.when_updated and lock not in SEGMENTS]


@pytest.fixture(autouse=True, scope="module")
def world(django_db_setup, django_db_blocker):
    """A row for every lock, still open."""
    with kept_for_the_module(django_db_blocker):
        open_world()
        yield


def each_key_of(locks):
    """Parametrises by lock, and by each unique key that a new row could share with an old one."""
    return pytest.mark.parametrize(
        ("lock", "key"),
        [
            pytest.param(lock, key, id=f"{lock.model} by {', '.join(key.parts)}")
            for lock in locks
            for key in keys_of(lock.rows, connection)
        ],
    )


@pytest.fixture(params=["as we connect", "as a plain shell connects"])
def connected(request):
    """Also runs with SQLite's default, where replacing a row fires no triggers for deletes."""
    if connection.vendor == "sqlite" and request.param == "as a plain shell connects":
        set_recursive_triggers(on=False)
        yield
        set_recursive_triggers(on=True)
    else:
        yield


def set_recursive_triggers(*, on):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {on:d}")


@each_key_of([*(lock for lock in WHOLE if not lock.when), *SEGMENTS])
def test_what_was_said_or_recorded_is_not_pushed_out(lock, key, connected):
    row = Row.of(lock.model, where=key.condition or "1 = 1")
    refused(lambda: row.push_out(key), lock.sentence)


@each_key_of(lock for lock in WHOLE if lock.when)
def test_what_is_closed_is_not_pushed_out(lock, key, connected):
    close()
    refused(lambda: Row.of(lock.model).push_out(key), lock.sentence)


@each_key_of(STAYS)
def test_what_may_change_but_not_go_is_not_pushed_out(lock, key, connected):
    """PostgreSQL changes the row instead, which is allowed."""
    row = Row.held_by(lock)
    before = row.pk
    if connection.vendor == "sqlite":
        refused(lambda: row.push_out(key), lock.sentence)
    else:
        row.push_out(key)
    assert row.pk == before


@each_key_of(lock for lock in WHOLE if lock.when and lock.model not in {stays.model for stays in STAYS})
def test_what_is_open_can_be_pushed_out(lock, key, connected):
    with transaction.atomic():
        Row.of(lock.model).push_out(key)
        transaction.set_rollback(True)  # other rows now refer to a missing one


@pytest.mark.parametrize(
    ("make", "column", "taken"),
    [
        (lambda: AgreementFactory(next_period=True), "slug", "'2023-2024'"),
        (UserFactory, "email", "'huge@example.com'"),
        (PartyFactory, "name_key", "'huge bostäder ab'"),
    ],
    ids=["an agreement", "a user", "a party"],
)
def test_an_open_row_that_is_changed_does_not_push_out_a_closed_one(make, column, taken, connected):
    """SQLite's UPDATE OR REPLACE."""
    close()
    other = make()
    before = list(type(other).objects.order_by("pk").values())
    verb = "UPDATE OR REPLACE" if connection.vendor == "sqlite" else "UPDATE"
    change = f'{verb} "{{table}}" SET {column} = {taken} WHERE "{{key}}" = %s'
    with pytest.raises(DatabaseError), transaction.atomic():
        Row(type(other)).run(change, other.pk)
    assert list(type(other).objects.order_by("pk").values()) == before
