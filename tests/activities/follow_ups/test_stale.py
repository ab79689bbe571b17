"""A stale follow-up is refused with who saved what, and when."""

from datetime import timedelta
from uuid import uuid4

import pytest

from activities.editing.seen import Seen, raise_version
from activities.follow_ups.actions import Answer, record_follow_up, undo_follow_up
from activities.milestones.actions import tick_milestones
from activities.models import Activity, FollowUp
from activities.states import State
from samverkan.lib.editing.stale import Stale
from samverkan.lib.history import signed
from tests.factories import ActivityFactory, FocusAreaFactory, FollowUpFactory, NeedFactory, UserFactory
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)
MINE = "Min egen text."


@rows
def activity(db):
    return ActivityFactory(milestones=["Kartlagt", "Upphandlat"])


def save(activity, by, at, seen, **form):
    """Saves with a form that carries `seen`."""
    answer = Answer(State.ON_TRACK, what_happened=MINE)
    return record_follow_up(
        activity=activity, by=by, at=at, answer=answer, seen=seen, submission_key=uuid4(), **form
    )


def refused(activity, by, at, seen, **form):
    """The message of the refusal; nothing is saved."""
    with pytest.raises(Stale) as stale:
        save(activity, by, at, seen, **form)
    assert not FollowUp.objects.filter(what_happened=MINE).exists()
    return str(stale.value)


def change_plan(activity, by, at, **fields):
    """Changes the plan with a history record and a new version."""
    stored = signed(Activity.objects.get(pk=activity.pk), by=by, at=at)
    raise_version(stored)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save()
    return stored


def test_a_form_that_saw_what_stands_is_saved(activity, huge_rep, samordnare, now):
    save(activity, samordnare, now, Seen.of(activity))
    save(activity, huge_rep, now + AN_HOUR, Seen.of(activity))
    assert activity.follow_ups.count() == 2


def test_one_query_reads_what_stands(activity, django_assert_num_queries):
    FollowUpFactory(activity=activity)
    with django_assert_num_queries(1):
        Seen.of(activity)


def test_before_the_first_follow_up_nothing_has_been_seen(activity):
    assert Seen.of(activity) == Seen(version=1, newest_id=0)


# --- Somebody else's follow-up ----------------------------------------------------------------------------------
def test_another_follow_up_is_named_with_its_state(activity, huge_rep, samordnare, now):
    seen = Seen.of(activity)
    answer = Answer(State.AT_RISK, what_happened="Leveransen dröjer.")
    record_follow_up(activity=activity, by=samordnare, at=now, answer=answer, submission_key=uuid4())
    assert refused(activity, huge_rep, now + AN_HOUR, seen) == (
        "Samordnare trygghet åt Huge sparade en uppföljning (Risk för avvikelse) 30 september 2024 kl. 10.00."
    )


def test_a_withdrawal_is_named(activity, huge_rep, samordnare, now):
    follow_up = save(activity, samordnare, now, None)
    seen = Seen.of(activity)
    undo_follow_up(follow_up=follow_up, by=samordnare, at=now + timedelta(minutes=5))
    with pytest.raises(Stale) as stale:
        save(activity, huge_rep, now + AN_HOUR, seen)
    assert str(stale.value) == (
        "Samordnare trygghet åt Huge tog tillbaka sin uppföljning 30 september 2024 kl. 10.05."
    )


def test_a_contributors_follow_up_is_named(activity, huge_rep, now, today):
    seen = Seen.of(activity)
    FollowUpFactory(activity=activity, contributor=True, refers_on=today, author__display_name="Kommunpolis")
    assert refused(activity, huge_rep, now, seen) == "Kommunpolis, Polisen skrev 30 september 2024 kl. 10.00."


# --- A change of the plan ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"title": "Nytt namn"}, "namn"),
        ({"ends_on": "2024-11-30"}, "slut"),
        ({"title": "Nytt namn", "owner_title": "Vd"}, "namn och ansvarig för genomförandet"),
        (
            {"title": "Nytt namn", "starts_on": "2024-02-01", "ends_on": "2024-11-30"},
            "namn, start och slut",
        ),
        ({}, "planen"),
    ],
)
def test_a_change_of_the_plan_is_named_with_its_fields(fields, named, activity, huge_rep, now):
    seen = Seen.of(activity)
    change_plan(activity, UserFactory(coordinator=True, display_name="Samordnare trygghet"), now, **fields)
    assert refused(activity, huge_rep, now, seen) == (
        f"Samordnare trygghet ändrade {named} den 30 september 2024 kl. 10.00."
    )


def test_who_changed_the_plan_is_named_by_function(activity, huge_rep, now):
    seen = Seen.of(activity)
    change_plan(activity, UserFactory(coordinator=True, title="Trygghetssamordnare"), now, title="Nytt namn")
    assert refused(activity, huge_rep, now, seen) == (
        "Trygghetssamordnare ändrade namn den 30 september 2024 kl. 10.00."
    )


def test_only_what_was_changed_is_named_of_a_plan_that_was_written_in_one_moment(huge_rep, samordnare, now):
    activity = ActivityFactory(focus_areas=[FocusAreaFactory()], needs=[NeedFactory()])
    seen = Seen.of(activity)
    change_plan(activity, samordnare, now, title="Nytt namn")
    assert refused(activity, huge_rep, now, seen) == (
        "Samordnare trygghet ändrade namn den 30 september 2024 kl. 10.00."
    )


def test_a_change_of_fields_and_lists_is_named_as_one(huge_rep, samordnare, now):
    activity = ActivityFactory(focus_areas=[FocusAreaFactory()])
    seen = Seen.of(activity)
    change_plan(activity, samordnare, now, title="Nytt namn").focus_areas.clear()
    assert refused(activity, huge_rep, now, seen) == (
        "Samordnare trygghet ändrade namn och geografiska områden den 30 september 2024 kl. 10.00."
    )


def test_a_ticked_milestone_is_named(activity, huge_rep, samordnare, now):
    seen = Seen.of(activity)
    milestone = activity.milestones.get(title="Kartlagt")
    tick_milestones(activity=activity, milestones=[milestone], by=samordnare, at=now)
    assert refused(activity, huge_rep, now, seen) == (
        "Samordnare trygghet ändrade delmålet ”Kartlagt” den 30 september 2024 kl. 10.00."
    )


def test_a_set_up_command_is_named_as_the_system(activity, huge_rep, now):
    seen = Seen.of(activity)
    change_plan(activity, None, now, title="Nytt namn")
    assert refused(activity, huge_rep, now, seen) == "Systemet ändrade namn den 30 september 2024 kl. 10.00."


def test_a_stale_save_ticks_no_milestone(activity, huge_rep, samordnare, now):
    seen = Seen.of(activity)
    save(activity, samordnare, now, None)
    with pytest.raises(Stale):
        save(activity, huge_rep, now, seen, milestones=list(activity.milestones.all()))
    assert list(activity.milestones.values_list("done_on", flat=True)) == [None, None]


def test_a_plan_that_was_read_before_it_changed_is_not_changed_over(activity, samordnare, huge_rep, now):
    change_plan(activity, samordnare, now, title="Nytt namn")
    with pytest.raises(Stale, match="Samordnare trygghet ändrade namn"):
        tick_milestones(activity=activity, milestones=list(activity.milestones.all()), by=huge_rep, at=now)
    assert list(activity.milestones.values_list("done_on", flat=True)) == [None, None]
    assert Activity.objects.get().version == 2
