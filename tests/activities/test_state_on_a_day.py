"""The state on a day is that of the responsible party's newest follow-up that counts, by the day it refers to."""

from datetime import date, timedelta

import pytest

from activities.models import Activity, FollowUp
from activities.states import Assessment, State, Status
from tests.factories import ActivityFactory, FollowUpFactory
from tests.factories.activities import at_ten
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

MAY, JUNE, AUGUST = date(2024, 5, 31), date(2024, 6, 30), date(2024, 8, 31)
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)


def state_on(day):
    """The state of the only activity."""
    (state,) = Activity.objects.as_of(day).values_list("state", flat=True)
    return state


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (MAY - A_DAY, State.NOT_STARTED),
        (MAY, State.ON_TRACK),
        (JUNE - A_DAY, State.ON_TRACK),
        (JUNE, State.AT_RISK),
        (AUGUST - A_DAY, State.AT_RISK),
        (AUGUST, State.DONE),
        (AUGUST + 365 * A_DAY, State.DONE),
    ],
)
def test_each_day_has_the_state_of_the_newest_follow_up_until_then(day, state):
    activity = ActivityFactory()
    FollowUpFactory(activity=activity, refers_on=AUGUST, done=True)
    FollowUpFactory(activity=activity, refers_on=MAY, on_track=True)
    FollowUpFactory(activity=activity, refers_on=JUNE, at_risk=True)
    assert state_on(day) == state


def test_an_activity_that_nobody_has_spoken_of_is_not_started(today):
    ActivityFactory()
    assert list(Activity.objects.as_of(today).values_list("state", "newest_id")) == [
        (State.NOT_STARTED, None)
    ]


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_said(state, today):
    FollowUpFactory(**{state.value: True})
    assert state_on(today) == state


def test_of_two_follow_ups_on_the_same_day_the_later_saved_counts():
    activity = ActivityFactory()
    FollowUpFactory(activity=activity, at_risk=True, saved_at=at_ten(AUGUST) + AN_HOUR)
    FollowUpFactory(activity=activity, on_track=True, saved_at=at_ten(AUGUST))
    assert state_on(AUGUST) == State.AT_RISK


def test_what_a_follow_up_refers_to_counts_before_when_it_was_saved():
    activity = ActivityFactory()
    FollowUpFactory(activity=activity, at_risk=True, refers_on=JUNE, saved_at=at_ten(AUGUST + A_DAY))
    FollowUpFactory(activity=activity, on_track=True, refers_on=AUGUST, saved_at=at_ten(AUGUST))
    assert state_on(AUGUST) == State.ON_TRACK


def test_a_contributors_follow_up_never_decides(polisen, today):
    activity = ActivityFactory(contributors=[polisen])
    FollowUpFactory(activity=activity, at_risk=True)
    FollowUpFactory(activity=activity, contributor=True, refers_on=today)
    assert state_on(today) == State.AT_RISK


def test_only_a_contributor_has_spoken(polisen, today):
    FollowUpFactory(activity=ActivityFactory(contributors=[polisen]), contributor=True)
    assert state_on(today) == State.NOT_STARTED


def test_another_activitys_follow_up_does_not_count(today):
    ActivityFactory()
    ActivityFactory(at_risk=True)
    states = Activity.objects.as_of(today).order_by("number").values_list("state", flat=True)
    assert list(states) == [State.NOT_STARTED, State.AT_RISK]


# --- Corrections and withdrawals ---------------------------------------------------------------------------
@rows
def first(db):
    """At risk in June, the earliest follow-up."""
    return FollowUpFactory(at_risk=True, refers_on=JUNE)


@rows
def follow_up(first):
    """Off track in August."""
    return FollowUpFactory(activity=first.activity, off_track=True, refers_on=AUGUST)


def replaced(follow_up, **trait):
    """A row that replaces the follow-up a minute later and refers to the same day."""
    return FollowUpFactory(
        activity=follow_up.activity,
        replaces=follow_up,
        refers_on=follow_up.refers_on,
        saved_at=follow_up.saved_at + timedelta(minutes=1),
        **trait,
    )


def standing():
    """The follow-ups that count, oldest first."""
    return list(FollowUp.objects.counting().order_by("saved_at"))


def test_a_correction_counts_instead_of_the_follow_up(first, follow_up):
    correction = replaced(follow_up, on_track=True)
    assert (state_on(AUGUST), standing()) == (State.ON_TRACK, [first, correction])


def test_a_correction_leaves_the_days_before_alone(first, follow_up):
    replaced(follow_up, on_track=True)
    assert state_on(AUGUST - A_DAY) == State.AT_RISK


def test_a_corrected_correction_is_replaced_too(first, follow_up):
    last = replaced(replaced(follow_up, on_track=True), done=True)
    assert (state_on(AUGUST), standing()) == (State.DONE, [first, last])


