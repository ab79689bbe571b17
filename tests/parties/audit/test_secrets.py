"""A secret in a log does not go unseen. `tests/conftest.py` keeps such a watch over the whole run."""

import logging

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client

from parties import audit
from parties.audit import Act
from parties.calendar_addresses.actions import make_calendar_address
from parties.calendar_addresses.keys import key_of
from tests.factories import PASSWORD
from tests.support import sign_in_codes as codes
from tests.support.secrets import watched

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def session_key(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key


def password(user):
    cache.clear()
    Client().post("/logga-in/", {"login": user.email, "password": PASSWORD})
    return PASSWORD


def code(user):
    cache.clear()
    codes.ask(Client(), user.email)
    return codes.mailed()


def reset_key(user):
    return default_token_generator.make_token(user)


def calendar_key(user):
    address = make_calendar_address(by=user, at=user.joined_at)
    return key_of(address).partition("-")[2]


SECRETS = [session_key, password, code, reset_key, calendar_key]


@pytest.mark.parametrize("use", SECRETS, ids=lambda use: use.__name__)
def test_a_secret_that_is_used_and_not_logged_is_no_leak(use, huge_rep, agreement):
    with watched() as watch:
        secret = use(huge_rep)
    assert secret in watch.secrets
    assert watch.leaked() == []


@pytest.mark.parametrize("use", SECRETS, ids=lambda use: use.__name__)
@pytest.mark.parametrize("where", ["the technical log", "a traceback", "the log of changes"])
def test_a_secret_in_a_log_is_seen(where, use, huge_rep, agreement):
    with watched() as watch:
        secret = use(huge_rep)
        if where == "the technical log":
            logging.getLogger("samverkan.test").warning("Refused: %s", f"<{secret}>")
        elif where == "a traceback":
            logging.getLogger("samverkan.test").error("Refused", exc_info=ValueError(secret))
        else:
            audit.record(Act.CHANGED, by=huge_rep, label=f"Bytte till {secret}")
    with_secret, watch.lines = (
        watch.leaked(),
        [],
    )  # the outer watch must not see what this test leaks on purpose
    assert len(with_secret) == 1


@pytest.mark.parametrize(
    "address",
    ["/kalender/{key}.ics", "/losenord/nytt/1-{key}/", "/losenord/nytt/1-{key}/mer", "/kalender/{key}"],
)
def test_an_address_with_a_key_is_logged_without_it(address, db):
    key = "r7SbkcVNEruKntDcDssB1k66xYgelxrkioHenmbVfUc"
    with watched() as watch:
        watch.used(key)
        Client().patch(address.format(key=key))
        logging.getLogger("django.request").warning("Not Found: %s", address.format(key=key))
    assert watch.leaked() == []
    assert "Not Found" in watch.lines[-1]
