"""What the log says of coming and going: whose account, from where, in which request, and never what was typed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.db.models import F
from django.test import Client, override_settings

from parties.attempts import LIMITS
from parties.audit import Act
from parties.models import AttemptCounter, AuditEntry, User
from tests.factories import PASSWORD
from tests.support import sign_in_codes as codes

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
FROM = {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_REQUEST_ID": "begaran-0001"}
NEW = "ett helt nytt lösenord"


@pytest.fixture(autouse=True)
def no_attempts_before(db, settings):
    cache.clear()
    settings.TRUSTED_PROXIES = 1  # whose request ids are believed


@pytest.fixture
def browser() -> Client:
    return Client(**FROM)


def by_password(browser, user, password=PASSWORD):
    return browser.post("/logga-in/", {"login": user.email, "password": password})


def wrong_password(browser, user):
    by_password(browser, user, "fel lösenord!")


def unknown_account(browser, user):
    browser.post("/logga-in/", {"login": "ingen@example.com", "password": "fel lösenord!"})


def asks_for_code(browser, user):
    codes.ask(browser, user.email)


def unknown_asks_for_code(browser, user):
    codes.ask(browser, "ingen@example.com")


def wrong_code(browser, user):
    asks_for_code(browser, user)
    browser.post(codes.CODE, {"code": codes.another(codes.mailed())})


def by_code(browser, user):
    asks_for_code(browser, user)
    browser.post(codes.CODE, {"code": codes.mailed()})


def signs_out(browser, user):
    by_password(browser, user)
    browser.post("/logga-ut/")


def asks_for_reset(browser, user):
    browser.post("/losenord/glomt/", {"email": user.email})


def resets(browser, user):
    asks_for_reset(browser, user)
    link = next(line for line in mail.outbox[-1].body.split() if "/losenord/nytt/" in line)
    form = browser.get(link, follow=True).redirect_chain[-1][0]
    browser.post(form, {"password1": NEW, "password2": NEW})


def changes_password(browser, user):
    by_password(browser, user)
    browser.post("/losenord/byt/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


# What is done, and what the newest entry says: the act, whether it was the account's own, and whether it is about it.
TABLE = {
    "signed in by password": (by_password, Act.SIGNED_IN, True, False),
    "signed in by code": (by_code, Act.SIGNED_IN, True, False),
    "a wrong password": (wrong_password, Act.SIGN_IN_FAILED, False, True),
    "an unknown account": (unknown_account, Act.SIGN_IN_FAILED, False, False),
    "a code": (asks_for_code, Act.CODE_ASKED, False, True),
    "a code without an account": (unknown_asks_for_code, Act.CODE_ASKED, False, False),
    "a wrong code": (wrong_code, Act.CODE_FAILED, False, True),
    "signed out": (signs_out, Act.SIGNED_OUT, True, False),
    "a reset asked for": (asks_for_reset, Act.RESET_ASKED, False, True),
    "a reset done": (resets, Act.PASSWORD_SET, True, True),
    "a password changed": (changes_password, Act.PASSWORD_SET, True, True),
}


@pytest.mark.parametrize(("do", "act", "is_own", "is_about"), TABLE.values(), ids=list(TABLE))
def test_the_log_says_who_and_from_where(do, act, is_own, is_about, browser, huge_rep, agreement):
    do(browser, huge_rep)

    entry = AuditEntry.objects.latest("pk")
    assert entry.act == act
    assert entry.account_id == (huge_rep.pk if is_own else None)
    assert (entry.about, entry.key) == (("parties.user", huge_rep.pk) if is_about else ("", None))
    assert (entry.address, entry.request_id) == ("192.0.2.7", "begaran-0001")


@pytest.mark.parametrize("do", [row[0] for row in TABLE.values()], ids=list(TABLE))
def test_nothing_that_was_typed_is_kept(do, browser, huge_rep, agreement):
    do(browser, huge_rep)

    assert AuditEntry.objects.exists()
    for kept in AuditEntry.objects.values_list("label", "changes", "address", "request_id"):
        for secret in (PASSWORD, NEW, "fel lösenord!", "ingen@example.com", huge_rep.email):
            assert not any(secret in text for text in kept)


@pytest.mark.parametrize(
    ("do", "act", "judged"),
    [
        (wrong_password, Act.SIGN_IN_FAILED, 5),
        (asks_for_code, Act.CODE_ASKED, 5),
        (asks_for_reset, Act.RESET_ASKED, 5),
    ],
)
def test_attempts_that_are_stopped_are_recorded_once_until_the_time_is_up(do, act, judged, browser, huge_rep):
    entries = AuditEntry.objects.filter(act=act, key=huge_rep.pk)
    for _ in range(judged + 1):
        do(browser, huge_rep)
    assert entries.count() == judged + 1
    assert entries.latest("pk").changed == [("Svar", "", "Stoppad: för många försök")]
    for _ in range(20):
        do(browser, huge_rep)
    assert entries.count() == judged + 1

    AttemptCounter.objects.update(ends_at=F("ends_at") - timedelta(minutes=10))
    for _ in range(judged + 2):
        do(browser, huge_rep)
    assert entries.count() == 2 * (judged + 1)


def test_an_attacker_at_one_address_writes_a_bounded_number_of_rows(browser, huge_rep, monkeypatch):
    """However many accounts are named: what stops the client is recorded once, and about no account."""
    ceiling = LIMITS["code asked for"][0]
    monkeypatch.setitem(LIMITS, "code asked for", (replace(ceiling, most=10), *LIMITS["code asked for"][1:]))
    for number in range(40):
        codes.ask(browser, f"konto-{number}@example.com")
    codes.ask(browser, huge_rep.email)

    stopped = AuditEntry.objects.filter(changes__contains="Stoppad")
    assert AuditEntry.objects.count() == 10 + 1
    assert [(entry.about, entry.label, entry.address) for entry in stopped] == [
        ("", "Stoppad: för många försök", "192.0.2.7")
    ]


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_the_address_is_the_clients(huge_rep, agreement):
    by_password(Client(headers={"X-Forwarded-For": "198.51.100.4"}), huge_rep)
    assert AuditEntry.objects.get().address == "198.51.100.4"


def test_the_first_administrator_made_by_command_is_recorded(db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, email="forst@example.com", display_name="Först")

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.command, entry.account_id) == (Act.ADDED, "createsuperuser", None)
    assert (entry.key, ("roll", "", "Systemadministratör") in entry.changed) == (User.objects.get().pk, True)


def test_a_password_changed_by_command_is_recorded(huge_rep, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: NEW)
    call_command("changepassword", huge_rep.email)

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.command, entry.key) == (Act.PASSWORD_SET, "changepassword", huge_rep.pk)
