"""Who gets mail about a plan. Nothing internal is in a mail, and a failing mail server stops no save."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from activities.contributions.actions import write_contribution
from activities.milestones.actions import MilestoneInput, set_milestones
from activities.models import Activity
from activities.planning.actions import (
    accept_activity,
    edit_plan,
    propose_activity,
    return_activity,
    withdraw_activity,
)
from tests.factories import ActivityFactory, NeedFactory, UserFactory
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

SECRET = "Kameran i trapphuset"
REASON = "Skälet läses i produkten."
FAILING = "tests.support.refusing_mail.Backend"


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Calls the function and returns the mails sent, as text by address."""

    def sent(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}

    return sent


@rows
def people(huge, huge_rep, polis_rep, samordnare, kommunen, handlaggare, lasare, admin):
    """Two representatives of Huge, one with a closed account, and two coordinators."""
    UserFactory(representative=True, party=huge, email="huge2@example.com")
    UserFactory(representative=True, party=huge, email="stangd@example.com", is_active=False)
    UserFactory(coordinator=True, party=kommunen, email="samordnare2@example.com")


HUGE = {"huge@example.com", "huge2@example.com"}
COORDINATORS = {"samordnare@example.com", "samordnare2@example.com"}


@pytest.fixture
def make(agreement, people, polisen):
    """An activity of Huge's, in which Polisen has confirmed its part."""

    def make(**traits):
        activity = ActivityFactory(needs=[NeedFactory()], contributors=[polisen], **traits)
        activity.contributions.update(confirmed_on=date(2024, 9, 1))
        return activity

    return make


def test_a_proposal_is_mailed_to_the_side_that_answers(make, sent, huge_rep, samordnare, now):
    ours, theirs = make(draft=True), make(draft=True)

    to_huge = sent(lambda: propose_activity(activity=ours, by=samordnare, at=now, version=1))
    to_coordinators = sent(lambda: propose_activity(activity=theirs, by=huge_rep, at=now, version=1))

    assert (set(to_huge), set(to_coordinators)) == (HUGE, COORDINATORS)
    text = to_huge["huge@example.com"]
    assert text.startswith("Huge har fått ett förslag till aktivitet\n")
    assert "Samordnaren föreslår att Huge ansvarar för ”Belysning längs stråket”." in text
    assert f"http://127.0.0.1:8000{ours.get_absolute_url()}" in text
    assert "Huge föreslår ”Belysning längs stråket”." in to_coordinators["samordnare@example.com"]


def test_those_who_report_on_it_are_notified_before_their_colleagues(make, sent, huge_rep, samordnare, now):
    draft = make(draft=True, reporters=[huge_rep])

    assert set(sent(lambda: propose_activity(activity=draft, by=samordnare, at=now, version=1))) == {
        huge_rep.email
    }


def test_the_answer_is_mailed_to_those_who_proposed(make, sent, huge_rep, samordnare, now):
    steps = {
        "agreed": lambda one: accept_activity(activity=one, by=samordnare, at=now, version=1),
        "returned": lambda one: return_activity(
            activity=one, by=samordnare, at=now, version=1, reason=REASON
        ),
    }
    to_huge = {name: sent(lambda step=step: step(make(proposed=True))) for name, step in steps.items()}
    ours = make(waits_for_lead=True)
    to_us = sent(lambda: return_activity(activity=ours, by=huge_rep, at=now, version=1, reason=REASON))

    assert [set(each) for each in (*to_huge.values(), to_us)] == [HUGE, HUGE, COORDINATORS]
    assert "Aktiviteten är beslutad" in to_huge["agreed"]["huge@example.com"]
    assert REASON not in to_huge["returned"]["huge@example.com"]


def test_a_changed_plan_is_mailed_to_the_lead_party_once_it_is_agreed(make, sent, samordnare, now):
    agreed, draft = make(), make(draft=True)

    def change(activity):
        plan = plan_of(activity, ends_on=date(2024, 6, 30))
        edit_plan(activity=activity, by=samordnare, at=now, version=1, plan=plan)

    mailed = sent(lambda: change(agreed))

    assert set(mailed) == HUGE
    assert "Slut: 31 december 2024 → 30 juni 2024" in mailed["huge@example.com"]
    assert sent(lambda: change(draft)) == {}


