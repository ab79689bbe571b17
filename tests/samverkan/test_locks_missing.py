"""Locks that are missing are told before anything is written: by the server, by `check` and by `/halsa/`."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, migrations, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from priorities.models import Agreement
from samverkan.lib import locks
from samverkan.locked import refuse_without_locks
from samverkan.locks import LOCKS
from tests.factories import AgreementFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def whole_again(transactional_db):
    yield
    locks.install(connection, LOCKS)


def remove_one():
    name, table = locks.installed(connection)[0]
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')


def empty_one():
    """A lock of the right name that refuses nothing."""
    name, table = next(each for each in locks.installed(connection) if each[0].endswith("_update"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $x$ BEGIN RETURN NEW; END $x$'
            )
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" BEGIN SELECT 1; END')


def switch_one_off():
    name, table = locks.installed(connection)[0]
    with connection.cursor() as cursor:
        cursor.execute(
            f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"'
            if connection.vendor == "postgresql"
            else f'DROP TRIGGER "{name}"'
        )


def let_one_never_fire():
    """A lock of the right name and with the right function, which PostgreSQL never asks."""
    name, table = next(each for each in locks.installed(connection) if each[0].endswith("_update"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
            made = f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW'
            cursor.execute(f'{made} WHEN (false) EXECUTE FUNCTION "{name}"()')
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')


def move_one():
    """A lock of the right name on another table."""
    name, table = next(each for each in locks.installed(connection) if each[0].endswith("_update"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')
            cursor.execute(
                f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "parties_unit" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
            )
        else:
            cursor.execute(f'DROP TRIGGER "{name}"')


def add_one():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                'CREATE TRIGGER lock_another BEFORE UPDATE ON "parties_unit" '
                'FOR EACH ROW EXECUTE FUNCTION "lock_activities_followup_delete"()'
            )
        else:
            cursor.execute('CREATE TRIGGER lock_another BEFORE UPDATE ON "parties_unit" BEGIN SELECT 1; END')


def test_with_all_locks_nothing_is_wrong():
    refuse_without_locks()
    call_command("check", databases=["default"])


@pytest.mark.parametrize(
    "harm", [remove_one, empty_one, switch_one_off, let_one_never_fire, move_one, add_one]
)
def test_whatever_has_happened_to_a_lock_is_told_everywhere(harm):
    harm()

    with pytest.raises(ImproperlyConfigured, match=r"manage\.py migrate"):
        refuse_without_locks()
    with pytest.raises(SystemCheckError, match="lock_"):
        call_command("check", databases=["default"])
    response = Client().get("/halsa/")
    assert (response.status_code, response.json()) == (503, {"status": "locks missing"})


def test_health_tells_all_that_is_missing():
    remove_one()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM django_migrations WHERE id = (SELECT MAX(id) FROM django_migrations WHERE app = 'activities')"
            )
        response = Client().get("/halsa/")
        transaction.set_rollback(True)

    assert (response.status_code, response.json()) == (503, {"status": "migration missing, locks missing"})


def test_a_migration_that_fails_leaves_every_lock(monkeypatch):
    def fail(apps, schema_editor):
        raise RuntimeError("half way")

    step = migrations.Migration("9999_fails", "activities")
    step.operations = [migrations.RunPython(fail)]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_, **__: [(step, False)])
    with pytest.raises(RuntimeError, match="half way"):
        call_command("migrate", verbosity=0)
    monkeypatch.undo()

    assert locks.faults(connection, LOCKS) == []


def test_migrating_mends_what_is_missing():
    remove_one()

    call_command("migrate", verbosity=0)

    assert locks.faults(connection, LOCKS) == []


def test_a_session_that_runs_no_trigger_is_told():
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            assert any("switches off every lock" in fault for fault in locks.faults(connection, LOCKS))
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")
    assert locks.faults(connection, LOCKS) == []


def test_no_temporary_table_hides_what_a_lock_asks_about():
    """A lock looks for tables in its own schema, whatever the session puts before it."""
    agreement = AgreementFactory()
    Agreement.objects.filter(pk=agreement.pk).update(status="archived")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE priorities_agreement_hidden (id bigint, status text)")
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TEMP TABLE priorities_agreement (id bigint, status text)")
        table = (
            "public.priorities_priorityarea"
            if connection.vendor == "postgresql"
            else "priorities_priorityarea"
        )
        try:
            with pytest.raises(DatabaseError, match="arkiverad"):
                cursor.execute(
                    f'INSERT INTO {table} (agreement_id, slug, name, short_name, effect_goal, "order") '  # noqa: S608 - our own names
                    f"VALUES ({agreement.pk}, 'ny', 'Ny', 'Ny', '', 99)"
                )
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("DROP TABLE pg_temp.priorities_agreement")
