"""*Översikt* says what waits for the coordinator, and each leads to where it is done."""

from datetime import date

import pytest

from activities.models import Round
from activities.planning.actions import return_activity
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
)

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/oversikt/"


@pytest.fixture
def client(client_for, samordnare):
    return client_for(samordnare)


def waits(client, query=""):
    return client.get(f"{ADDRESS}{query}").context["overview"].waits


def groups(client) -> dict[str, list[tuple[str, str, str]]]:
    return {
        group.heading: [(each.title, each.party, each.url) for each in group.waits]
        for group in waits(client).groups
    }


def test_plans_that_wait_lead_to_where_they_are_answered(client, agreement, samordnare, polisen, now):
    ActivityFactory(title="Beslutad", on_track=True)
    ActivityFactory(title="Föreslagen", proposed=True, lead=polisen)
    ActivityFactory(title="Väntar på parten", waits_for_lead=True)
    ActivityFactory(title="Tillbaka", returned=True)
    theirs = ActivityFactory(title="Partens att ändra", proposed=True)
    return_activity(activity=theirs, by=samordnare, at=now, version=1, reason="Målet saknas.")

    assert groups(client) == {
        "1 förslag att svara på": [("Föreslagen", "Polisen", "/2023-2024/aktiviteter/2/")],
        "1 plan har kommit tillbaka": [("Tillbaka", "Huge", "/2023-2024/aktiviteter/4/")],
    }


def test_contributions_that_are_not_confirmed_or_declined_wait_until_the_activity_ends(
    client, agreement, polisen, kommunen
):
    activity = ActivityFactory(title="Trapphus", on_track=True)
    ContributionFactory(activity=activity, party=polisen)
    no = {"declined_on": date(2024, 9, 20), "decline_reason": "Vi hinner inte."}
    ContributionFactory(activity=activity, party=kommunen, **no)
    ContributionFactory(activity=ActivityFactory(title="Klar", done=True), party=polisen)
    ContributionFactory(activity=ActivityFactory(title="Utkast", draft=True), party=polisen)
    ContributionFactory(activity=ActivityFactory(title="Ja"), confirmed_on=date(2024, 2, 1))

    there = "/2023-2024/aktiviteter/1/medverkan/"
    assert groups(client) == {
        "1 nej till att medverka": [("Trapphus", "Huddinge kommun", f"{there}huddinge-kommun/")],
        "1 svar om medverkan saknas": [("Trapphus", "Polisen", f"{there}polisen/")],
    }


@pytest.fixture
def asked(agreement):
    """A question about what was said in the round, after 25 follow-ups that are read before it."""
    round = RoundFactory()
    for number in range(25):
        FollowUpFactory(activity=ActivityFactory(title=f"Stoppad {number}"), round=round, off_track=True)
    activity = ActivityFactory(title="Trapphus")
    QuestionFactory(follow_up=FollowUpFactory(activity=activity, round=round, on_track=True))
    return activity


def test_a_question_that_nobody_has_answered_leads_to_it_on_the_rounds_page(client, asked):
    (waiting,) = groups(client).values()

    address = "/2023-2024/omgangar/2024-08-31/?aktivitet=26#uppfoljning-26"
    assert waiting == [("Trapphus", "Huge", address)]
    assert 'id="uppfoljning-26"' in client.get(address.partition("#")[0]).content.decode()
    assert 'id="uppfoljning-1"' in client.get(address.replace("#", "&sida=1#")).content.decode()


def test_it_leads_there_also_when_something_newer_is_said_of_a_later_day(client, asked):
    FollowUpFactory(activity=asked, at_risk=True, refers_on=date(2024, 9, 25))

    [((_, _, address),)] = groups(client).values()

    page = client.get(address.partition("#")[0]).content.decode()
    assert f'id="{address.partition("#")[2]}"' in page


def test_a_round_past_its_last_day_can_be_reminded_of_and_closed(client, agreement, polisen):
    RoundFactory()
    ActivityFactory(title="Trapphus")

    late = waits(client).round
    assert late.said == "Sista dagen var 13 september 2024. 1 aktivitet är inte uppdaterad: Huge."
    assert late.remind_url == "/2023-2024/omgangar/2024-08-31/paminn/huge/"
    assert late.close_url == "/2023-2024/omgangar/2024-08-31/stang/"

    ActivityFactory(title="Patrullering", lead=polisen)
    late = waits(client).round
    assert late.said.endswith("2 aktiviteter är inte uppdaterade: Huge och Polisen.")
    assert late.remind_url == "/2023-2024/omgangar/2024-08-31/#parterna"
    for address in (late.remind_url, late.close_url):
        assert client.get(address.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    "days", [{"due_on": date(2024, 9, 30)}, {"closed_on": date(2024, 9, 20)}], ids=["not over yet", "closed"]
)
def test_other_rounds_do_not_wait(days, client, agreement):
    RoundFactory()
    Round.objects.update(**days)
    ActivityFactory(title="Trapphus")

    assert waits(client).is_empty
    assert "Inget väntar på dig just nu." in client.get(ADDRESS).content.decode()


def test_nothing_waits_on_an_earlier_day_or_for_others(
    client, client_for, agreement, handlaggare, polis_rep, lasare
):
    RoundFactory()
    ActivityFactory(title="Trapphus")

    assert waits(client, "?per=2024-09-20") is None
    for user in (handlaggare, polis_rep, lasare):
        response = client_for(user).get(ADDRESS)
        assert response.context["overview"].waits is None
        assert "Väntar på dig" not in response.content.decode()
