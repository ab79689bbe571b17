"""A party that is asked to contribute is told, sees what it is about, and can decline with a reason; it can be asked again."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from activities.contributions.actions import (
    ask_again,
    decline_contribution,
    newest_record,
    write_contribution,
)
from activities.models import Contribution
from activities.planning.actions import edit_plan
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, ContributionFactory, NeedFactory
from tests.support.plans import plan_of
from tests.support.stored import rows

WHY = "Vi har inga patruller i höst."
MY_WORK = "/mitt-arbete/"


@rows
def part(agreement, huge, polisen):
    """Polisen's unanswered part in an agreed activity of Huge's."""
    activity = ActivityFactory(
        title="Trygga stråk", purpose="Fler ska våga gå hem.", goal="Alla lyktor längs stråket lyser."
    )
    return ContributionFactory(activity=activity, party=polisen)


@pytest.fixture
def address(part):
    return reverse("contribution", args=["2023-2024", part.activity.number, "polisen"])


@pytest.fixture
def decline(part, polis_rep, now):
    return lambda **given: decline_contribution(
        **{"contribution": part, "by": polis_rep, "at": now, "reason": WHY} | given
    )


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Calls the function; the subjects and texts of the mails sent, by address."""

    def sent(do):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do()
        return {one.to[0]: f"{one.subject}\n{one.body}" for one in mail.outbox}

    return sent


def fresh(part) -> Contribution:
    return Contribution.objects.get(pk=part.pk)


def send(client, address, form, **fields):
    """Opens the page and sends one of its forms, as a browser would."""
    found = getattr(client.get(address).context["page"], form)
    return client.post(address, {name: found[name].value() for name in found.carried} | fields, follow=True)


# --- Being asked --------------------------------------------------------------------------------------------------
def test_a_part_that_waits_is_counted_on_mitt_arbete_and_in_the_menu(part, polis_rep, huge_rep, client_for):
    page = client_for(polis_rep).get(MY_WORK)

    assert page.context["work"].headline == "1 fråga om medverkan väntar på svar"
    assert [each.activity.title for each in page.context["work"].parts_asked] == ["Trygga stråk"]
    assert [item.count for item in page.context["menu"] if item.label == "Mitt arbete"] == [1]
    elsewhere = client_for(polis_rep).get("/2023-2024/aktiviteter/")
    assert [item.count for item in elsewhere.context["menu"] if item.label == "Mitt arbete"] == [1]
    assert client_for(huge_rep).get(MY_WORK).context["work"].parts_asked == []


@pytest.mark.parametrize("traits", [{"draft": True}, {"done": True}, {"cancelled": True}], ids=str)
def test_neither_a_draft_nor_what_has_ended_asks(traits, agreement, polisen, polis_rep, client_for):
    ActivityFactory(contributors=[polisen], **traits)

    page = client_for(polis_rep).get(MY_WORK)

    assert page.context["work"].waiting_count == 0
    assert not any(item.count for item in page.context["menu"] if item.label == "Mitt arbete")


def test_the_page_of_the_yes_says_why_what_and_when(part, address, polis_rep, client_for):
    page = client_for(polis_rep).get(address).content.decode()

    for words in (part.activity.goal, part.activity.purpose, "31 december 2024"):
        assert words in page


def test_a_party_that_is_added_to_an_agreed_plan_gets_a_mail(
    agreement, polisen, polis_rep, samordnare, now, sent
):
    activity = ActivityFactory(title="Trygga stråk", needs=[NeedFactory()])
    plan = plan_of(activity, contributors=[polisen])

    mails = sent(lambda: edit_plan(activity=activity, by=samordnare, at=now, version=1, plan=plan))

    text = mails[polis_rep.email]
    assert text.startswith("Ni är tillfrågade att medverka i en aktivitet\n")
    assert "Huge ansvarar för ”Trygga stråk”, och er part är tillfrågad" in text