def test_a_mail_tells_what_was_changed_now_and_not_what_was_changed_before(
    make, sent, huge_rep, samordnare, now
):
    agreed = make()
    shorter = plan_of(agreed, ends_on=date(2024, 6, 30))
    edit_plan(activity=agreed, by=samordnare, at=now, version=1, plan=shorter)
    agreed.refresh_from_db()
    later, reported = now + timedelta(minutes=1), plan_of(agreed, reporters=[huge_rep])

    mailed = sent(lambda: edit_plan(activity=agreed, by=samordnare, at=later, version=2, plan=reported))

    assert set(mailed) == {huge_rep.email}
    assert "Det som är ändrat är vem som följer upp aktiviteten." in mailed[huge_rep.email]
    assert "Slut: " not in mailed[huge_rep.email]


def test_a_contributor_that_is_taken_out_of_an_agreed_plan_is_told(make, sent, samordnare, now):
    agreed, draft, declined = make(), make(draft=True), make()
    declined.contributions.update(confirmed_on=None, declined_on=date(2024, 9, 1), decline_reason=REASON)

    def remove(activity):
        plan = plan_of(activity, contributors=[])
        edit_plan(activity=activity, by=samordnare, at=now, version=1, plan=plan)

    mailed = sent(lambda: remove(agreed))

    assert set(mailed) == {*HUGE, "polisen@example.com"}
    text = mailed["polisen@example.com"]
    assert text.startswith("Ni står inte längre som medverkande i en aktivitet\n")
    assert "planen för ”Belysning längs stråket”, som Huge ansvarar för." in text
    assert agreed.get_absolute_url() in text
    assert sent(lambda: remove(draft)) == {}
    assert set(sent(lambda: remove(declined))) == HUGE


def test_one_that_is_taken_out_of_an_internal_activity_gets_neither_its_name_nor_its_address(
    make, sent, samordnare, now
):
    agreed = make(title=SECRET, internal=True)
    plan = plan_of(agreed, contributors=[], is_internal=True)

    text = sent(lambda: edit_plan(activity=agreed, by=samordnare, at=now, version=1, plan=plan))[
        "polisen@example.com"
    ]

    assert "planen för en intern aktivitet, som Huge ansvarar för." in text
    assert SECRET not in text
    assert agreed.get_absolute_url() not in text


def test_changed_milestones_are_a_changed_plan(make, sent, samordnare, now):
    steps = [MilestoneInput("Upphandling", date(2024, 10, 1))]
    agreed, draft = make(), make(draft=True)

    mailed = sent(lambda: set_milestones(activity=agreed, by=samordnare, at=now, version=1, wanted=steps))

    assert set(mailed) == HUGE
    assert "Delmål tillagt: Upphandling (klart senast 1 oktober 2024)" in mailed["huge@example.com"]
    assert sent(lambda: set_milestones(activity=draft, by=samordnare, at=now, version=1, wanted=steps)) == {}


def test_nobody_is_notified_of_what_asks_nothing_of_them(make, sent, huge_rep, polis_rep, samordnare, now):
    withdrawn, quiet, agreed = make(proposed=True), make(draft=True), make()
    part = agreed.contributions.get()

    assert sent(lambda: withdraw_activity(activity=withdrawn, by=huge_rep, at=now, version=1)) == {}
    assert (
        sent(lambda: propose_activity(activity=quiet, by=samordnare, at=now, version=1, notify=False)) == {}
    )
    assert sent(lambda: write_contribution(contribution=part, by=polis_rep, at=now, what="Vi går.")) == {}


