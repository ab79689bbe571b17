"""The daily command removes what has expired, and leaves what still counts."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from parties.attempts import counters
from parties.models import AttemptCounter, Submission
from parties.submissions import store
from samverkan.lib import clock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def kept(db):
    """One of each that still counts, beside 250 that do not."""
    now = clock.real_now()
    sessions, sent, tried = [], [], []
    for number in range(251):
        is_old = number > 0
        sessions.append(
            Session(session_key=f"s{number}", session_data="", expire_date=now + (-MINUTE if is_old else DAY))
        )
        sent.append(Submission(mark=f"{number:064x}", taken_at=now - (2 * DAY if is_old else MINUTE)))
        tried.append(AttemptCounter(key=f"k{number}", count=1, ends_at=now + (-MINUTE if is_old else DAY)))
    for model, rows in ((Session, sessions), (Submission, sent), (AttemptCounter, tried)):
        model.objects.bulk_create(rows)
    return ["s0"], [f"{0:064x}"], ["k0"]


def left():
    return (
        list(Session.objects.values_list("session_key", flat=True)),
        list(Submission.objects.values_list("mark", flat=True)),
        list(AttemptCounter.objects.values_list("key", flat=True)),
    )


def test_the_daily_command_removes_what_has_expired_and_nothing_else(kept, capsys):
    call_command("remind")
    assert left() == kept

    call_command("remind")
    assert left() == kept
    assert capsys.readouterr().out == "0 mejl skickade.\n0 mejl skickade.\n"


def test_it_goes_in_small_steps(kept):
    with CaptureQueriesContext(connection) as captured:
        call_command("remind")

    deleted = [query["sql"] for query in captured if query["sql"].startswith("DELETE")]
    assert len(deleted) >= 250 // store.SWEPT * 2 + 250 // counters.SWEPT
