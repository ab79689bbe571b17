"""Several people save at the same moment: no save is lost, and none overwrites another."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from activities.editing.seen import Seen
from activities.follow_ups.actions import Answer, record_follow_up, undo_follow_up
from activities.models import Activity, FollowUp
from activities.planning.actions import register_activity
from activities.states import State
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, PriorityAreaFactory
from tests.support.at_once import People

pytestmark = pytest.mark.django_db(transaction=True)

ON_TRACK = Answer(State.ON_TRACK)


def test_activities_registered_at_once_get_numbers_of_their_own(agreement, huge, now, tmp_path):
    area = PriorityAreaFactory()

    def register():
        activity = register_activity(
            by=None,
            at=now,
            agreement=agreement,
            title="Belysning längs stråket",
            priority_area=area,
            lead=huge,
            starts_on=date(2024, 1, 1),
            ends_on=date(2024, 12, 31),
        )
        return activity.number

    assert sorted(People(tmp_path).do(*[register] * 8)) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_of_two_who_saw_the_same_one_saves_and_the_other_is_refused(huge_rep, samordnare, now, tmp_path):
    activity = ActivityFactory()
    seen = Seen.of(activity)

    def saves(user):
        return lambda: record_follow_up(
            activity=activity, by=user, at=now, answer=ON_TRACK, seen=seen, submission_key=uuid4()
        )

    people = People(tmp_path)
    answers = people.do(saves(huge_rep), saves(samordnare))
    assert sorted(type(answer).__name__ for answer in answers) == [FollowUp.__name__, Stale.__name__]
    assert people.see(FollowUp.objects.count) == 1


def test_of_two_who_tick_milestones_one_is_refused(huge_rep, samordnare, now, tmp_path):
    activity = ActivityFactory(milestones=["Kartlagt", "Upphandlat"])
    seen, milestones = Seen.of(activity), list(activity.milestones.order_by("pk"))

    def ticks(user, milestone):
        return lambda: record_follow_up(
            activity=activity,
            by=user,
            at=now,
            answer=ON_TRACK,
            seen=seen,
            milestones=[milestone],
            submission_key=uuid4(),
        )

    people = People(tmp_path)
    answers = people.do(ticks(huge_rep, milestones[0]), ticks(samordnare, milestones[1]))
    assert sorted(type(answer).__name__ for answer in answers) == [FollowUp.__name__, Stale.__name__]
    assert people.see(lambda: activity.milestones.exclude(done_on=None).count()) == 1
    assert people.see(lambda: Activity.objects.get().version) == 2


def test_a_form_sent_twice_at_once_saves_once(huge_rep, now, tmp_path):
    activity, key = ActivityFactory(), uuid4()

    def send():
        return record_follow_up(
            activity=activity, by=huge_rep, at=now, answer=ON_TRACK, submission_key=key
        ).pk

    people = People(tmp_path)
    first, second = people.do(send, send)
    assert [first, second] == [people.see(lambda: FollowUp.objects.get().pk)] * 2


def test_undone_twice_at_once_is_undone_once(huge_rep, now, tmp_path):
    follow_up = record_follow_up(
        activity=ActivityFactory(), by=huge_rep, at=now, answer=ON_TRACK, submission_key=uuid4()
    )

    def undo():
        return undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + timedelta(minutes=1)).pk

    people = People(tmp_path)
    first, second = people.do(undo, undo)
    assert [first, second] == [people.see(lambda: FollowUp.objects.get(is_withdrawal=True).pk)] * 2
