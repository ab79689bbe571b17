"""A report as of an earlier day: what contributors had done, and which plans have changed since."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    MilestoneFactory,
)
from tests.factories.activities import at_ten
from tests.support.plan_changes import CHANGES, World, told_alike
from tests.support.reports import AUGUST, MARCH, entries, report, words

MAY = date(2024, 5, 14)


# --- What a contributor has done ---------------------------------------------------------------------------
@pytest.fixture
def joint(agreement, polisen):
    activity = ActivityFactory(title="Belysning", on_track=True)
    ContributionFactory(activity=activity, party=polisen, what="Patrullerar stråket.")
    return activity


def wrote(activity, on, text, **more):
    return FollowUpFactory(activity=activity, contributor=True, refers_on=on, what_happened=text, **more)


def done(as_of=AUGUST):
    (entry,) = entries(report(as_of=as_of)).values()
    (contributor,) = entry.contributors
    return contributor.done and contributor.done.text


def test_what_a_contributor_has_done_stands_beside_what_it_promised(joint):
    wrote(joint, MARCH, "Vi har patrullerat i mars.")
    wrote(joint, date(2024, 6, 30), "Vi har patrullerat hela våren.")

    assert done() == "Vi har patrullerat hela våren."
    assert done(MARCH) == "Vi har patrullerat i mars."
    assert done(date(2024, 3, 30)) is None
    assert "Patrullerar stråket. Har gjort: Vi har patrullerat hela våren. 30 juni 2024," in words(report())


def test_what_a_contributor_has_corrected_or_taken_back_is_not_in_the_report(joint):
    first = wrote(joint, MARCH, "Vi har patrullerat varje kväll.")
    right = wrote(joint, MARCH, "Vi har patrullerat varannan kväll.", replaces=first)
    assert done() == "Vi har patrullerat varannan kväll."

    FollowUpFactory(activity=joint, contributor=True, what_happened="", is_withdrawal=True, replaces=right)
    assert done() == "Vi har patrullerat varje kväll."


def test_a_contributors_words_count_as_no_follow_up_of_the_lead(joint):
    wrote(joint, AUGUST, "Vi har patrullerat.")

    assert "bygger på 1 uppföljning" in words(report())


# --- Which plans have changed since ------------------------------------------------------------------------
def test_the_report_ends_with_which_plans_have_changed_since(agreement, samordnare):
    activity = ActivityFactory(title="Belysning", on_track=True)
    milestone = MilestoneFactory(activity=activity)
    activity.ends_on, activity.title = date(2024, 10, 31), "Ljus"
    signed(activity, by=samordnare, at=at_ten(MAY)).save()
    signed(milestone, by=samordnare, at=at_ten(MAY + timedelta(days=1))).delete()

    made = report(as_of=MARCH)

    assert [(each.number, each.title, each.on, each.what) for each in made.appendix.later] == [
        (activity.number, "Belysning", MAY, ("Namn", "Slut")),
        (activity.number, "Belysning", MAY + timedelta(days=1), ("Delmål",)),
    ]
    assert "Efter den dagen har de här ändrats. 1. Belysning: namn och slut, 14 maj 2024" in words(made)
    assert report(as_of=AUGUST).appendix.later == ()
    assert "Efter den dagen" not in words(report())


def test_a_milestone_that_is_ticked_and_a_confirmed_part_are_no_change_of_a_plan(agreement, samordnare):
    activity = ActivityFactory(on_track=True)
    milestone, part = MilestoneFactory(activity=activity), ContributionFactory(activity=activity)
    milestone.done_on = part.confirmed_on = MAY
    for row in (milestone, part):
        signed(row, by=samordnare, at=at_ten(MAY)).save()

    assert report(as_of=MARCH).appendix.later == ()


# --- Generated histories -------------------------------------------------------------------------------------
class GeneratedHistories(TestCase):
    """A report made on its day and made again after any later changes differs in nothing but the note."""

    @given(before=st.lists(CHANGES, max_size=4), after=st.lists(CHANGES, max_size=6))
    def test_a_report_stays_as_it_was_whatever_is_planned_later(self, before, after):
        world = World()
        world.change(before, until=MARCH)

        told_alike(world, after)
