"""The derived flags overdue, late start and not updated, on the day itself and around it."""

from datetime import date, timedelta

import pytest

from activities.models import Activity, Milestone
from activities.periods import Rounds
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FollowUpFactory,
    MilestoneFactory,
    PartyFactory,
    RoundFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2024, 9, 30)
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
AUGUST = date(2024, 8, 31)


def flags_of_the_only_one(day=TODAY, today=TODAY):
    """The names of the flags of the only activity as of the day."""
    activity = Activity.objects.select_related("agreement").get()
    round = Rounds.of(activity.agreement).asking_about(day, today=today)
    (flagged,) = Activity.objects.as_of(day).with_flags(today=day, round=round)
    return [name for name in ("is_overdue", "is_late_start", "is_not_updated") if getattr(flagged, name)]


# --- Overdue -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("ends_on", "is_overdue"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False)])
def test_an_activity_is_overdue_from_the_day_after_its_last(ends_on, is_overdue):
    ActivityFactory(on_track=True, ends_on=ends_on)
    assert flags_of_the_only_one() == (["is_overdue"] if is_overdue else [])


@pytest.mark.parametrize(
    ("state", "is_overdue"),
    [("on_track", True), ("at_risk", True), ("off_track", True), ("done", False), ("cancelled", False)],
)
def test_what_has_ended_is_not_overdue(state, is_overdue):
    ActivityFactory(**{state: True}, ends_on=YESTERDAY)
    assert flags_of_the_only_one() == (["is_overdue"] if is_overdue else [])


def test_what_was_done_later_was_overdue_until_then():
    activity = ActivityFactory(ends_on=date(2024, 8, 1), follow_up__refers_on=date(2024, 7, 1), on_track=True)
    FollowUpFactory(activity=activity, done=True, refers_on=AUGUST)
    assert flags_of_the_only_one(AUGUST - timedelta(days=1)) == ["is_overdue"]
    assert flags_of_the_only_one(AUGUST) == []


@pytest.mark.parametrize(
    ("due_on", "done_on", "is_overdue"),
    [
        (YESTERDAY, None, True),
        (TODAY, None, False),
        (TOMORROW, None, False),
        (YESTERDAY, TODAY, False),
    ],
)
def test_a_milestone_is_overdue_from_the_day_after(due_on, done_on, is_overdue):
    milestone = MilestoneFactory(due_on=due_on, done_on=done_on)
    assert list(Milestone.objects.overdue(today=TODAY)) == ([milestone] if is_overdue else [])


# --- Late start --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("starts_on", "is_late"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False)])
def test_a_start_is_late_from_the_day_after(starts_on, is_late):
    ActivityFactory(starts_on=starts_on)
    assert flags_of_the_only_one() == (["is_late_start"] if is_late else [])


@pytest.mark.parametrize("state", ["on_track", "at_risk", "off_track", "done", "cancelled"])
def test_what_has_started_is_not_late(state):
    ActivityFactory(**{state: True})
    assert flags_of_the_only_one() == []


def test_what_is_said_not_to_have_started_is_late():
    FollowUpFactory(not_started=True)
    assert flags_of_the_only_one() == ["is_late_start"]


# --- Not updated -------------------------------------------------------------------------------------------
def test_nothing_is_missing_before_the_first_round():
    ActivityFactory(starts_on=TODAY)
    assert flags_of_the_only_one() == []


def test_a_planned_round_asks_nobody():
    ActivityFactory(starts_on=TODAY, agreement=RoundFactory(planned=True).agreement)
    assert flags_of_the_only_one() == []


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_without_a_follow_up_in_the_round_it_is_not_updated(closed):
    FollowUpFactory(refers_on=date(2024, 6, 30), activity__agreement=RoundFactory(closed=closed).agreement)
    assert flags_of_the_only_one() == ["is_not_updated"]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_a_follow_up_in_the_round_updates_it(closed):
    round = RoundFactory(closed=closed)
    FollowUpFactory(round=round, on_behalf=True)
    assert flags_of_the_only_one() == []


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
def test_a_follow_up_just_before_the_round_does_not_answer_it(closed):
    RoundFactory(closed=closed)
    FollowUpFactory(refers_on=AUGUST, round=None)
    assert flags_of_the_only_one() == ["is_not_updated"]


def test_between_rounds_a_later_follow_up_answers_the_old_question():
    RoundFactory(closed=True)
    FollowUpFactory(refers_on=date(2024, 9, 25), round=None)
    assert flags_of_the_only_one() == []


