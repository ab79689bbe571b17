"""The cast that every test may call on by name, the day that it is, and the locks around tests that empty tables.

The environment is set in `tests/house.py`; it is 30 September 2024.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

from parties.models import User
from samverkan.lib import locks
from tests.factories import AgreementFactory, PartyFactory, UserFactory
from tests.factories.activities import at_ten

# The same examples every time, and no deadline: the machine is shared.
hypothesis_settings.register_profile("house", derandomize=True, deadline=None, max_examples=50, database=None)
hypothesis_settings.load_profile("house")


def pytest_collection_finish() -> None:
    """What was read and collected lives as long as the run: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def fast_passwords() -> Iterator[None]:
    """Argon2 takes its time on purpose; here nobody attacks."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_lie() -> Iterator[None]:
    """Addresses without a hash, so that no test waits for `collectstatic`; what is uploaded lies in memory."""
    storages = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        yield


@pytest.fixture(autouse=True)
def locks_lifted_when_tables_are_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A transactional test ends by emptying every table, which the locks refuse: they are lifted just before it.

    Emptying sends `post_migrate`, which installs them again, as it does after a migration.
    """
    marker = request.node.get_closest_marker("django_db")
    is_transactional = bool(marker and marker.kwargs.get("transaction"))
    names = {"transactional_db", "live_server", "django_db_reset_sequences"} & set(request.fixturenames)
    if not is_transactional and not names:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    locks.lift(connection)


# --- The day -----------------------------------------------------------------------------------------------
@pytest.fixture
def today() -> date:
    return date(2024, 9, 30)


@pytest.fixture
def now(today: date) -> datetime:
    return at_ten(today)


# --- The parties and their agreement -----------------------------------------------------------------------
@pytest.fixture
def kommunen(db):
    return PartyFactory(kommunen=True)


@pytest.fixture
def huge(db):
    return PartyFactory(huge=True)


@pytest.fixture
def polisen(db):
    return PartyFactory(polisen=True)


@pytest.fixture
def agreement(kommunen, huge, polisen):
    """Adopted, between the three."""
    return AgreementFactory(parties=[kommunen, huge, polisen])


# --- The people --------------------------------------------------------------------------------------------
@pytest.fixture
def samordnare(kommunen):
    return UserFactory(coordinator=True, email="samordnare@example.com", display_name="Samordnare trygghet")


@pytest.fixture
def huge_rep(huge):
    return UserFactory(representative=True, party=huge, email="huge@example.com")


@pytest.fixture
def polis_rep(polisen):
    return UserFactory(
        representative=True, party=polisen, email="polisen@example.com", display_name="Kommunpolis"
    )


@pytest.fixture
def rep_without_party(db):
    return UserFactory(
        representative=True, party=None, email="utan-part@example.com", display_name="Utan part"
    )


@pytest.fixture
def handlaggare(kommunen):
    return UserFactory(official=True, email="handlaggare@example.com", display_name="Handläggare")


@pytest.fixture
def admin(kommunen):
    return UserFactory(administrator=True, email="admin@example.com", display_name="Systemförvaltare")


@pytest.fixture
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
