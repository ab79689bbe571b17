"""*Inget nytt, läget är oförändrat*: repeats the last follow-up, but only once at risk or off track."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.editing.seen import Seen
from activities.follow_ups.actions import record_unchanged
from activities.models import FollowUp
from activities.states import State
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, FollowUpFactory

pytestmark = pytest.mark.django_db


def unchanged(activity, by, at, **form):
    values = {"seen": Seen.of(activity), "submission_key": uuid4()} | form
    return record_unchanged(activity=activity, by=by, at=at, **values)


def test_the_last_follow_up_is_said_again_with_its_need_but_without_news(huge_rep, now, today):
    last = FollowUpFactory(off_track=True, actual=Decimal("12.5"))
    again = unchanged(last.activity, huge_rep, now)
    assert (again.state, again.unchanged, again.refers_on) == (State.OFF_TRACK, True, today)
    assert (again.needed, again.decision_by, again.actual) == (last.needed, last.decision_by, last.actual)
    assert again.what_happened == ""


def test_before_the_first_follow_up_it_says_that_nothing_has_started(huge_rep, now):
    again = unchanged(ActivityFactory(), huge_rep, now)
    assert (again.state, again.unchanged) == (State.NOT_STARTED, True)


def test_the_responsible_partys_follow_up_is_repeated_not_a_contributors(huge_rep, polisen, now, today):
    activity = ActivityFactory(at_risk=True, contributors=[polisen])
    FollowUpFactory(activity=activity, contributor=True, refers_on=today)
    assert unchanged(activity, huge_rep, now).state == State.AT_RISK


def test_a_withdrawn_follow_up_is_not_repeated(huge_rep, now):
    activity = ActivityFactory(on_track=True)
    follow_up = FollowUpFactory(activity=activity, at_risk=True)
    FollowUpFactory(activity=activity, withdrawal=True, replaces=follow_up)
    assert unchanged(activity, huge_rep, now).state == State.ON_TRACK


@pytest.mark.parametrize("state", ["on_track", "not_started"])
def test_what_goes_well_may_stay_unchanged_again_and_again(state, huge_rep, now):
    activity = FollowUpFactory(**{state: True}).activity
    for hours in range(3):
        unchanged(activity, huge_rep, now + timedelta(hours=hours))
    assert activity.follow_ups.filter(unchanged=True).count() == 3


@pytest.mark.parametrize(("state", "label"), [("at_risk", "Risk för avvikelse"), ("off_track", "Avviker")])
def test_what_goes_badly_is_unchanged_once_and_then_needs_a_text(state, label, huge_rep, now):
    activity = FollowUpFactory(**{state: True}).activity
    unchanged(activity, huge_rep, now)
    with pytest.raises(ValidationError) as refused:
        unchanged(activity, huge_rep, now + timedelta(days=30))
    assert (refused.value.code, refused.value.message) == (
        "unchanged_twice",
        f"Läget var oförändrat ”{label}” även förra gången. Beskriv vad som har hänt sedan dess.",
    )
    assert activity.follow_ups.count() == 2


def test_after_a_new_text_it_may_be_unchanged_again(huge_rep, now, today):
    activity = FollowUpFactory(at_risk=True, unchanged=True).activity
    FollowUpFactory(activity=activity, at_risk=True, refers_on=today)
    assert unchanged(activity, huge_rep, now).unchanged is True


@pytest.mark.parametrize(("state", "label"), [("done", "genomförd"), ("cancelled", "avbruten")])
def test_what_has_ended_is_not_unchanged(state, label, huge_rep, now):
    activity = ActivityFactory(**{state: True})
    with pytest.raises(ValidationError) as refused:
        unchanged(activity, huge_rep, now)
    assert (refused.value.code, refused.value.message) == (
        "ended",
        f"Aktiviteten är {label}. Välj hur det går och beskriv vad som har hänt.",
    )


def test_the_form_sent_twice_saves_once_even_when_it_goes_badly(huge_rep, now):
    activity = FollowUpFactory(off_track=True).activity
    form = {"seen": Seen.of(activity), "submission_key": uuid4()}
    first = unchanged(activity, huge_rep, now, **form)
    again = unchanged(activity, huge_rep, now, **form)
    assert (first, FollowUp.objects.count()) == (again, 2)


def test_it_is_stale_when_somebody_has_saved_in_between(huge_rep, now, today):
    activity = ActivityFactory(on_track=True)
    seen = Seen.of(activity)
    FollowUpFactory(activity=activity, at_risk=True, refers_on=today)
    with pytest.raises(Stale, match="Risk för avvikelse"):
        unchanged(activity, huge_rep, now, seen=seen)
    assert FollowUp.objects.filter(unchanged=True).count() == 0


def test_others_are_refused(polis_rep, now):
    with pytest.raises(PermissionDenied):
        unchanged(ActivityFactory(on_track=True), polis_rep, now)
