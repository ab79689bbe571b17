"""An answer about an earlier day goes on from what was said of that day, not from what was said of a later one."""

from datetime import date
from uuid import uuid4

import pytest

from activities.editing.seen import Seen
from activities.follow_ups.actions import Answer, record_correction, record_follow_up, undo_follow_up
from activities.models import FollowUp, Round
from activities.states import State
from tests.factories import FollowUpFactory, MilestoneFactory
from tests.support.follow_ups import answers, words
from tests.support.reports import report

pytestmark = pytest.mark.one_database

TODAY, AUGUST = date(2024, 9, 30), date(2024, 8, 31)
WHY = "Platsen byggs om."


@pytest.fixture
def said_today(belysning):
    """The party has told of today what it has not told of the round's day, 31 August."""

    def said_today(**fields) -> FollowUp:
        return FollowUpFactory(activity=belysning, refers_on=TODAY, **fields)

    return said_today


# --- The form --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("where", ["activity", "follow_up", "my_work"])
def test_the_form_of_the_rounds_day_begins_where_the_day_before_it_ended(
    where, belysning, browser, said_today
):
    said_today(off_track=True, needed="En ny upphandling.", actual=38)
    address = belysning.get_absolute_url()
    form = browser.get(
        {"activity": address, "follow_up": f"{address}folj-upp/", "my_work": "/mitt-arbete/"}[where]
    ).context["form"]

    assert form["refers_on"].value() == "2024-08-31"
    assert form["what_happened"].label == "Vad har hänt sedan 31 mars 2024?"
    shown = (form["state"].value(), form["needed"].value(), form["decision_by"].value())
    assert shown == (State.ON_TRACK, "", "")
    assert form.fields["actual"].saved is None


def test_once_the_round_is_answered_it_goes_on_from_today(browser, follow_up_address, said_today, send):
    said_today(off_track=True, needed="En ny upphandling.")
    send()

    form = browser.get(follow_up_address).context["form"]

    assert form["what_happened"].label == "Vad har hänt sedan 30 september 2024?"
    assert (form["state"].value(), form["needed"].value()) == (State.OFF_TRACK, "En ny upphandling.")


def test_nothing_new_repeats_what_was_said_of_the_day_and_nothing_later(belysning, said_today, send):
    said_today(off_track=True, actual=38)

    send(unchanged="1", refers_on="2024-08-31")

    again = FollowUp.objects.latest("saved_at", "pk")
    assert (again.refers_on, again.round, again.unchanged) == (AUGUST, Round.objects.get(), True)
    assert (again.state, again.needed, again.decision_by, again.actual) == (State.ON_TRACK, "", "", None)


def test_nothing_new_in_what_has_ended_since_can_still_be_said_of_the_day(belysning, said_today, send):
    said_today(done=True)

    assert send(unchanged="1", refers_on="2024-08-31").status_code == 302
    assert answers(belysning) == [(TODAY, None), (AUGUST, Round.objects.get())]


def test_nothing_new_of_today_is_not_said_of_a_form_that_showed_another_state(belysning, said_today, send):
    """The form began with 31 August, and its author chose today, of which something worse has been said."""
    said_today(off_track=True)

    page = send(unchanged="1", refers_on="2024-09-30", state="on_track")

    assert "Du har valt ett annat läge än förra gången." in words(page)
    assert answers(belysning) == [(TODAY, None)]


# --- Milestones ------------------------------------------------------------------------------------------------
def test_a_milestone_ticked_with_the_answer_of_the_rounds_day_was_reached_by_that_day(belysning, send, today):
    milestone = belysning.milestones.get()
    assert [each.title for each in report().late_milestones] == [milestone.title]

    send(refers_on="2024-08-31", milestones=[milestone.pk])
    milestone.refresh_from_db()
    assert (milestone.done_on, milestone.past.latest().history_date.date()) == (AUGUST, today)
    assert report().late_milestones == ()


def test_one_ticked_with_an_answer_of_today_was_not_reached_before(belysning, send):
    milestone = belysning.milestones.get()

    send(refers_on="2024-09-30", milestones=[milestone.pk])
    milestone.refresh_from_db()
    assert milestone.done_on == TODAY
    assert len(report().late_milestones) == 1


def test_one_ticked_with_a_correction_is_of_the_day_that_the_correction_keeps(belysning, huge_rep, now):
    august = FollowUpFactory(activity=belysning, round=Round.objects.get())
    record_correction(
        follow_up=august, by=huge_rep, at=now, answer=Answer(State.ON_TRACK), submission_key=uuid4(),
        seen=Seen.of(belysning, round_id=august.round_id), milestones=belysning.milestones.all(),
    )  # fmt: skip

    assert belysning.milestones.get().done_on == AUGUST


def test_nor_is_it_ahead_on_the_overview_of_that_day(belysning, send, client_for, samordnare):
    milestone = MilestoneFactory(activity=belysning, title="Stolpar", due_on=date(2024, 9, 5))
    overview = client_for(samordnare)

    def ahead():
        shown = overview.get("/2023-2024/oversikt/?per=2024-08-31").context["overview"]
        return [each.what for each in shown.coming if each.what.startswith("Delmål")]

    assert ahead() == ["Delmål: Stolpar"]
    send(refers_on="2024-08-31", milestones=[milestone.pk])
    assert ahead() == []


# --- Who is told -----------------------------------------------------------------------------------------------
@pytest.fixture
def told(mailoutbox, django_capture_on_commit_callbacks):
    """Calls the function; the subjects of the mails sent, and what it returned."""

    def told(do):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            done = do()
        return [one.subject for one in mailoutbox], done

    return told


@pytest.fixture
def cancel(belysning, samordnare, now):
    """The coordinator cancels as of a day, or corrects a follow-up so."""

    def cancel(*, spoken=AUGUST, corrects=None):
        answer = Answer(State.CANCELLED, what_happened=WHY)
        sent = {"by": samordnare, "at": now, "answer": answer, "submission_key": uuid4()}
        seen = Seen.of(belysning, round_id=Round.objects.get().pk)
        if corrects:
            return record_correction(follow_up=corrects, seen=seen, **sent)
        return record_follow_up(activity=belysning, seen=seen, spoken=spoken, **sent)

    return cancel


CANCELLED = ["En aktivitet som Huge ansvarar för är avbruten"]
GOES_ON = ["En aktivitet som Huge ansvarar för är inte längre avbruten"]


def test_nobody_is_told_that_it_is_cancelled_when_it_goes_on_today(
    belysning, huge_rep, said_today, cancel, told, samordnare, now
):
    said_today(on_track=True)

    subjects, follow_up = told(cancel)
    assert subjects == []
    assert told(lambda: undo_follow_up(follow_up=follow_up, by=samordnare, at=now))[0] == []


def test_nor_by_a_correction_of_the_earlier_day(belysning, huge_rep, said_today, cancel, told):
    august = FollowUpFactory(activity=belysning, round=Round.objects.get())
    said_today(on_track=True)

    assert told(lambda: cancel(corrects=august))[0] == []


def test_what_is_cancelled_as_of_the_rounds_day_and_not_spoken_of_since_is_told(
    belysning, huge_rep, cancel, told, samordnare, now
):
    subjects, follow_up = told(cancel)
    assert subjects == CANCELLED
    assert told(lambda: undo_follow_up(follow_up=follow_up, by=samordnare, at=now))[0] == GOES_ON


def test_a_correction_to_cancelled_is_told(belysning, huge_rep, cancel, told):
    august = FollowUpFactory(activity=belysning, round=Round.objects.get())

    assert told(lambda: cancel(corrects=august))[0] == CANCELLED
