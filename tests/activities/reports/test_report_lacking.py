"""The report lists what is missing on its day: milestones not reached in time, and needs without an activity in a place."""

from datetime import date

import pytest

from activities.models import Activity, Milestone
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
)
from tests.factories.activities import at_ten
from tests.support.reports import AUGUST, MARCH, report, words
from tests.support.stored import rows

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def there(agreement):
    """The agreement of every test."""


def late(**about):
    return [(each.number, each.title) for each in report(**about).late_milestones]


def missing(**about):
    return [(each.number, each.place) for each in report(**about).gaps]


# --- Milestones ------------------------------------------------------------------------------------------------
def test_a_milestone_due_before_the_day_and_not_reached_is_listed():
    activity = ActivityFactory(title="Belysning", on_track=True)
    MilestoneFactory(activity=activity, title="Upphandlat", due_on=date(2024, 8, 30))
    MilestoneFactory(activity=activity, title="Monterat", due_on=AUGUST)
    MilestoneFactory(activity=activity, title="Ritat", due_on=date(2024, 3, 1), done_on=date(2024, 3, 1))

    assert late() == [(1, "Upphandlat")]
    assert "Försenade delmål" in words(report())
    assert "1. Belysning Huge Upphandlat, klart senast 30 augusti 2024" in words(report())


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_has_ended_has_no_late_milestones(state):
    MilestoneFactory(activity=ActivityFactory(**{state: True}), due_on=MARCH)

    assert late() == []


def test_milestones_of_internal_activities_and_drafts_are_left_out():
    for kind in ("internal", "draft"):
        MilestoneFactory(activity=ActivityFactory(**{kind: True}), due_on=MARCH)

    assert late() == []


def test_a_later_change_of_the_plan_does_not_make_a_late_milestone_disappear(samordnare):
    milestone = MilestoneFactory(
        activity=ActivityFactory(on_track=True), title="Upphandlat", due_on=date(2024, 3, 1)
    )
    milestone.due_on = date(2024, 12, 1)
    signed(milestone, by=samordnare, at=at_ten(date(2024, 5, 14))).save()

    assert late(as_of=MARCH) == [(1, "Upphandlat")]
    assert late() == []


def test_one_that_is_ticked_later_as_reached_in_time_is_not_late():
    milestone = MilestoneFactory(activity=ActivityFactory(on_track=True), due_on=date(2024, 3, 1))
    Milestone.objects.filter(pk=milestone.pk).update(done_on=date(2024, 3, 20))

    assert late(as_of=MARCH) == []
    assert late(as_of=date(2024, 3, 15)) == [(1, milestone.title)]


# --- Gaps ------------------------------------------------------------------------------------------------------
@rows
def needs(agreement):
    """Number 1 in two places, answered in Skogås; number 2 in Vårby, answered by nobody."""
    skogas, varby = (
        FocusAreaFactory(place=PlaceFactory(slug=slug, name=name))
        for slug, name in (("skogas", "Skogås"), ("varby", "Vårby"))
    )
    one = NeedFactory(problem="Mörka stråk", priority_area=PriorityAreaFactory())
    two = NeedFactory(problem="Langning", priority_area=PriorityAreaFactory(slug="andts", name="ANDTS"))
    one.places.set([skogas.place, varby.place])
    two.places.set([varby.place])
    ActivityFactory(on_track=True, needs=[one], focus_areas=[skogas])
    return one, two


def test_a_need_without_an_activity_in_a_place_is_listed(needs):
    assert missing() == [(1, "Vårby"), (2, "Vårby")]
    assert "2. Langning ANDTS Vårby" in words(report())


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("plats:skogas", []),
        ("plats:varby", [(1, "Vårby"), (2, "Vårby")]),
        ("omrade:andts", [(2, "Vårby")]),
        ("part:huge", []),
    ],
)
def test_a_report_of_a_part_lists_its_own(about, expected, needs):
    assert missing(about=about) == expected


def test_what_only_an_internal_activity_answers_is_no_gap_and_is_not_said_to_be_without_one(needs):
    varby = FocusAreaFactory._meta.model.objects.get(place__slug="varby")
    ActivityFactory(internal=True, needs=[needs[1]], focus_areas=[varby])

    assert missing() == [(1, "Vårby")]
    assert "Langning Ingen redovisad aktivitet" in words(report())


def test_a_gap_of_the_day_stays_a_gap_when_an_activity_is_moved_there_later(needs, samordnare):
    activity = Activity.objects.get()
    activity.focus_areas.add(FocusAreaFactory._meta.model.objects.get(place__slug="varby"))
    signed(activity, by=samordnare, at=at_ten(date(2024, 9, 14))).save()

    assert missing() == [(1, "Vårby"), (2, "Vårby")]
    assert missing(as_of=date(2024, 9, 30)) == [(2, "Vårby")]


def test_a_cancelled_activity_fills_no_gap(needs):
    FollowUpFactory(activity=Activity.objects.get(), cancelled=True, refers_on=AUGUST)

    assert missing() == [(1, "Skogås"), (1, "Vårby"), (2, "Vårby")]
