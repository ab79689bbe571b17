"""Who gets mail about what waits: those who report on it, else everybody at the party; a deputy instead of the person."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity
from activities.my_work import page
from activities.my_work.rows import Led
from activities.reminders.recipients import gather
from parties.models import Deputy
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
    UserFactory,
)
from tests.support.stored import rows

DAY = date(2024, 9, 10)


@rows
def round(agreement, samordnare):
    return RoundFactory()


@rows
def colleague(huge):
    return UserFactory(representative=True, party=huge, email="huge2@example.com")


@rows
def third(huge):
    return UserFactory(representative=True, party=huge, email="huge3@example.com")


def notified(round, day=DAY):
    """By address: the titles of the person's own activities and of the party's other ones."""
    found = gather([round], day)
    return {
        each.person.email: ([one.title for one in each.mine], [one.title for one in each.partys])
        for each in found.people
    }


def away(person, deputy, first=date(2024, 9, 9), last=date(2024, 9, 11)):
    return Deputy.objects.create(person=person, deputy=deputy, from_on=first, to_on=last)


def test_those_who_report_on_it_get_mail_and_see_what_else_waits_for_the_party(
    round, huge_rep, colleague, third
):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    ActivityFactory(title="Vandring", reporters=[colleague])

    assert notified(round) == {
        "huge@example.com": (["Ljus"], ["Vandring"]),
        "huge2@example.com": (["Vandring"], ["Ljus"]),
    }


def test_without_reporters_all_of_the_party_get_mail(round, huge_rep, colleague, polis_rep):
    ActivityFactory(title="Ljus")

    assert notified(round) == {"huge@example.com": (["Ljus"], []), "huge2@example.com": (["Ljus"], [])}


@pytest.mark.parametrize("why", ["closed", "moved", "another role"])
def test_reporters_who_cannot_follow_it_up_count_as_none(why, round, huge_rep, colleague, polisen):
    ActivityFactory(title="Ljus", reporters=[colleague])
    change = {"closed": {"is_active": False}, "moved": {"party": polisen}, "another role": {"role": "reader"}}
    type(colleague).objects.filter(pk=colleague.pk).update(**change[why])

    assert notified(round) == {"huge@example.com": (["Ljus"], [])}


def test_what_reaches_nobody_is_listed(round, polis_rep, polisen):
    ActivityFactory(title="Ljus")
    ActivityFactory(title="Patrull", lead=polisen)

    found = gather([round], DAY)

    assert [one.title for one in found.unreached] == ["Ljus"]
    assert [one.person.email for one in found.people] == ["polisen@example.com"]


@pytest.mark.parametrize(("day", "gets_it"), [(8, False), (9, True), (11, True), (12, False)])
def test_a_deputy_gets_the_mail_instead_of_the_person_from_the_first_day_to_the_last(
    day, gets_it, round, huge_rep, colleague
):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    away(huge_rep, colleague)

    who = "huge2@example.com" if gets_it else "huge@example.com"
    assert notified(round, date(2024, 9, day)) == {who: (["Ljus"], [])}


def test_a_deputy_with_work_of_their_own_gets_one_mail_about_both(round, huge_rep, colleague):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    ActivityFactory(title="Vandring", reporters=[colleague])
    away(huge_rep, colleague)

    (only,) = gather([round], DAY).people

    assert only.person == colleague
    assert only.stands_in_for == [huge_rep]
    assert [one.title for one in only.mine] == ["Ljus", "Vandring"]


def test_a_deputy_who_is_away_has_a_deputy_too(round, agreement, huge_rep, colleague, third):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    away(huge_rep, colleague)
    away(colleague, third)

    assert notified(round) == {"huge3@example.com": (["Ljus"], [])}
    for person in (huge_rep, colleague, third):  # as the page of each says, until they are back
        led = Led.by(person, [agreement], today=DAY)
        assert [each.title for each in page.gather(person, [agreement], led).mine] == ["Ljus"]
    assert [each.person for each in led.deputies] == [huge_rep, colleague]


def test_two_who_stand_in_for_each_other_get_their_own_mail(round, huge_rep, colleague):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    away(huge_rep, colleague)
    away(colleague, huge_rep)

    assert set(notified(round)) == {"huge@example.com"}


@pytest.mark.parametrize("why", ["closed", "moved"])
def test_a_deputy_who_cannot_follow_it_up_is_none(why, round, huge_rep, colleague, polisen):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    away(huge_rep, colleague)
    change = {"is_active": False} if why == "closed" else {"party": polisen}
    type(colleague).objects.filter(pk=colleague.pk).update(**change)

    assert set(notified(round)) == {"huge@example.com"}


def test_of_two_deputies_the_one_whose_period_began_last_gets_the_mail(round, huge_rep, colleague, third):
    ActivityFactory(title="Ljus", reporters=[huge_rep])
    away(huge_rep, third, first=date(2024, 9, 10))
    away(huge_rep, colleague, first=date(2024, 9, 1))

    assert set(notified(round)) == {"huge3@example.com"}


def test_the_same_waits_in_the_same_order_as_on_mitt_arbete(round, agreement, huge_rep, colleague):
    """Each state once, mine and the party's, one of them with a question."""
    for trait in ("on_track", "off_track", "at_risk"):
        ActivityFactory(title=f"Min {trait}", reporters=[huge_rep], **{trait: True})
        ActivityFactory(title=f"Partens {trait}", reporters=[colleague], **{trait: True})
    ActivityFactory(title="Obesvarad")
    ActivityFactory(title="Klar", done=True)
    asked = ActivityFactory(title="Återlämnad", reporters=[huge_rep])
    QuestionFactory(follow_up=FollowUpFactory(activity=asked, round=round))

    work = page.gather(huge_rep, [agreement], Led.by(huge_rep, [agreement], today=DAY))
    (me,) = [each for each in gather([round], DAY).people if each.person == huge_rep]

    assert me.mine == work.mine
    assert me.partys == work.partys
    assert (len(me.mine), len(me.partys)) == (5, 3)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whoever_is_away_the_mail_and_mitt_arbete_call_the_same_mine(
    data, round, agreement, huge_rep, colleague, third
):
    """Deputies of deputies, in circles too; of several periods the one that began last."""
    people = [huge_rep, colleague, third]
    if not Activity.objects.exists():
        for person in people:
            ActivityFactory(reporters=[person])
    Deputy.objects.all().delete()
    pairs = st.tuples(st.sampled_from(people), st.sampled_from(people), st.integers(1, 10))
    drawn = data.draw(st.lists(pairs, max_size=5, unique_by=lambda each: (each[0].pk, each[2])))
    for person, deputy, first in drawn:
        if person != deputy:
            away(person, deputy, first=date(2024, 9, first))

    for each in gather([round], DAY).people:
        mine = page.gather(each.person, [agreement], Led.by(each.person, [agreement], today=DAY)).mine
        assert each.mine == mine


def test_a_constant_number_of_queries(round, huge, django_assert_num_queries):
    costs = []
    for _ in range(2):
        for _ in range(3):
            user = UserFactory(representative=True, party=huge)
            ActivityFactory(reporters=[user])
        with CaptureQueriesContext(connection) as captured:
            gather([round], DAY)
        costs.append(len(captured))

    assert costs == [6, 6]
