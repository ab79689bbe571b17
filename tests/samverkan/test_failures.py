"""A database that only reads, a full disk, a stopped server: what people read, and that nothing is half saved."""

import errno
import re
import sqlite3
from uuid import uuid4

import pytest
from django.db import DatabaseError, InternalError, OperationalError, connection
from django.test import Client

from activities.models import FollowUp
from samverkan.failures import Failure, failure_of
from samverkan.middleware import RequestIdFilter
from tests.factories import PASSWORD
from tests.support.at_work import FORM, READ, WRITTEN


@pytest.fixture
def read_only(worker):
    """The connection refuses to write, as a standby server or a read-only file does."""
    on, off = (
        ("PRAGMA query_only = ON", "PRAGMA query_only = OFF")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
    yield
    with connection.cursor() as cursor:
        cursor.execute(off)


def test_when_nothing_can_be_written_everything_can_be_read(worker, read_only):
    assert {address: worker.get(address).status_code for address in READ} == dict.fromkeys(READ, 200)


def test_when_nothing_can_be_written_a_form_says_so_and_shows_what_was_written(worker, read_only):
    before = FollowUp.objects.count()
    form = worker.get(FORM).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))

    response = worker.post(FORM, hidden | {"state": "on_track", "what_happened": WRITTEN})

    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "Samverkan kan bara läsas just nu." in page
    assert WRITTEN in page
    assert FollowUp.objects.count() == before


def test_when_nothing_can_be_written_a_form_that_is_kept_from_being_sent_twice_says_so_too(worker, read_only):
    response = worker.post("/2023-2024/behov/ny/", {"problem": WRITTEN, "submission": str(uuid4())})

    page = response.content.decode()
    assert response.status_code == 503
    assert "Samverkan kan bara läsas just nu." in page
    assert WRITTEN in page


def test_when_nothing_can_be_written_nobody_signs_in_and_the_page_says_why(read_only):
    response = Client(raise_request_exception=False).post(
        "/logga-in/", {"login": "samordnare@example.com", "password": PASSWORD, "way": "password"}
    )

    assert response.status_code == 503
    assert PASSWORD not in response.content.decode()


def test_health_tells_that_nothing_can_be_written(read_only):
    response = Client().get("/halsa/")

    assert (response.status_code, response.json()) == (503, {"status": "read only"})


@pytest.mark.one_database
@pytest.mark.parametrize("error", [OperationalError("no server"), DatabaseError("gone")])
def test_a_server_that_is_gone_is_said_to_be(error, worker, monkeypatch):
    error.__cause__ = type("Gone", (Exception,), {"sqlstate": "57P01"})()

    def refused(*_, **__):
        raise error

    monkeypatch.setattr("activities.overview.views.TemplateResponse", refused)
    response = worker.get("/2023-2024/oversikt/")

    assert response.status_code == 503
    assert "Databasen går inte att nå." in response.content.decode()


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def coded(code: str) -> Exception:
    return type("Coded", (Exception,), {"sqlstate": code})()


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Failure.FULL),
        (OSError(errno.EACCES, "Permission denied"), None),
        (OperationalError("database or disk is full"), Failure.FULL),
        (OperationalError("disk I/O error"), Failure.FULL),
        (OperationalError("unable to open database file"), Failure.MISSING),
        (caused(OperationalError("database is locked"), sqlite3.OperationalError()), Failure.BUSY),
        (caused(OperationalError("x"), coded("53100")), Failure.FULL),
        (caused(OperationalError("x"), coded("53300")), Failure.BUSY),
        (caused(OperationalError("x"), coded("57014")), Failure.BUSY),
        (caused(OperationalError("x"), coded("08006")), Failure.DOWN),
        (caused(InternalError("x"), coded("25006")), Failure.READ_ONLY),
        (caused(InternalError("x"), coded("P0001")), None),
        (ValueError("readonly database"), None),
        (None, None),
    ],
)
def test_each_failure_is_told_by_its_name(error, failure):
    assert failure_of(error) is failure


@pytest.mark.one_database
def test_a_refused_request_is_logged_with_its_id(db, caplog, settings):
    settings.TRUSTED_PROXIES = 1
    response = Client().get("/finns-inte/", headers={"X-Request-ID": "abcdef-123456"})

    assert response.status_code == 404
    (record,) = [each for each in caplog.records if each.name == "django.request"]
    RequestIdFilter().filter(record)
    assert record.request_id == "abcdef-123456"
