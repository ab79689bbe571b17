"""A proposal that is made again after a return: the mail says so, the comment stays, and what changed stands first."""

from datetime import date, timedelta

import pytest
from django.core import mail

from activities.planning.actions import edit_plan, propose_activity, return_activity, withdraw_activity
from tests.factories import ActivityFactory, NeedFactory
from tests.support.plans import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WHY = "Slutdatumet är för sent."
HEADING = "Ändrat sedan det kom tillbaka"


@pytest.fixture
def again(agreement, huge_rep, samordnare, now, django_capture_on_commit_callbacks):
    """Huge proposes, the coordinator returns it, and Huge proposes it again, with changes unless there are none."""

    def again(**changes):
        activity = ActivityFactory(proposed=True, needs=[NeedFactory()])
        return_activity(activity=activity, by=samordnare, at=now, version=activity.version, reason=WHY)
        activity.refresh_from_db()
        later = now + timedelta(minutes=1)
        if changes:
            plan = plan_of(activity, **changes)
            edit_plan(activity=activity, by=huge_rep, at=later, version=activity.version, plan=plan)
            activity.refresh_from_db()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            propose_activity(
                activity=activity, by=huge_rep, at=later + timedelta(minutes=1), version=activity.version
            )
        return activity

    return again


def test_the_mails_subject_says_that_it_is_the_second_time(again):
    again(ends_on=date(2024, 6, 30))

    (only,) = mail.outbox
    assert only.subject == "Huge föreslår en aktivitet på nytt"
    assert "Förslaget har varit återlämnat. På sidan står överst vad som är ändrat sedan dess" in only.body


def test_what_changed_stands_first_and_the_comment_is_still_there(again, samordnare, huge_rep, client_for):
    activity = again(ends_on=date(2024, 6, 30))

    for person in (samordnare, huge_rep):
        page = " ".join(client_for(person).get(activity.get_absolute_url()).content.decode().split())
        places = [page.index(words) for words in (HEADING, "<b>Slut:</b>", WHY, "Föreslagen av Huge")]
        assert places == sorted(places)
        assert "<b>Beredning:</b>" not in page


def test_a_proposal_sent_unchanged_says_that_nothing_changed(again, samordnare, client_for):
    page = client_for(samordnare).get(again().get_absolute_url()).content.decode()
    assert "Inget i planen är ändrat." in page
    assert WHY in page


def test_the_comment_is_still_there_when_the_new_proposal_is_withdrawn(again, huge_rep, now, client_for):
    activity = again()
    activity.refresh_from_db()
    withdraw_activity(activity=activity, by=huge_rep, at=now + timedelta(hours=1), version=activity.version)

    page = client_for(huge_rep).get(activity.get_absolute_url()).content.decode()

    assert "Förslaget är återlämnat" not in page
    assert "Återlämnat 30 september 2024 av" in page
    assert WHY in page
    assert HEADING not in page


def test_a_first_proposal_says_nothing_of_a_return(
    agreement, huge_rep, samordnare, client_for, now, django_capture_on_commit_callbacks
):
    activity = ActivityFactory(draft=True, needs=[NeedFactory()])
    with django_capture_on_commit_callbacks(execute=True):
        propose_activity(activity=activity, by=huge_rep, at=now, version=activity.version)

    assert [one.subject for one in mail.outbox] == ["Huge föreslår en aktivitet"]
    assert HEADING not in client_for(samordnare).get(activity.get_absolute_url()).content.decode()
