"""A contributing party gets one letter for each question, which says what is true of the plan and of its own earlier no."""

from datetime import timedelta

import pytest
from django.core import mail

from activities.contributions.actions import ask_again, decline_contribution
from activities.history.changes import changes
from activities.models import Activity
from activities.planning.actions import accept_activity, edit_plan, propose_activity, withdraw_activity
from tests.factories import ActivityFactory, ContributionFactory, NeedFactory, UserFactory
from tests.support.plans import plan_of

WHY = "Vi har inga patruller i höst."
ELEVEN_SECONDS = timedelta(seconds=11)


@pytest.fixture
def part(agreement, polisen):
    activity = ActivityFactory(title="Trygga stråk", draft=True, needs=[NeedFactory()])
    return ContributionFactory(activity=activity, party=polisen)


@pytest.fixture
def letters(polis_rep, django_capture_on_commit_callbacks):
    """Calls the function; what was mailed to Polisen, subject and text."""

    def letters(do, **given):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do(**given)
        return [f"{one.subject}\n{one.body}" for one in mail.outbox if one.to == [polis_rep.email]]

    return letters


@pytest.fixture
def propose(part, huge_rep):
    def propose(at):
        part.activity.refresh_from_db()
        propose_activity(activity=part.activity, by=huge_rep, at=at, version=part.activity.version)

    return propose


@pytest.fixture
def withdraw(part, huge_rep):
    def withdraw(at):
        part.activity.refresh_from_db()
        withdraw_activity(activity=part.activity, by=huge_rep, at=at, version=part.activity.version)

    return withdraw


def test_a_proposal_says_what_is_proposed_and_not_that_it_goes_on(
    part, propose, polis_rep, client_for, now, letters
):
    (text,) = letters(propose, at=now)

    assert text.startswith("Ni är tillfrågade att medverka i en aktivitet\n")
    assert "Huge föreslås ansvara för ”Trygga stråk”, och er part är tillfrågad att medverka." in text
    assert "Den planeras pågå från " in text
    assert "Huge föreslås ansvara, " in client_for(polis_rep).get("/mitt-arbete/").content.decode()


def test_a_proposal_made_again_sends_no_second_letter(part, propose, withdraw, now, letters):
    assert letters(propose, at=now)
    withdraw(at=now + ELEVEN_SECONDS)
    assert letters(propose, at=now + 2 * ELEVEN_SECONDS) == []


def test_who_is_asked_again_reads_its_no_and_gets_no_third_letter(
    part, propose, withdraw, polis_rep, samordnare, now, letters
):
    letters(propose, at=now)
    decline_contribution(contribution=part, by=polis_rep, at=now + ELEVEN_SECONDS, reason=WHY)

    (text,) = letters(ask_again, contribution=part, by=samordnare, at=now + 2 * ELEVEN_SECONDS)
    assert text.startswith("Ni är tillfrågade på nytt att medverka i en aktivitet\n")
    assert f"Ni tackade nej den 30 september 2024. Skäl: {WHY}" in text

    withdraw(at=now + 3 * ELEVEN_SECONDS)
    assert letters(propose, at=now + 4 * ELEVEN_SECONDS) == []


def test_who_is_added_to_a_withdrawn_draft_gets_its_first_letter(
    part, propose, withdraw, huge_rep, polisen, kommunen, now, letters
):
    newcomer = UserFactory(representative=True, party=kommunen)
    letters(propose, at=now)
    withdraw(at=now + ELEVEN_SECONDS)
    activity = Activity.objects.get()
    plan = plan_of(activity, contributors=[polisen, kommunen])
    edit_plan(
        activity=activity, by=huge_rep, at=now + 2 * ELEVEN_SECONDS, version=activity.version, plan=plan
    )

    assert letters(propose, at=now + 3 * ELEVEN_SECONDS) == []
    assert newcomer.email in {one.to[0] for one in mail.outbox}


def test_the_history_tells_the_no_and_the_new_question_in_words(
    part, propose, polisen, polis_rep, samordnare, now
):
    propose(at=now)
    decline_contribution(contribution=part, by=polis_rep, at=now + ELEVEN_SECONDS, reason=WHY)
    ask_again(contribution=part, by=samordnare, at=now + 2 * ELEVEN_SECONDS)

    told = [str(line) for change in changes(part.activity) for line in change.lines]

    assert told[:2] == [f"{polisen}: är tillfrågad igen", f"{polisen}: tackade nej 30 september 2024"]


def test_the_page_keeps_the_earlier_no_until_there_is_an_answer(
    part, propose, polis_rep, samordnare, now, client_for
):
    propose(at=now)
    address = f"{part.activity.get_absolute_url()}medverkan/polisen/"
    decline_contribution(contribution=part, by=polis_rep, at=now + ELEVEN_SECONDS, reason=WHY)
    assert f'Skäl: <span class="written">{WHY}</span>' in client_for(samordnare).get(address).content.decode()
    ask_again(contribution=part, by=samordnare, at=now + 2 * ELEVEN_SECONDS)

    read = {person: client_for(person).get(address).content.decode() for person in (polis_rep, samordnare)}

    assert f"Ni tackade nej den 30 september 2024. Skäl: {WHY}" in read[polis_rep]
    assert f"Polisen tackade nej den 30 september 2024. Skäl: {WHY}" in read[samordnare]
    client_for(polis_rep).post(
        address, {"what": "Går.", "seen": part.past.order_by("-history_id").first().history_id}
    )
    assert WHY not in client_for(polis_rep).get(address).content.decode()


def test_the_letter_of_an_agreed_one_says_that_it_goes_on_and_an_internal_one_gives_no_reason(
    part, propose, polis_rep, samordnare, now, letters
):
    propose(at=now)
    part.activity.refresh_from_db()
    accept_activity(activity=part.activity, by=samordnare, at=now, version=part.activity.version)
    decline_contribution(contribution=part, by=polis_rep, at=now + ELEVEN_SECONDS, reason=WHY)
    part.activity.refresh_from_db()
    type(part.activity).objects.filter(pk=part.activity.pk).update(is_internal=True)

    (text,) = letters(ask_again, contribution=part, by=samordnare, at=now + 2 * ELEVEN_SECONDS)

    assert "Huge ansvarar för en intern aktivitet" in text
    assert WHY not in text