def test_a_withdrawn_follow_up_brings_back_the_one_before(first, follow_up):
    replaced(follow_up, withdrawal=True)
    assert (state_on(AUGUST), standing()) == (State.AT_RISK, [first])


def test_the_only_follow_up_withdrawn_leaves_the_activity_not_started(today):
    replaced(FollowUpFactory(at_risk=True), withdrawal=True)
    assert (state_on(today), standing()) == (State.NOT_STARTED, [])


def test_a_withdrawn_correction_brings_back_the_original(first, follow_up):
    replaced(replaced(follow_up, on_track=True), withdrawal=True)
    assert (state_on(AUGUST), standing()) == (State.OFF_TRACK, [first, follow_up])


def test_a_withdrawn_second_correction_brings_back_the_first(first, follow_up):
    correction = replaced(follow_up, on_track=True)
    replaced(replaced(correction, done=True), withdrawal=True)
    assert (state_on(AUGUST), standing()) == (State.ON_TRACK, [first, correction])


def test_the_original_stays_withdrawn_when_its_correction_is_withdrawn(first, follow_up):
    replaced(replaced(follow_up, on_track=True), withdrawal=True)
    replaced(follow_up, withdrawal=True)
    assert (state_on(AUGUST), standing()) == (State.AT_RISK, [first])


def test_the_log_tells_all_that_was_said_and_what_still_counts(first, follow_up):
    correction = replaced(follow_up, on_track=True)
    withdrawal = replaced(correction, withdrawal=True)
    log = [(said.pk, said.counts) for said in FollowUp.objects.for_log()]
    assert log == [(withdrawal.pk, False), (correction.pk, False), (follow_up.pk, True), (first.pk, True)]


# --- What the queries give besides -------------------------------------------------------------------------
def test_the_days_of_the_newest_follow_up_come_with_its_activity(first, follow_up):
    (activity,) = Activity.objects.as_of(AUGUST).with_newest_days(AUGUST)
    assert (activity.newest_id, activity.newest_on) == (follow_up.pk, follow_up.refers_on)
    assert activity.newest_saved_at == follow_up.saved_at


def test_on_an_earlier_day_the_newest_follow_up_is_an_earlier_one(first, follow_up):
    (activity,) = Activity.objects.as_of(JUNE).with_newest_days(JUNE)
    assert (activity.newest_id, activity.newest_on) == (first.pk, first.refers_on)


def test_the_worst_come_first(today):
    for trait in ("cancelled", "done", "on_track", "at_risk", "off_track"):
        ActivityFactory(**{trait: True})
    ActivityFactory()
    ordered = Activity.objects.as_of(today).worst_first().values_list("state", flat=True)
    assert list(ordered) == ["off_track", "at_risk", "on_track", "not_started", "done", "cancelled"]


def test_activities_in_some_states(today):
    made = {trait: ActivityFactory(**{trait: True}) for trait in ("done", "at_risk", "off_track")}
    found = Activity.objects.as_of(today).in_state(State.AT_RISK, State.OFF_TRACK).order_by("number")
    assert list(found) == [made["at_risk"], made["off_track"]]


# --- One answer, two fields --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("state", "status", "assessment", "is_open", "needs_words"),
    [
        (State.OFF_TRACK, Status.ONGOING, Assessment.OFF_TRACK, True, True),
        (State.AT_RISK, Status.ONGOING, Assessment.AT_RISK, True, True),
        (State.ON_TRACK, Status.ONGOING, Assessment.ON_TRACK, True, False),
        (State.NOT_STARTED, Status.NOT_STARTED, None, True, False),
        (State.DONE, Status.DONE, None, False, True),
        (State.CANCELLED, Status.CANCELLED, None, False, True),
    ],
)
def test_a_state_is_a_status_and_while_ongoing_an_assessment(state, status, assessment, is_open, needs_words):
    assert (state.status, state.assessment) == (status, assessment)
    assert State.of(status, assessment or "") == state
    assert (state.is_open, state.needs_words) == (is_open, needs_words)


def test_each_state_has_an_address_and_an_explanation_of_its_own():
    assert (
        len({state.slug for state in State})
        == len({state.traits.explanation for state in State})
        == len(State)
    )


# --- Before both had said yes ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lead_yes_on", "coordinator_yes_on", "was_there"),
    [
        (date(2024, 8, 31), date(2024, 8, 31), True),
        (date(2024, 9, 1), date(2024, 8, 31), False),
        (date(2024, 8, 31), date(2024, 9, 1), False),
    ],
)
def test_what_both_had_not_yet_agreed_was_not_there_on_the_day(lead_yes_on, coordinator_yes_on, was_there):
    ActivityFactory(lead_yes_on=lead_yes_on, coordinator_yes_on=coordinator_yes_on)

    assert Activity.objects.as_of(date(2024, 8, 31)).exists() is was_there
    assert Activity.objects.as_of(date(2024, 9, 1)).exists()
