"""Who is told, and why, when an agreed activity is cancelled."""

from uuid import uuid4

import pytest
from django.core import mail

from activities.editing.seen import Seen
from activities.follow_ups.actions import Answer, record_follow_up, undo_follow_up
from activities.states import State
from tests.factories import ActivityFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

WHY = "Platsen byggs om\ntill våren."
SUBJECT = "En aktivitet som Huge ansvarar för är avbruten"


@rows
def people(agreement, huge_rep, polis_rep, samordnare, lasare):
    """The lead's and the contributor's people, the coordinator and a reader."""


@pytest.fixture
def cancel(people, samordnare, now, django_capture_on_commit_callbacks):
    """Cancels as the coordinator does in the form; the follow-up, with its mails sent."""

    def cancel(activity, state=State.CANCELLED):
        mail.outbox.clear()
        answer = Answer(state, what_happened=WHY)
        with django_capture_on_commit_callbacks(execute=True):
            return record_follow_up(
                activity=activity,
                by=samordnare,
                at=now,
                answer=answer,
                submission_key=uuid4(),
                seen=Seen.of(activity),
            )

    return cancel


def test_the_lead_and_the_contributors_are_told_why(cancel, polisen):
    cancel(ActivityFactory(title="Ljusa stråk", contributors=[polisen]))

    assert {one.to[0]: one.subject for one in mail.outbox} == {
        "huge@example.com": SUBJECT,
        "polisen@example.com": SUBJECT,
    }
    for one in mail.outbox:
        assert "Samordnaren har avbrutit ”Ljusa stråk”. Skäl: Platsen byggs om till våren." in one.body


def test_an_internal_one_is_neither_named_nor_explained(cancel):
    cancel(ActivityFactory(title="Kameran", internal=True))

    (only,) = mail.outbox
    assert "Samordnaren har avbrutit en intern aktivitet." in only.body
    assert "Kameran" not in only.body
    assert "byggs om" not in only.body


def test_what_is_cancelled_already_is_not_told_again(cancel):
    activity = ActivityFactory()
    cancel(activity)
    cancel(activity)
    assert mail.outbox == []


def test_another_state_tells_nobody(cancel):
    cancel(ActivityFactory(), state=State.ON_TRACK)
    assert mail.outbox == []


def test_a_cancellation_that_is_undone_is_told_too(
    cancel, samordnare, now, django_capture_on_commit_callbacks
):
    follow_up = cancel(ActivityFactory(title="Ljusa stråk"))
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        undo_follow_up(follow_up=follow_up, by=samordnare, at=now)

    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["huge@example.com"], "En aktivitet som Huge ansvarar för är inte längre avbruten")
    ]
