"""A migration that is killed half way leaves every lock, and nobody saves past a lock meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from parties.models import Party
from samverkan.lib import locks
from samverkan.locks import LOCKS
from tests.factories import PartyFactory
from tests.support.at_once import People, database_url

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
# The real command, with one migration to do that never comes to its end.
PROGRAM = """
import time
import django
django.setup()
from django.core.management import call_command
from django.db import migrations
from django.db.migrations.executor import MigrationExecutor

def wait(apps, editor):
    editor.execute("CREATE TABLE half_way (id integer)")
    print("half way", flush=True)
    time.sleep(120)

step = migrations.Migration("9999_waits", "activities")
step.operations = [migrations.RunPython(wait)]
MigrationExecutor.migration_plan = lambda *_, **__: [(step, False)]
call_command("migrate", verbosity=0)
"""


def save():
    Party.objects.update(name="Sparat")


def seen():
    """What is wrong with the locks, and whether the migration's table is there."""
    return locks.faults(connection, LOCKS), "half_way" in connection.introspection.table_names()


def test_a_migration_that_is_killed_leaves_all_as_it_was(tmp_path):
    PartyFactory()
    people = People(tmp_path)
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite:
        people.settings["OPTIONS"] = {**people.settings["OPTIONS"], "timeout": 0.2}
    environment = {**os.environ, "DATABASE_URL": database_url(people), "PYTHONPATH": str(ROOT)}
    environment["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as migrating:
        try:
            assert migrating.stdout.readline() == "half way\n"
            assert people.see(seen) == ([], False)
            answer = people.see(save)
            if is_sqlite:  # where the locks are lifted, for whoever migrates
                assert isinstance(answer, DatabaseError)
                assert "is locked" in str(answer)
        finally:
            migrating.kill()
            migrating.wait()

    assert people.see(seen) == ([], False)
    assert people.see(save) is None
