"""The factories that the other tests build on make what their names say."""

import pytest

from activities.models import Activity, FollowUp
from activities.states import State
from samverkan.lib.clock import today as real_today
from tests.factories import ActivityFactory, FocusAreaFactory, FollowUpFactory, NeedFactory, PartyFactory

pytestmark = pytest.mark.django_db


def test_it_is_the_demos_day(today, now):
    assert real_today() == today == now.date()


@pytest.mark.parametrize(
    ("trait", "state"),
    [
        ("on_track", State.ON_TRACK),
        ("at_risk", State.AT_RISK),
        ("off_track", State.OFF_TRACK),
        ("done", State.DONE),
        ("cancelled", State.CANCELLED),
    ],
)
def test_an_activity_has_the_state_of_its_trait(trait, state, today):
    ActivityFactory(**{trait: True})
    assert [activity.state for activity in Activity.objects.as_of(today)] == [state]
    assert FollowUp.objects.get().state == state


@pytest.mark.parametrize("preparation", ["draft", "proposed", "returned"])
def test_an_activity_is_prepared_as_its_trait_says(preparation):
    assert ActivityFactory(**{preparation: True}).preparation == preparation


def test_an_overdue_activity_is_overdue(today):
    overdue = ActivityFactory(overdue=True)
    ActivityFactory(on_track=True)
    assert list(Activity.objects.as_of(today).overdue(today=today)) == [overdue]


def test_a_late_activity_starts_late(today):
    late = ActivityFactory(late_start=True)
    ActivityFactory(on_track=True)
    assert list(Activity.objects.as_of(today).late_start(today=today)) == [late]


def test_activities_share_their_agreement_and_take_its_numbers(agreement, polisen):
    place, need = FocusAreaFactory(), NeedFactory()
    first = ActivityFactory(contributors=[polisen], focus_areas=[place], needs=[need], milestones=["Start"])
    second = ActivityFactory()
    assert [first.number, second.number] == [1, 2]
    assert first.agreement == second.agreement == place.agreement == need.agreement == agreement
    assert (list(first.contributors.all()), list(first.focus_areas.all())) == ([polisen], [place])
    assert (list(first.needs.all()), first.milestones.get().title) == ([need], "Start")


def test_a_contributors_follow_up_has_no_state(polisen):
    follow_up = FollowUpFactory(contributor=True)
    assert (follow_up.party, follow_up.author.party, follow_up.state) == (polisen, polisen, None)


def test_the_named_parties_are_the_same_each_time(huge):
    assert PartyFactory(huge=True) == huge == ActivityFactory().lead
    assert PartyFactory() != PartyFactory()


def test_a_signed_in_browser_knows_its_user(client_for, huge_rep):
    assert client_for(huge_rep).session["_auth_user_id"] == str(huge_rep.pk)
