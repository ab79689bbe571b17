"""The steps to an agreed activity: who may take which from which state, and the errors."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.editing.seen import Gone
from activities.models import Activity
from activities.planning.actions import (
    accept_activity,
    edit_plan,
    propose_activity,
    remove_draft,
    return_activity,
    withdraw_activity,
)
from activities.planning.panel import PreparationPanel
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, AgreementFactory, NeedFactory, UserFactory
from tests.support.plans import plan_of
from tests.support.stored import rows

REASON = "Det saknas ett mätbart mål."
STEPS = {
    "propose": propose_activity,
    "accept": accept_activity,
    "return": lambda **step: return_activity(reason=REASON, **step),
    "withdraw": withdraw_activity,
}
STATES = {
    "draft": {"draft": True},
    "by lead": {"proposed": True},
    "by coordinator": {"waits_for_lead": True},
    "returned": {"returned": True, "return_reason": "En annan anledning."},
    "agreed": {},
}
# The result of each step from each state: the new state, the error's code, or `no` for PermissionDenied.
TABLE = """
coordinator  propose   proposed  already   already   proposed  already
coordinator  accept    nothing   agreed    alone     nothing   already
coordinator  return    nothing   returned  alone     nothing   already
coordinator  withdraw  nothing   no        draft     nothing   already
lead         propose   proposed  already   already   proposed  already
lead         accept    nothing   alone     agreed    nothing   already
lead         return    nothing   alone     returned  nothing   already
lead         withdraw  nothing   draft     no        nothing   already
contributor  *         no        no        no        no        no
lone         *         no        no        no        no        no
official     *         no        no        no        no        no
reader       *         no        no        no        no        no
admin        *         no        no        no        no        no
closed       *         no        no        no        no        no
"""
WHO = ["coordinator", "lead", "contributor", "lone", "official", "reader", "admin", "closed"]


def expected_of(who: str) -> dict[tuple[str, str], str]:
    """The expected result of every step from every state."""
    rows = [row.split() for row in TABLE.strip().splitlines()]
    return {
        (each, state): answer
        for role, step, *answers in rows
        if role == who
        for each in (STEPS if step == "*" else [step])
        for state, answer in zip(STATES, answers, strict=True)
    }


@rows
def people(samordnare, huge, huge_rep, polis_rep, rep_without_party, handlaggare, lasare, admin):
    closed = UserFactory(representative=True, party=huge, email="stangd@example.com", is_active=False)
    return {
        "coordinator": samordnare,
        "lead": huge_rep,
        "contributor": polis_rep,
        "lone": rep_without_party,
        "official": handlaggare,
        "reader": lasare,
        "admin": admin,
        "closed": closed,
    }


@pytest.fixture
def make(agreement, polisen):
    """Huge's activity with a need, and Polisen as contributor."""
    return lambda **traits: ActivityFactory(needs=[NeedFactory()], contributors=[polisen], **traits)


def answer_of(step, activity, by, at, version=None):
    try:
        done = STEPS[step](activity=activity, by=by, at=at, version=version or activity.version)
    except PermissionDenied:
        return "no"
    except ValidationError as error:
        return error.code
    return done.preparation


@pytest.mark.parametrize("who", WHO)
def test_every_step_of_everybody_from_every_state(who, make, people, now):
    expected, answers, changed = expected_of(who), {}, set()
    for step, state in expected:
        activity = make(**STATES[state])
        before = Activity.objects.values().get(pk=activity.pk)
        answers[step, state] = answer_of(step, activity, people[who], now)
        if Activity.objects.values().get(pk=activity.pk) != before:
            changed.add((step, state))

    assert answers == expected
    assert changed == {key for key, answer in expected.items() if answer in Activity.Preparation.values}


@pytest.mark.parametrize(("first", "second"), [("lead", "coordinator"), ("coordinator", "lead")])
def test_it_is_agreed_once_both_have_said_yes_whoever_proposed(first, second, make, people, now):
    draft = make(draft=True)

    proposed = propose_activity(activity=draft, by=people[first], at=now, version=draft.version)
    agreed = accept_activity(
        activity=proposed, by=people[second], at=now + timedelta(days=1), version=proposed.version
    )

    days = {"lead": agreed.lead_yes_on, "coordinator": agreed.coordinator_yes_on}
    assert agreed.preparation == "agreed"
    assert (str(days[first]), str(days[second])) == ("2024-09-30", "2024-10-01")
    assert agreed.version == draft.version + 2


def test_nobody_agrees_alone_and_the_sentence_says_who_is_waited_for(make, people, now):
    theirs, ours = make(proposed=True), make(waits_for_lead=True)

    with pytest.raises(ValidationError, match="väntar på svar från samordnaren"):
        accept_activity(activity=theirs, by=people["lead"], at=now, version=theirs.version)
    with pytest.raises(ValidationError, match="väntar på svar från Huge"):
        accept_activity(activity=ours, by=people["coordinator"], at=now, version=ours.version)


def test_who_has_changed_sides_does_not_say_yes_for_both(make, people, now, kommunen):
    draft, person = make(draft=True), people["lead"]
    proposed = propose_activity(activity=draft, by=person, at=now, version=draft.version)
    person.role, person.party = "coordinator", kommunen
    person.save()

    assert answer_of("accept", proposed, person, now) == "alone"
    assert answer_of("accept", proposed, people["coordinator"], now) == "agreed"


