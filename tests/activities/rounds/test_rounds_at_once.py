"""Several people write to a round at the same moment: they take turns, and no follow-up is lost."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from activities.follow_ups.actions import Answer, record_follow_up
from activities.models import FollowUp, Round
from activities.rounds import RoundPlan
from activities.rounds.actions import change_round, close_round, plan_round
from activities.states import State
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, RoundFactory, UserFactory
from tests.support.at_once import People

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2024, 9, 30)


def sorts(answers) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_of_rounds_planned_at_once_only_those_that_do_not_meet_are_there(agreement, samordnare, tmp_path):
    def plans(label: str, opens_on: date):
        plan = RoundPlan(label, date(2024, 11, 30), opens_on, date(2024, 12, 13))
        return lambda: plan_round(by=samordnare, agreement=agreement, today=TODAY, plan=plan)

    people = People(tmp_path)
    answers = people.do(plans("Ett", date(2024, 12, 1)), plans("Två", date(2024, 11, 30)))
    assert sorts(answers) == [Round.__name__, ValidationError.__name__]
    assert people.see(Round.objects.count) == 1


def test_of_two_who_change_a_round_one_is_told(agreement, samordnare, tmp_path):
    round = RoundFactory(planned=True)

    def changes(label: str):
        plan = RoundPlan(label, round.as_of, round.opens_on, round.due_on)
        return lambda: change_round(by=samordnare, round=round, today=TODAY, version=round.version, plan=plan)

    assert sorts(People(tmp_path).do(changes("Ett"), changes("Två"))) == [Round.__name__, Stale.__name__]


def test_closed_twice_at_once_is_closed_once(agreement, samordnare, kommunen, tmp_path):
    round = RoundFactory()
    other = UserFactory(coordinator=True, party=kommunen, email="samordnare-2@example.com")

    def closes(user):
        return lambda: close_round(by=user, round=round, today=TODAY)

    people = People(tmp_path)
    answers = people.do(closes(samordnare), closes(other))
    assert sorted(answers) == [False, True]
    winner = (samordnare, other)[answers.index(True)]
    assert people.see(lambda: Round.objects.get().closed_by_id) == winner.pk


def test_a_follow_up_saved_as_the_round_closes_is_in_it_or_after_it(
    agreement, samordnare, huge_rep, now, tmp_path
):
    """Ten save while it closes. Follow-ups saved before the closing belong to the round, later ones to none."""
    round = RoundFactory()
    activities = [ActivityFactory(title=f"Belysning {n}") for n in range(10)]

    def saves(activity):
        return lambda: record_follow_up(
            activity=activity,
            by=huge_rep,
            at=now,
            answer=Answer(State.ON_TRACK),
            submission_key=uuid4(),
        )

    def close():
        close_round(by=samordnare, round=round, today=TODAY)
        return FollowUp.objects.filter(round=round).count()

    people = People(tmp_path)
    *follow_ups, in_it_as_it_closed = people.do(*[saves(activity) for activity in activities], close)
    assert sorts(follow_ups) == [FollowUp.__name__] * 10
    assert people.see(lambda: FollowUp.objects.filter(round=round).count()) == in_it_as_it_closed
    assert people.see(FollowUp.objects.count) == 10
    assert {each.refers_on for each in follow_ups if each.round_id is None} <= {TODAY}
