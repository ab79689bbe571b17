"""The installed locks are those of the list, and they leave everything else alone."""

import pytest
from django.db import connection, transaction

from priorities.models import Agreement, SituationalPicture
from samverkan.lib import locks
from samverkan.locks import LOCKS
from tests.factories import AgreementFactory, PictureFactory
from tests.support.locked_rows import Row, close, open_world, refused
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def world(django_db_setup, django_db_blocker):
    """A row for every lock, still open."""
    with kept_for_the_module(django_db_blocker):
        open_world()
        yield


def test_after_all_migrations_the_locks_are_those_of_the_list():
    assert locks.installed(connection) == locks.expected(connection, LOCKS)


def test_locks_can_be_installed_again_and_again():
    locks.install(connection, LOCKS)
    locks.install(connection, LOCKS)
    assert locks.installed(connection) == locks.expected(connection, LOCKS)


def test_a_lock_that_has_left_the_list_is_removed():
    locks.install(connection, LOCKS[1:])
    assert locks.installed(connection) == locks.expected(connection, LOCKS[1:])
    Row.of(LOCKS[0].model).update()


def test_lifted_locks_leave_nothing_behind():
    locks.lift(connection)
    assert locks.installed(connection) == []


def test_every_lock_has_a_name_of_its_own():
    names = [name for name, _ in locks.expected(connection, LOCKS)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "lock", [lock for lock in LOCKS if lock.when and not lock.only_inserts], ids=lambda lock: lock.model
)
def test_what_is_still_open_can_change(lock):
    row = Row.of(lock.model)
    row.update()
    assert row.pk


@pytest.mark.parametrize(
    "lock",
    [lock for lock in LOCKS if not lock.inserts and not lock.only_inserts and not lock.refers_to],
    ids=lambda lock: lock.model,
)
def test_new_rows_come_beside_what_is_locked(lock):
    row = Row.held_by(lock) if lock.when_updated else Row.of(lock.model)
    with transaction.atomic():
        row.copy()
        transaction.set_rollback(True)  # it refers to what is not there


def test_archiving_and_adopting_are_themselves_allowed_once():
    agreement, picture = AgreementFactory(), PictureFactory()
    close()
    agreement.refresh_from_db()
    picture.refresh_from_db()
    assert (agreement.status, picture.status) == (
        Agreement.Status.ARCHIVED,
        SituationalPicture.Status.ADOPTED,
    )
    refused(
        lambda: Agreement.objects.update(status="adopted"), "Överenskommelsen är arkiverad och ändras inte."
    )
    refused(lambda: SituationalPicture.objects.update(status="draft"), "En fastställd lägesbild ändras inte.")
