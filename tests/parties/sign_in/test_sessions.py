"""A session is stored when it has changed, and otherwise when its end has moved by a minute."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from parties.sign_in.sessions import SessionStore


@pytest.fixture
def browser(client_for, huge_rep, agreement):
    return client_for(huge_rep)


def stored_by(browser) -> int:
    """How many times a page stores the session."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/konto/").status_code == 200
    return sum(query["sql"].startswith('UPDATE "django_session"') for query in captured.captured_queries)


def test_two_pages_within_a_minute_store_nothing(browser):
    assert [stored_by(browser), stored_by(browser)] == [0, 0]


def test_a_page_a_minute_later_moves_the_end(browser):
    end = Session.objects.get().expire_date
    Session.objects.update(expire_date=F("expire_date") - timedelta(seconds=61))

    assert [stored_by(browser), stored_by(browser)] == [1, 0]
    assert Session.objects.get().expire_date >= end


def test_the_browser_keeps_its_cookie_from_the_latest_page_anyway(browser):
    assert browser.get("/konto/").cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_what_is_changed_within_a_value_is_stored_at_once(browser):
    session = browser.session
    session["steg"] = {"kod": 1}
    session.save()
    again = browser.session
    again["steg"]["kod"] = 2
    again.save()

    assert browser.session["steg"] == {"kod": 2}


def test_one_that_has_been_removed_meanwhile_is_not_stored_again(browser, huge_rep):
    store = SessionStore(browser.session.session_key)
    assert store[SESSION_KEY] == str(huge_rep.pk)
    Session.objects.all().delete()
    store.save()

    assert not Session.objects.exists()
    assert browser.get("/konto/").status_code == 302