# --- Declining ----------------------------------------------------------------------------------------------------
def test_a_no_is_kept_with_its_reason_and_told_to_the_coordinator_and_the_lead(
    decline, part, huge_rep, samordnare, polis_rep, sent
):
    mails = sent(decline)

    assert (fresh(part).declined_on, fresh(part).decline_reason) == (date(2024, 9, 30), WHY)
    assert set(mails) == {samordnare.email, huge_rep.email}
    assert mails[huge_rep.email].startswith("Polisen tackar nej till att medverka i en aktivitet\n")
    assert f"Skäl: {WHY}" in mails[samordnare.email]
    assert newest_record(part).history_user == polis_rep


def test_the_reason_of_an_internal_one_is_in_no_mail(agreement, huge_rep, polisen, polis_rep, now, sent):
    part = ContributionFactory(activity=ActivityFactory(title="Kameran", internal=True), party=polisen)

    mails = sent(lambda: decline_contribution(contribution=part, by=polis_rep, at=now, reason=WHY))

    assert mails
    assert not any(WHY in text or "Kameran" in text for text in mails.values())


def test_the_page_takes_the_no_and_nothing_waits_any_longer(part, address, polis_rep, huge_rep, client_for):
    client = client_for(polis_rep)

    page = send(client, address, "decline", nej="1", decline_reason=WHY)

    assert "Ni har tackat nej. Samordnaren och Huge får ett mejl med skälet." in page.content.decode()
    assert client.get(MY_WORK).context["work"].waiting_count == 0
    assert client.get(address).context["page"].decline is None


def test_a_no_without_a_reason_keeps_the_page_and_saves_nothing(part, address, polis_rep, client_for):
    page = send(client_for(polis_rep), address, "decline", nej="1", decline_reason=" ")

    assert page.context["page"].decline.errors == {"decline_reason": ["Skriv varför ni tackar nej."]}
    assert fresh(part).declined_on is None


def test_an_identity_number_is_refused_in_the_reason(part, address, polis_rep, client_for):
    page = send(client_for(polis_rep), address, "decline", nej="1", decline_reason="Fråga 19121212-1212.")

    assert page.context["page"].decline.errors["decline_reason"]
    assert fresh(part).declined_on is None


def test_the_coordinator_and_the_lead_read_the_reason_and_others_do_not(
    decline, part, samordnare, huge_rep, polis_rep, lasare, handlaggare, client_for
):
    decline()

    pages = {
        person.email: client_for(person).get(part.activity.get_absolute_url()).content.decode()
        for person in (samordnare, huge_rep, polis_rep, lasare, handlaggare)
    }

    assert all("Tackade nej 30 september 2024" in page for page in pages.values())
    readers = {email for email, page in pages.items() if WHY in page}
    assert readers == {samordnare.email, huge_rep.email, polis_rep.email}
    history = client_for(lasare).get(f"{part.activity.get_absolute_url()}historik/").content.decode()
    assert WHY not in history


@pytest.mark.parametrize("who", ["huge_rep", "samordnare", "lasare", "handlaggare"])
def test_only_the_party_itself_declines(who, decline, part, request):
    with pytest.raises(PermissionDenied):
        decline(by=request.getfixturevalue(who))
    assert fresh(part).declined_on is None


def test_the_same_no_twice_is_one_and_is_mailed_once(decline, part, samordnare, sent):
    first, second = sent(decline), sent(decline)
    assert (bool(first), second, part.past.count()) == (True, {}, 2)


def test_a_no_after_somebody_elses_save_is_stale(decline, part, samordnare, now):
    seen = newest_record(part).history_id
    write_contribution(contribution=part, by=samordnare, at=now, what="Patrullerar.")
    with pytest.raises(Stale):
        decline(seen=seen)


def test_a_confirmed_part_can_be_declined_and_a_declined_one_confirmed(decline, part, polis_rep, now):
    write_contribution(contribution=part, by=polis_rep, at=now, what="Patrullerar.")
    decline()
    assert (fresh(part).confirmed_on, fresh(part).what) == (None, "Patrullerar.")

    write_contribution(contribution=part, by=polis_rep, at=now + timedelta(days=1), what="Patrullerar.")
    assert (fresh(part).declined_on, fresh(part).decline_reason) == (None, "")
    assert str(fresh(part).confirmed_on) == "2024-10-01"


