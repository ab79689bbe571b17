"""*Ångra*: within fifteen minutes the author withdraws a follow-up by a new row. No row is updated."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.follow_ups.actions import Answer, record_follow_up, undo_follow_up
from activities.milestones.actions import tick_milestones
from activities.models import Activity, FollowUp
from activities.states import State
from priorities.models import Agreement
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory, UserFactory
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

SOON = timedelta(minutes=5)
FIFTEEN_MINUTES = timedelta(minutes=15)


@rows
def activity(db):
    """An activity on track since August, with two milestones."""
    return ActivityFactory(on_track=True, milestones=["Kartlagt", "Upphandlat"])


@rows
def follow_up(activity, huge_rep, now):
    """A follow-up saved now, at risk, with the first milestone ticked."""
    return record_follow_up(
        activity=activity,
        by=huge_rep,
        at=now,
        answer=Answer(State.AT_RISK, what_happened="Leveransen dröjer."),
        milestones=[activity.milestones.get(title="Kartlagt")],
        submission_key=uuid4(),
    )


def state_on(day):
    return Activity.objects.as_of(day).values_list("state", flat=True).get()


def test_the_state_before_comes_back(follow_up, huge_rep, now, today):
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert state_on(today) == State.ON_TRACK


def test_a_withdrawal_says_nothing_itself(follow_up, huge, huge_rep, now, today):
    withdrawal = undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    withdrawal.refresh_from_db()
    assert (withdrawal.is_withdrawal, withdrawal.replaces, withdrawal.state) == (True, follow_up, None)
    assert (withdrawal.party, withdrawal.author, withdrawal.saved_at) == (huge, huge_rep, now + SOON)
    assert (withdrawal.what_happened, withdrawal.refers_on) == ("", today)


def test_the_follow_up_itself_stays_as_it_was(follow_up, huge_rep, now):
    before = FollowUp.objects.filter(pk=follow_up.pk).values().get()
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert FollowUp.objects.filter(pk=follow_up.pk).values().get() == before


def test_a_withdrawal_refers_to_the_day_and_the_round_of_its_follow_up(activity, huge_rep, now):
    round = RoundFactory()
    follow_up = record_follow_up(
        activity=activity, by=huge_rep, at=now, answer=Answer(State.ON_TRACK), submission_key=uuid4()
    )
    withdrawal = undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert (withdrawal.refers_on, withdrawal.round) == (round.as_of, round)


# --- For how long, and who ---------------------------------------------------------------------------------
def test_after_exactly_fifteen_minutes_it_can_still_be_undone(follow_up, huge_rep, now, today):
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + FIFTEEN_MINUTES)
    assert state_on(today) == State.ON_TRACK


def test_a_moment_later_it_cannot(follow_up, huge_rep, now, today):
    with pytest.raises(ValidationError) as refused:
        undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + FIFTEEN_MINUTES + timedelta(microseconds=1))
    assert (refused.value.code, refused.value.message) == (
        "too_late",
        "En uppföljning går att ångra i 15 minuter. Gör en ny med det som är rätt.",
    )
    assert state_on(today) == State.AT_RISK


def test_nobody_undoes_what_somebody_else_said(follow_up, samordnare, admin, now, today):
    colleague = UserFactory(representative=True, party=follow_up.party)
    for other in (colleague, samordnare, admin):
        with pytest.raises(PermissionDenied):
            undo_follow_up(follow_up=follow_up, by=other, at=now + SOON)
    assert state_on(today) == State.AT_RISK


def test_the_coordinator_undoes_what_they_said_on_behalf(activity, samordnare, now, today):
    answer = Answer(State.CANCELLED, what_happened="Parterna gör något annat.")
    follow_up = record_follow_up(
        activity=activity, by=samordnare, at=now, answer=answer, submission_key=uuid4()
    )
    withdrawal = undo_follow_up(follow_up=follow_up, by=samordnare, at=now + SOON)
    assert (withdrawal.on_behalf, state_on(today)) == (True, State.ON_TRACK)


def test_a_withdrawal_cannot_be_undone(follow_up, huge_rep, now):
    withdrawal = undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    with pytest.raises(PermissionDenied):
        undo_follow_up(follow_up=withdrawal, by=huge_rep, at=now + SOON)


def test_what_was_said_in_an_agreement_that_is_archived_since_then_stands(follow_up, huge_rep, now, today):
    Agreement.objects.update(status=Agreement.Status.ARCHIVED)
    with pytest.raises(PermissionDenied):
        undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert state_on(today) == State.AT_RISK


def test_undone_twice_is_undone_once(follow_up, huge_rep, now):
    first = undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    again = undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + timedelta(hours=1))
    assert [first, again] == [FollowUp.objects.get(is_withdrawal=True)] * 2


def test_somebody_elses_later_follow_up_stands_when_mine_is_undone(follow_up, huge_rep, now, today):
    FollowUpFactory(
        activity=follow_up.activity, done=True, on_behalf=True, refers_on=today, saved_at=now + SOON
    )
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + 2 * SOON)
    assert state_on(today) == State.DONE


# --- Milestones --------------------------------------------------------------------------------------------
def ticked(activity):
    return sorted(activity.milestones.exclude(done_on=None).values_list("title", flat=True))


def test_what_was_ticked_along_with_it_is_unticked(activity, follow_up, huge_rep, now):
    assert ticked(activity) == ["Kartlagt"]
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert (ticked(activity), activity.milestones.filter(ticked_by=follow_up).count()) == ([], 0)


def test_what_was_ticked_otherwise_stays(activity, follow_up, huge_rep, now):
    activity.refresh_from_db()
    upphandlat = activity.milestones.get(title="Upphandlat")
    tick_milestones(activity=activity, milestones=[upphandlat], by=huge_rep, at=now)
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    assert ticked(activity) == ["Upphandlat"]


def test_unticking_changes_the_plan_and_its_history_shows_it(activity, follow_up, huge_rep, now):
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    activity.refresh_from_db()
    past = activity.milestones.get(title="Kartlagt").past.order_by("history_date")
    kept = [(record.history_user, record.history_date, record.done_on) for record in past][1:]
    assert (activity.version, kept) == (3, [(huge_rep, now, now.date()), (huge_rep, now + SOON, None)])


def test_undoing_a_follow_up_without_milestones_leaves_the_plan_alone(activity, huge_rep, now):
    follow_up = FollowUpFactory(activity=activity, author=huge_rep, saved_at=now)
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)
    activity.refresh_from_db()
    assert activity.version == 1
