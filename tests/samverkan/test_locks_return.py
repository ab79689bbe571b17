"""Locks that are lost come back: after a table is rebuilt, and after every table is emptied."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from activities.models import FollowUp
from samverkan.lib import locks
from samverkan.locks import LOCKS
from tests.factories import FollowUpFactory

pytestmark = pytest.mark.django_db(transaction=True)


def missing():
    """The locks of the list that do not stand."""
    return set(locks.expected(connection.vendor, LOCKS)) - set(locks.installed(connection))


def rebuild(model, field_name, **changed):
    """Alters the field, which on SQLite makes the table anew."""
    old = model._meta.get_field(field_name)
    new = old.clone()
    for name, value in changed.items():
        setattr(new, name, value)
    new.set_attributes_from_name(field_name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)
        editor.alter_field(model, new, old)


def test_a_rebuilt_table_gets_its_locks_back_with_the_next_migration():
    rebuild(FollowUp, "author_title", max_length=151)
    lost = {
        (name, table)
        for name, table in locks.expected(connection.vendor, LOCKS)
        if table == FollowUp._meta.db_table
    }
    assert missing() == (lost if connection.vendor == "sqlite" else set())
    call_command("migrate", verbosity=0)
    assert missing() == set()


def test_tables_are_not_emptied_behind_the_locks():
    FollowUpFactory()
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert (FollowUp.objects.count(), missing()) == (1, set())


def test_once_lifted_they_are_emptied_and_the_locks_stand_again():
    FollowUpFactory()
    locks.lift(connection)
    call_command("flush", interactive=False, verbosity=0)
    assert (FollowUp.objects.count(), missing()) == (0, set())
