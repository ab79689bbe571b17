"""Who is told, and why, when an agreed activity is cancelled, and when it goes on after all."""

from uuid import uuid4

import pytest
from django.core import mail

from activities.editing.seen import Seen
from activities.follow_ups.actions import Answer, record_correction, record_follow_up, undo_follow_up
from activities.states import State
from tests.factories import ActivityFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

WHY = "Platsen byggs om\ntill våren."
SUBJECT = "En aktivitet som Huge ansvarar för är avbruten"
GOES_ON = "En aktivitet som Huge ansvarar för är inte längre avbruten"


@rows
def people(agreement, huge_rep, polis_rep, samordnare, lasare):
    """The lead's and the contributor's people, the coordinator and a reader."""


@pytest.fixture
def cancel(people, samordnare, now, django_capture_on_commit_callbacks):
    """Cancels as the coordinator does in the form, or saves another state; the follow-up, with its mails sent."""

    def cancel(activity, state=State.CANCELLED, *, by=samordnare, corrects=None):
        mail.outbox.clear()
        answer = Answer(state, what_happened=WHY)
        sent = {"by": by, "at": now, "answer": answer, "submission_key": uuid4(), "seen": Seen.of(activity)}
        with django_capture_on_commit_callbacks(execute=True):
            if corrects:
                return record_correction(follow_up=corrects, **sent)
            return record_follow_up(activity=activity, **sent)

    return cancel


@pytest.fixture
def undo(samordnare, now, django_capture_on_commit_callbacks):
    def undo(follow_up, by=samordnare):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            undo_follow_up(follow_up=follow_up, by=by, at=now)

    return undo


def told():
    return {one.to[0]: one.subject for one in mail.outbox}


def test_the_lead_and_the_contributors_are_told_why(cancel, polisen):
    cancel(ActivityFactory(title="Ljusa stråk", contributors=[polisen]))

    assert told() == {"huge@example.com": SUBJECT, "polisen@example.com": SUBJECT}
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


# --- It goes on ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", ["undone", "corrected", "reopened"])
def test_all_who_were_told_of_a_cancellation_are_told_when_it_goes_on(act, cancel, undo, polisen):
    activity = ActivityFactory(title="Ljusa stråk", contributors=[polisen])
    cancelled = cancel(activity)
    if act == "undone":
        undo(cancelled)
    else:
        cancel(activity, State.ON_TRACK, corrects=cancelled if act == "corrected" else None)

    assert told() == {"huge@example.com": GOES_ON, "polisen@example.com": GOES_ON}
    now = "Inte påbörjad" if act == "undone" else "Enligt plan"
    for one in mail.outbox:
        assert f"”Ljusa stråk” var avbruten men är det inte längre. Läget är nu: {now}." in one.body


def test_an_internal_one_that_goes_on_is_neither_named_nor_described(cancel):
    activity = ActivityFactory(title="Kameran", internal=True)
    cancel(activity)
    cancel(activity, State.ON_TRACK)

    (only,) = mail.outbox
    assert "En intern aktivitet var avbruten men är det inte längre." in only.body
    assert "Kameran" not in only.body
    assert "Enligt plan" not in only.body


def test_what_the_party_resumes_is_told_to_the_coordinator(cancel, undo, huge_rep, polisen):
    activity = ActivityFactory(contributors=[polisen])
    cancel(activity)
    resumed = cancel(activity, State.ON_TRACK, by=huge_rep)
    assert told() == {"samordnare@example.com": GOES_ON, "polisen@example.com": GOES_ON}

    undo(resumed, by=huge_rep)
    assert told() == {"samordnare@example.com": SUBJECT, "polisen@example.com": SUBJECT}
    assert all("Skäl: Platsen byggs om till våren." in one.body for one in mail.outbox)


def test_what_changes_the_reason_alone_is_not_told_again(cancel):
    activity = ActivityFactory()
    cancelled = cancel(activity)
    cancel(activity, corrects=cancelled)
    assert mail.outbox == []
