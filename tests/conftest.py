"""The cast that every test may call on by name, the day that it is, and how tables are emptied past the locks.

The environment is set in `tests/house.py`; it is 30 September 2024.
"""

import gc
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.test import Client, TransactionTestCase, override_settings
from hypothesis import settings as hypothesis_settings

from parties.models import User
from samverkan.lib import locks
from tests.factories import AgreementFactory, PartyFactory, UserFactory
from tests.factories.activities import at_ten
from tests.support.secrets import watched
from tests.support.stored import leave_unless_shared, put_sharing_tests_first, rows, rows_of_the_module

# The same examples every time, and no deadline: the machine is shared.
hypothesis_settings.register_profile("house", derandomize=True, deadline=None, max_examples=50, database=None)
hypothesis_settings.load_profile("house")

KEPT = {"auth_permission", "django_content_type"}  # stored by Django after each migration


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    put_sharing_tests_first(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    leave_unless_shared(item)


def pytest_collection_finish() -> None:
    """What was read and collected lives as long as the run: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def fast_passwords() -> Iterator[None]:
    """Hashes with MD5: Argon2 is slow on purpose, and the tests store hundreds of passwords."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_lie() -> Iterator[None]:
    """Addresses without a hash, so that no test waits for `collectstatic`; what is uploaded lies in memory.

    What was collected on this machine is looked for when somebody asks, not read anew by each of the thousands of clients.
    """
    storages = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages, WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True, scope="session")
def no_secret_in_any_log(django_test_environment: None) -> Iterator[None]:
    """Fails the run's last test when a password, code or key that a test used was logged anywhere."""
    with watched() as watch:
        yield
    assert watch.leaked() == []


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """On SQLite the new database begins as a copy of the file `--migrated`, so that nothing is left to migrate."""
    file = request.config.getoption("--migrated")

    def copy(sender: type, connection: BaseDatabaseWrapper, **_: object) -> None:
        with connection.cursor() as cursor:
            if connection.introspection.table_names(cursor):
                return
        with closing(sqlite3.connect(file)) as migrated:
            migrated.backup(connection.connection)

    if file:
        connection_created.connect(copy)
    yield
    connection_created.disconnect(copy)


@pytest.fixture(autouse=True, scope="session")
def tables_emptied_past_the_locks() -> Iterator[None]:
    """A transactional test ends by emptying every table, which the locks refuse."""
    teardown = emptied(TransactionTestCase._fixture_teardown)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def emptied(flush: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """PostgreSQL deletes the few rows without asking the locks; its TRUNCATE makes all tables' files anew.

    Whoever still writes is waited for, as by TRUNCATE. On SQLite the locks are lifted before Django's own flush, which
    installs them again (`post_migrate`). What Django itself stores after a migration, and would store again after a
    flush, stays.
    """

    def teardown(case: TransactionTestCase) -> None:
        if connection.vendor == "sqlite":
            locks.lift(connection)
            flush(case)
            return
        models = apps.get_models(include_auto_created=True)
        tables = sorted({f'"{model._meta.db_table}"' for model in models if model._meta.db_table not in KEPT})
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(tables)}")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in tables))  # noqa: S608 - names of our own tables

    return teardown


@pytest.fixture(scope="module")
def rows_stored_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker
) -> Iterator[None]:
    with rows_of_the_module(request, django_db_blocker):
        yield


@pytest.fixture
def db(rows_stored_once: None, db: None) -> None:
    """The database as the module's rows have left it; what a test does to it is rolled back."""


# --- The day -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def today() -> date:
    return date(2024, 9, 30)


@pytest.fixture(scope="session")
def now(today: date) -> datetime:
    return at_ten(today)


# --- The parties and their agreement -----------------------------------------------------------------------
@rows
def kommunen(db):
    return PartyFactory(kommunen=True)


@rows
def huge(db):
    return PartyFactory(huge=True)


@rows
def polisen(db):
    return PartyFactory(polisen=True)


@rows
def agreement(kommunen, huge, polisen):
    """Adopted, between the three."""
    return AgreementFactory(parties=[kommunen, huge, polisen])


# --- The people --------------------------------------------------------------------------------------------
@rows
def samordnare(kommunen):
    return UserFactory(coordinator=True, email="samordnare@example.com", display_name="Samordnare trygghet")


@rows
def huge_rep(huge):
    return UserFactory(representative=True, party=huge, email="huge@example.com")


@rows
def polis_rep(polisen):
    return UserFactory(
        representative=True, party=polisen, email="polisen@example.com", display_name="Kommunpolis"
    )


@rows
def rep_without_party(db):
    return UserFactory(
        representative=True, party=None, email="utan-part@example.com", display_name="Utan part"
    )


@rows
def handlaggare(kommunen):
    return UserFactory(official=True, email="handlaggare@example.com", display_name="Handläggare")


@rows
def admin(kommunen):
    return UserFactory(administrator=True, email="admin@example.com", display_name="Systemförvaltare")


@rows
def lasare(kommunen):
    return UserFactory(party=kommunen, email="ledamot@example.com", display_name="Ledamot")


@pytest.fixture
def client_for(db: None) -> Callable[[User], Client]:
    """A browser in which the user has signed in: `client_for(huge_rep).get(…)`."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