def test_a_follow_up_that_is_yet_to_come_answers_nothing():
    may = date(2024, 5, 31)
    RoundFactory(
        as_of=date(2024, 3, 31),
        opens_on=date(2024, 4, 1),
        due_on=date(2024, 4, 12),
        closed_on=date(2024, 4, 26),
    )
    FollowUpFactory(refers_on=AUGUST, activity__starts_on=date(2024, 3, 31))
    assert flags_of_the_only_one(may) == ["is_late_start", "is_not_updated"]
    assert flags_of_the_only_one(AUGUST) == []


def test_a_contributors_follow_up_does_not_update_it(polisen):
    FollowUpFactory(activity=ActivityFactory(on_track=True), contributor=True, round=RoundFactory())
    assert flags_of_the_only_one() == ["is_not_updated"]


def test_a_withdrawn_follow_up_does_not_update_it():
    follow_up = FollowUpFactory(round=RoundFactory(), activity=ActivityFactory(on_track=True))
    FollowUpFactory(activity=follow_up.activity, withdrawal=True, replaces=follow_up, round=follow_up.round)
    assert flags_of_the_only_one() == ["is_not_updated"]


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_has_ended_need_not_be_updated(state):
    RoundFactory()
    ActivityFactory(**{state: True})
    assert flags_of_the_only_one() == []


@pytest.mark.parametrize("preparation", ["draft", "proposed", "returned"])
def test_what_is_not_agreed_need_not_be_updated(preparation):
    RoundFactory()
    ActivityFactory(**{preparation: True}, starts_on=TODAY)
    assert flags_of_the_only_one() == []


@pytest.mark.parametrize(
    ("started", "is_asked"),
    [
        ({"starts_on": AUGUST}, True),
        ({"starts_on": AUGUST + DAY}, False),
        ({"lead_yes_on": AUGUST}, True),
        ({"lead_yes_on": AUGUST + DAY}, False),
        ({"coordinator_yes_on": AUGUST + DAY}, False),
    ],
)
def test_what_was_agreed_and_due_to_have_started_on_the_rounds_day_is_to_be_updated(started, is_asked):
    RoundFactory()
    FollowUpFactory(activity=ActivityFactory(**started))
    assert flags_of_the_only_one() == (["is_not_updated"] if is_asked else [])


def test_what_was_done_after_the_rounds_day_is_updated_today_but_still_lacks_the_answer_of_that_day():
    round = RoundFactory()
    FollowUpFactory(activity=ActivityFactory(on_track=True), done=True, refers_on=TODAY)
    assert flags_of_the_only_one() == []
    assert flags_of_the_only_one(AUGUST) == ["is_not_updated"]
    assert Activity.objects.missing_in(round, today=TODAY).count() == 1


@pytest.mark.parametrize(("day", "is_asked"), [(AUGUST, False), (TODAY - DAY, False), (TODAY, True)])
def test_a_round_that_is_open_before_its_day_asks_about_what_has_started_by_today(day, is_asked):
    round = RoundFactory(as_of=date(2024, 10, 15), opens_on=AUGUST, due_on=date(2024, 10, 20))
    ActivityFactory(starts_on=TODAY)
    assert Activity.objects.missing_in(round, today=day).exists() == is_asked


def test_a_round_asks_within_its_agreement():
    another = ActivityFactory(agreement=AgreementFactory(next_period=True), starts_on=TODAY)
    asked = ActivityFactory(on_track=True)
    found = Activity.objects.as_of(TODAY).not_updated(today=TODAY, round=RoundFactory())
    assert (list(found), another in found) == ([asked], False)


def test_the_filters_and_the_flags_agree():
    round = RoundFactory()
    FollowUpFactory(round=round)
    for trait in ("overdue", "late_start", "done", "draft"):
        ActivityFactory(**{trait: True}, lead=PartyFactory(polisen=True))
    activities = Activity.objects.as_of(TODAY).with_flags(today=TODAY, round=round).order_by("number")
    assert list(activities.overdue(today=TODAY)) == [one for one in activities if one.is_overdue]
    assert list(activities.late_start(today=TODAY)) == [one for one in activities if one.is_late_start]
    missing = activities.not_updated(today=TODAY, round=round)
    assert list(missing) == [one for one in activities if one.is_not_updated] != []
