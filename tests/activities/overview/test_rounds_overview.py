"""*Översikt* and *Hjälp* lead the coordinator, and nobody else, to the rounds and to reminding late parties."""

from datetime import date

import pytest

from activities.models import Round
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS, ROUNDS = "/2023-2024/oversikt/", "/2023-2024/omgangar/"
AUGUST, YESTERDAY, TODAY = date(2024, 8, 31), date(2024, 9, 29), date(2024, 9, 30)


@rows
def asked(agreement, huge, polisen):
    """Huge has not answered, Polisen has."""
    round = RoundFactory()
    ActivityFactory(title="Trapphus")
    FollowUpFactory(activity=ActivityFactory(title="Patrullering", lead=polisen), round=round)
    return round


@pytest.fixture
def client(client_for, samordnare):
    return client_for(samordnare)


def reminding(client, query="") -> dict[str, str]:
    parties = client.get(f"{ADDRESS}{query}").context["overview"].parties
    return {party.name: party.remind_url for party in parties if party.remind_url}


def test_the_coordinator_is_led_to_the_rounds(client, asked):
    RoundFactory(planned=True, opens_on=date(2024, 11, 1), due_on=date(2024, 11, 15))
    response = client.get(ADDRESS)

    overview = response.context["overview"]
    assert (overview.rounds_url, overview.round_url) == (ROUNDS, f"{ROUNDS}2024-08-31/")
    assert [each.url for each in overview.coming if not each.about] == [f"{ROUNDS}2024-12-31/"] * 2
    assert f'<a href="{ROUNDS}">Uppföljningsomgångar</a>' in response.content.decode()
    assert ROUNDS in client.get("/hjalp/").content.decode()


def test_who_has_something_left_can_be_reminded_from_it_today(client, asked):
    assert reminding(client) == {"Huge": f"{ROUNDS}2024-08-31/paminn/huge/"}
    assert reminding(client, "?per=2024-09-29") == {}


def test_nobody_is_reminded_of_a_round_that_is_closed(client, asked):
    Round.objects.update(closed_on=date(2024, 9, 20))

    assert reminding(client) == {}


def test_a_round_that_another_has_replaced_is_over_though_nobody_has_closed_it(client, asked):
    RoundFactory(label="Våren", as_of=date(2024, 3, 31), opens_on=date(2024, 4, 1), due_on=date(2024, 4, 12))

    assert client.get(f"{ADDRESS}?per=2024-06-30").context["overview"].round_in_words == "Våren är avslutad."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-03-31", "Våren öppnar 1 april 2024."),
        ("2024-04-12", "Våren pågår till 12 april 2024."),
        ("2024-04-15", "Våren är öppen. Sista dagen var 12 april 2024."),
        ("2024-04-20", "Våren är stängd."),
    ],
)
def test_an_earlier_day_tells_the_round_as_it_was_on_that_day(day, said, client, asked):
    spring = {"as_of": date(2024, 3, 31), "opens_on": date(2024, 4, 1), "due_on": date(2024, 4, 12)}
    RoundFactory(label="Våren", closed_on=date(2024, 4, 20), **spring)

    overview = client.get(f"{ADDRESS}?per={day}").context["overview"]

    assert overview.round_in_words == said
    assert ("Våren öppnar" in [each.what for each in overview.coming]) == (day == "2024-03-31")


@pytest.mark.parametrize(
    ("membership", "day", "is_there"),
    [
        ({"left_on": date(2024, 12, 31)}, TODAY, True),
        ({"left_on": TODAY}, TODAY, True),
        ({"left_on": YESTERDAY}, TODAY, False),
        ({"left_on": YESTERDAY}, AUGUST, True),
        ({"joined_on": TODAY}, TODAY, True),
        ({"joined_on": TODAY}, AUGUST, False),
    ],
)
def test_the_parties_are_those_of_the_day_from_their_first_to_their_last(
    membership, day, is_there, agreement, client, asked, kommunen
):
    """Nothing is asked of Huddinge kommun."""
    agreement.memberships.filter(party=kommunen).update(**membership)

    parties = client.get(f"{ADDRESS}?per={day}").context["overview"].parties

    assert (kommunen.short_name in [party.name for party in parties]) == is_there


def test_others_have_no_way_to_the_rounds(asked, client_for, handlaggare, lasare, admin):
    for user in (handlaggare, lasare, admin):
        for address in (ADDRESS, "/hjalp/"):
            assert "/omgangar/" not in client_for(user).get(address).content.decode()