def test_the_list_that_is_taken_home_names_no_party_that_has_declined(
    decline, part, polisen, handlaggare, client_for
):
    def exported() -> str:
        answer = client_for(handlaggare).get("/2023-2024/aktiviteter/export.csv")
        return (answer.getvalue() if answer.streaming else answer.content).decode()

    assert polisen.name in exported()
    decline()
    assert part.activity.title in exported()
    assert polisen.name not in exported()


# --- Asked again --------------------------------------------------------------------------------------------------
def test_the_coordinator_asks_again_and_it_waits_once_more(
    decline, part, address, samordnare, polis_rep, client_for, sent
):
    decline()
    assert "Fråga Polisen igen" in client_for(samordnare).get(address).content.decode()

    mails = sent(lambda: client_for(samordnare).post(address, {"fraga": "1"}))

    assert set(mails) == {polis_rep.email}
    assert fresh(part).declined_on is None
    assert client_for(polis_rep).get(MY_WORK).context["work"].waiting_count == 1
    assert [each.decline_reason for each in part.past.order_by("history_id")] == ["", WHY, ""]


def test_the_coordinators_text_leaves_the_no_as_it_is_until_they_ask(
    decline, part, address, samordnare, polis_rep, client_for
):
    decline()

    page = send(client_for(samordnare), address, "part", what="Går vandringar.")

    assert (fresh(part).what, fresh(part).declined_on) == ("Går vandringar.", date(2024, 9, 30))
    assert "Polisen har tackat nej och tillfrågas inte igen" in page.content.decode()
    assert client_for(polis_rep).get(MY_WORK).context["work"].waiting_count == 0


@pytest.mark.parametrize(
    "traits", [{"draft": True}, {"returned": True}, {"done": True}, {"cancelled": True}], ids=str
)
def test_nobody_is_asked_again_about_what_asks_nobody(
    traits, agreement, polisen, polis_rep, samordnare, client_for, now, sent
):
    part = ContributionFactory(
        activity=ActivityFactory(**traits), party=polisen, declined_on=date(2024, 9, 1), decline_reason=WHY
    )
    activity, client = part.activity, client_for(samordnare)
    address = reverse("contribution", args=["2023-2024", activity.number, "polisen"])

    assert "Fråga Polisen igen" not in client.get(address).content.decode()
    assert "Fråga Polisen igen" not in client.get(activity.get_absolute_url()).content.decode()
    mails = sent(lambda: client.post(address, {"fraga": "1"}))
    assert (mails, fresh(part).declined_on) == ({}, date(2024, 9, 1))
    page = client.post(address, {"fraga": "1"}, follow=True).content.decode()
    assert "Polisen kan inte tillfrågas nu." in page


def test_others_do_not_ask_again(decline, part, huge_rep, polis_rep, now):
    decline()
    for person in (huge_rep, polis_rep):
        with pytest.raises(PermissionDenied):
            ask_again(contribution=part, by=person, at=now)


def test_asking_again_twice_asks_once(decline, part, samordnare, now, sent):
    decline()
    sent(lambda: ask_again(contribution=part, by=samordnare, at=now))
    assert sent(lambda: ask_again(contribution=part, by=samordnare, at=now)) == {}


def test_who_has_declined_contributes_nowhere(part, decline, samordnare, client_for):
    look = client_for(samordnare)
    before = look.get("/2023-2024/parter/polisen/").content.decode()
    assert "Trygga stråk" in before

    decline()

    assert "Trygga stråk" not in look.get("/2023-2024/parter/polisen/").content.decode()
    rows = look.get("/2023-2024/parter/").context["rows"]
    assert [row.contributed for row in rows if row.party == part.party] == [0]
    report = look.get("/2023-2024/rapporter/forhandsvisning/", {"per": "2024-09-30", "part": "polisen"})
    assert "Trygga stråk" not in report.content.decode()
    assert list(look.get("/2023-2024/aktiviteter/", {"sok": "polisen"}).context["page_obj"]) == []
