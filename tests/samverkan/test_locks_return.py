"""Lost locks come back, after a table is rebuilt and after every table is emptied."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection
from django.db.migrations import Migration

from activities.models import Activity, FollowUp, Milestone
from parties.models import User
from priorities.models import Agreement
from samverkan.lib import locks
from samverkan.locks import LOCKS
from tests.factories import FollowUpFactory

pytestmark = pytest.mark.django_db(transaction=True)


def missing():
    """The locks of the list that are not installed."""
    return set(locks.expected(connection, LOCKS)) - set(locks.installed(connection))


def rebuild(model, field_name, **changed):
    """Alters the field, for which SQLite rebuilds the table."""
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
    rebuild(Milestone, "title", max_length=201)
    lost = {
        (name, table)
        for name, table in locks.expected(connection, LOCKS)
        if table == Milestone._meta.db_table
    }
    assert missing() == (lost if connection.vendor == "sqlite" else set())
    call_command("migrate", verbosity=0)
    assert missing() == set()


@pytest.mark.parametrize("model", [FollowUp, Activity, Agreement, User], ids=lambda model: model.__name__)
def test_a_table_that_the_locks_of_others_ask_about_is_rebuilt_by_a_migration(model):
    """SQLite renames no table while a trigger refers to a missing one."""
    plan = [(Migration("0000_another", model._meta.app_label), False)]
    emit_pre_migrate_signal(0, interactive=False, db=connection.alias, plan=plan)
    name = next(field.name for field in model._meta.fields if field.max_length)
    rebuild(model, name, max_length=301)
    call_command("migrate", verbosity=0)
    assert missing() == set()


def test_a_migration_with_nothing_to_do_lifts_no_lock():
    emit_pre_migrate_signal(0, interactive=False, db=connection.alias, plan=[])
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