def test_nothing_of_an_internal_activity_is_in_a_mail(make, sent, huge_rep, samordnare, now):
    hidden = {"internal": True, "title": SECRET, "goal": SECRET}

    def change(activity):
        plan = plan_of(activity, goal=f"{SECRET} flyttas", is_internal=True)
        edit_plan(activity=activity, by=samordnare, at=now, version=1, plan=plan)

    def set_steps(activity):
        steps = [MilestoneInput(SECRET, date(2024, 10, 1))]
        set_milestones(activity=activity, by=samordnare, at=now, version=1, wanted=steps)

    mails = [
        sent(lambda: propose_activity(activity=make(draft=True, **hidden), by=samordnare, at=now, version=1)),
        sent(
            lambda: accept_activity(activity=make(proposed=True, **hidden), by=samordnare, at=now, version=1)
        ),
        sent(
            lambda: return_activity(
                activity=make(proposed=True, **hidden), by=samordnare, at=now, version=1, reason=SECRET
            )
        ),
        sent(lambda: change(make(**hidden))),
        sent(lambda: set_steps(make(**hidden))),
    ]

    assert [set(each) for each in mails] == [HUGE] * 5
    assert [text for each in mails for text in each.values() if SECRET in text] == []
    assert all("intern aktivitet" in text for each in mails for text in each.values())


def test_a_plan_that_becomes_internal_keeps_its_name_out_of_that_very_mail(make, sent, samordnare, now):
    agreed = make(title=SECRET)
    plan = plan_of(agreed, is_internal=True)

    mailed = sent(lambda: edit_plan(activity=agreed, by=samordnare, at=now, version=1, plan=plan))

    assert [text for text in mailed.values() if SECRET in text] == []


def test_a_plan_that_is_no_longer_internal_does_not_tell_what_stood_there_before(make, sent, samordnare, now):
    agreed = make(title=SECRET, internal=True)
    plan = plan_of(agreed, title="Ljus", is_internal=False)

    mailed = sent(lambda: edit_plan(activity=agreed, by=samordnare, at=now, version=1, plan=plan))

    assert set(mailed) == HUGE
    assert [text for text in mailed.values() if SECRET in text] == []


def test_a_title_with_line_breaks_cannot_write_a_header(make, sent, samordnare, now):
    draft = make(draft=True, title="Ljus\nBcc: alla@example.com")

    mailed = sent(lambda: propose_activity(activity=draft, by=samordnare, at=now, version=1))

    assert set(mailed) == HUGE
    assert all("Bcc" not in text.partition("\n")[0] for text in mailed.values())


@pytest.mark.parametrize("between", ["\n", "\r", "\u2028"])
def test_nor_can_a_party_whose_name_has_them(between, make, sent, samordnare, huge, now):
    huge.short_name = f"Huge{between}Bcc: alla@example.com"
    huge.save()
    draft = make(draft=True)

    mailed = sent(lambda: propose_activity(activity=draft, by=samordnare, at=now, version=1))

    assert [text.partition("\n")[0] for text in mailed.values()] == [
        "Huge Bcc: alla@example.com har fått ett förslag till aktivitet"
    ] * len(HUGE)


def test_what_is_not_saved_is_not_mailed(make, sent, samordnare, now):
    bare = ActivityFactory(draft=True)

    def refused():
        with pytest.raises(Exception, match="Välj minst ett behov"):
            propose_activity(activity=bare, by=samordnare, at=now, version=1)

    assert sent(refused) == {}


@pytest.mark.parametrize("fault", ["refused", "broken", "slow"])
def test_a_mail_server_that_fails_stops_no_step_and_no_other_mail(
    fault, make, samordnare, client_for, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND, settings.REFUSING = FAILING, {"huge@example.com": fault}
    draft = make(draft=True)
    address = reverse("propose_activity", args=["2023-2024", draft.number])

    with django_capture_on_commit_callbacks(execute=True):
        answer = client_for(samordnare).post(address, {"version": draft.version}, follow=True)

    assert "Förslaget är skickat till Huge." in answer.content.decode()
    assert Activity.objects.get(pk=draft.pk).waits_for_lead
    assert [one.to for one in mail.outbox] == [["huge2@example.com"]]
    assert "A notice about a plan could not be sent" in caplog.text
