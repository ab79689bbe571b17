"""The report lists what is missing on its day: milestones not reached in time."""

from datetime import date

import pytest

from activities.models import Milestone
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    MilestoneFactory,
)
from tests.factories.activities import at_ten
from tests.support.reports import AUGUST, MARCH, report, words

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def there(agreement):
    """The agreement of every test."""


def late(**about):
    return [(each.number, each.title) for each in report(**about).late_milestones]


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