@pytest.mark.parametrize(("step", "state"), [("propose", "draft"), ("accept", "waits_for_lead")])
def test_a_party_that_has_left_the_agreement_is_not_made_responsible(step, state, make, people, now, huge):
    activity = make(**{state: True})
    membership = activity.agreement.memberships.get_or_create(party=huge)[0]
    membership.left_on = clock.local(now).date()
    membership.save()
    later = now + timedelta(days=1)

    assert answer_of(step, activity, people["lead"], later) == "missing"
    assert answer_of(step, activity, people["lead"], now) in {"proposed", "agreed"}


def test_a_second_coordinator_is_the_same_side(make, people, now, kommunen):
    colleague = UserFactory(coordinator=True, party=kommunen, email="samordnare2@example.com")
    activity = make(waits_for_lead=True)

    assert answer_of("accept", activity, colleague, now) == "alone"
    assert answer_of("withdraw", activity, colleague, now) == "draft"


def test_a_returned_one_says_why_and_loses_both_yeses_until_it_is_proposed_again(make, people, now):
    activity = make(proposed=True)

    returned = return_activity(
        activity=activity, by=people["coordinator"], at=now, version=activity.version, reason=REASON
    )
    assert (returned.return_reason, returned.lead_yes_on, returned.coordinator_yes_on) == (REASON, None, None)

    again = propose_activity(activity=returned, by=people["coordinator"], at=now, version=returned.version)
    assert (again.return_reason, again.waits_for_lead) == ("", True)


@pytest.mark.parametrize("reason", ["", "Ring 19811218-9876."])
def test_a_return_without_a_reason_or_with_somebodys_number_is_refused(reason, make, people, now):
    activity = make(proposed=True)

    with pytest.raises(ValidationError):
        return_activity(
            activity=activity, by=people["coordinator"], at=now, version=activity.version, reason=reason
        )

    assert Activity.objects.get(pk=activity.pk).is_proposed


def test_the_same_return_sent_twice_is_one(make, people, now):
    activity = make(proposed=True)
    step = {"activity": activity, "by": people["coordinator"], "at": now, "version": activity.version}

    first = return_activity(reason=REASON, **step)
    second = return_activity(reason=REASON, **step)

    assert (first.version, second.version) == (activity.version + 1, activity.version + 1)


@pytest.mark.parametrize("step", ["propose", "accept", "return", "withdraw"])
def test_a_plan_that_has_changed_since_it_was_read_is_not_agreed(step, make, people, now):
    by, state = ("lead", {"draft": True}) if step == "propose" else ("coordinator", {"proposed": True})
    by, state = ("coordinator", {"waits_for_lead": True}) if step == "withdraw" else (by, state)
    activity = make(**state)

    with pytest.raises(Stale):
        STEPS[step](activity=activity, by=people[by], at=now, version=activity.version + 1)


def test_who_reads_an_old_draft_learns_what_has_changed(make, people, now):
    draft = make(draft=True)
    plan = plan_of(draft, title="Starkare ljus")
    edit_plan(activity=draft, by=people["coordinator"], at=now, version=draft.version, plan=plan)

    with pytest.raises(Stale, match=r"Samordnare trygghet ändrade namn den 30 september 2024 kl\. 10\.00"):
        propose_activity(activity=draft, by=people["lead"], at=now, version=draft.version)


def test_a_draft_that_has_been_removed_is_gone(make, people, now):
    draft = make(draft=True)
    remove_draft(activity=draft, by=people["lead"], at=now, version=draft.version)

    with pytest.raises(Gone, match="Utkastet har tagits bort"):
        propose_activity(activity=draft, by=people["coordinator"], at=now, version=draft.version)


def test_without_a_need_nothing_is_proposed_or_agreed(agreement, people, now):
    draft, proposal = ActivityFactory(draft=True), ActivityFactory(proposed=True)

    assert answer_of("propose", draft, people["lead"], now) == "missing"
    assert answer_of("accept", proposal, people["coordinator"], now) == "missing"


def test_in_a_draft_agreement_only_the_coordinator_plans_and_nothing_is_proposed(people, now):
    activity = ActivityFactory(agreement=AgreementFactory(next_period=True, draft=True), draft=True)

    assert answer_of("propose", activity, people["coordinator"], now) == "missing"
    assert answer_of("propose", activity, people["lead"], now) == "no"


def test_in_an_archived_agreement_nobody_takes_a_step(make, people, now):
    made = [make(**traits) for traits in STATES.values()]
    Agreement.objects.update(status="archived")

    answers = {
        answer_of(step, activity, people[who], now)
        for activity in made
        for step in STEPS
        for who in ("coordinator", "lead")
    }

    assert answers == {"no"}


def test_the_panels_required_line_is_what_the_action_asks_for(make, people, agreement, now):
    ready, bare = make(draft=True), ActivityFactory(draft=True)
    for activity, expected in ((ready, True), (bare, False)):
        panel = PreparationPanel.of(activity, people["lead"])
        answer = answer_of("propose", activity, people["lead"], now)
        assert (panel.is_ready, answer == "proposed") == (expected, expected)
