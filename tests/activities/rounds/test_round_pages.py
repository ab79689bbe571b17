"""The coordinator's pages of the rounds: the open, planned and ended ones, each party's progress, the follow-ups."""

from datetime import date

import pytest

from activities.models import Activity, Question
from activities.waiting import waiting_in
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FollowUpFactory,
    PartyFactory,
    QuestionFactory,
    RoundFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

LIST, AUGUST = "/2023-2024/omgangar/", "/2023-2024/omgangar/2024-08-31/"
MARCH = {"as_of": date(2024, 3, 31), "opens_on": date(2024, 4, 1), "due_on": date(2024, 4, 12)}
TODAY = date(2024, 9, 30)


@pytest.fixture
def client(client_for, samordnare, agreement):
    return client_for(samordnare)


@rows
def asked(agreement, kommunen, polisen):
    """Huge has answered one of two, Polisen's only follow-up has come back with a question, and Kommunen is asked nothing."""
    round = RoundFactory()
    FollowUpFactory(activity=ActivityFactory(title="Belysning"), round=round, at_risk=True)
    ActivityFactory(title="Trapphus")
    ActivityFactory(title="Kommer sedan", starts_on=date(2024, 10, 1), lead=kommunen)
    follow_up = FollowUpFactory(activity=ActivityFactory(title="Patrullering", lead=polisen), round=round)
    QuestionFactory(follow_up=follow_up)
    return round


def progress(client) -> dict[str, tuple[str, list[str], list[str]]]:
    page = client.get(AUGUST).context["page"]
    return {
        each.party.short_name: (
            f"{each.answered} av {each.asked}",
            [activity.title for activity in each.missing],
            [question.follow_up.activity.title for question in each.returned],
        )
        for each in page.parties
    }


def followed_up(client, query="") -> list[str]:
    groups = client.get(f"{AUGUST}{query}").context["desk"].groups
    return [follow_up.activity.title for group in groups for follow_up in group.follow_ups]


# --- The list -------------------------------------------------------------------------------------------
def test_the_open_one_stands_first_with_its_progress_then_the_planned_and_those_that_are_over(client, asked):
    RoundFactory(planned=True)
    RoundFactory(label="Mars", closed_on=date(2024, 4, 26), **MARCH)
    response = client.get(LIST)

    page, text = response.context["page"], response.content.decode()
    assert page.headline == "Delår per 31 augusti 2024 är öppen. Sista dagen var 13 september 2024."
    assert page.progress.in_words == "2 av 3 aktiviteter är uppföljda. 1 fråga är obesvarad."
    assert [phase.round.label for phase in page.planned] == ["Helår 2024"]
    assert [(row.phase.round.label, row.in_words, row.missing_in_words) for row in page.ended] == [
        ("Mars", "Stängd 26 april 2024", "3 saknades")
    ]
    assert text.index("Öppen nu") < text.index("Planerade") < text.index("Avslutade")


@pytest.mark.parametrize(
    ("rounds", "headline"),
    [
        ([], "Ingen omgång är öppen, och ingen är planerad."),
        (["planned"], "Ingen omgång är öppen. Helår 2024 öppnar 1 januari 2025."),
        (["closed"], "Ingen omgång är öppen, och ingen är planerad."),
    ],
)
def test_the_headline_tells_what_goes_on(rounds, headline, client):
    for trait in rounds:
        RoundFactory(**{trait: True})

    assert client.get(LIST).context["page"].headline == headline


@pytest.mark.parametrize(
    ("due_on", "when"),
    [
        (date(2024, 9, 29), "Sista dagen var 29 september 2024."),
        (TODAY, "Sista dagen är 30 september 2024, i dag."),
        (date(2024, 10, 1), "Sista dagen är 1 oktober 2024, i morgon."),
        (date(2024, 10, 17), "Sista dagen är 17 oktober 2024, om 17 dagar."),
    ],
)
def test_how_long_there_is_left_is_told(due_on, when, client):
    RoundFactory(due_on=due_on)

    assert when in client.get(AUGUST).content.decode()


def test_the_rounds_of_another_agreement_are_not_there(client, asked):
    RoundFactory(agreement=AgreementFactory(next_period=True), planned=True)

    assert client.get(LIST).context["page"].planned == []
    assert client.get("/2025-2026/omgangar/2024-08-31/").status_code == 404


@pytest.mark.parametrize(
    "day", ["2024-08-30", "2024-02-31", "2024-13-01", "0000-00-00", "9999-12-31", "igår"]
)
def test_a_day_without_a_round_is_no_page(day, client, asked):
    assert client.get(f"{LIST}{day}/").status_code == 404


# --- One round -------------------------------------------------------------------------------------------
def test_each_party_has_come_so_far_those_that_something_waits_for_first(client, asked):
    assert list(progress(client).items()) == [
        ("Huge", ("1 av 2", ["Trapphus"], [])),
        ("Polisen", ("1 av 1", [], ["Patrullering"])),
        ("Huddinge kommun", ("0 av 0", [], [])),
    ]


def test_what_waits_is_what_waits_on_mitt_arbete_and_in_the_mail(client, asked):
    waiting = Activity.objects.as_of(TODAY).filter(waiting_in([asked], TODAY))
    found = progress(client).values()

    assert sorted(row.title for row in waiting) == sorted(
        title for _, missing, returned in found for title in (*missing, *returned)
    )


def test_a_question_that_was_taken_back_waits_for_nobody(client, asked):
    Question.objects.update(taken_back_at=Question.objects.get().asked_at)

    assert progress(client)["Polisen"] == ("1 av 1", [], [])


def test_a_party_that_left_is_there_when_it_was_asked(client, asked, agreement, huge, kommunen):
    agreement.memberships.filter(party__in=[huge, kommunen]).update(left_on=date(2024, 8, 30))
    outsider = PartyFactory(name="Kriminalvården", short_name="Kriminalvården", slug="kriminalvarden")
    ActivityFactory(title="Frigivning", lead=outsider)

    assert set(progress(client)) == {"Huge", "Polisen", "Kriminalvården"}


@pytest.mark.parametrize(
    ("membership", "is_there"),
    [
        ({"left_on": date(2024, 12, 31)}, True),
        ({"left_on": date(2024, 8, 31)}, True),
        ({"left_on": date(2024, 8, 30)}, False),
        ({"joined_on": date(2024, 8, 31)}, True),
        ({"joined_on": date(2024, 9, 1)}, False),
    ],
)
def test_a_party_that_nothing_was_asked_of_is_there_when_it_was_a_party_on_the_rounds_day(
    membership, is_there, client, asked, agreement, kommunen
):
    agreement.memberships.filter(party=kommunen).update(**membership)

    assert (kommunen.short_name in progress(client)) == is_there


@pytest.mark.parametrize(
    ("answered", "left", "told"),
    [
        (0, 0, "Ingen aktivitet ska följas upp."),
        (0, 1, "Ingen av 1 aktivitet är uppföljd."),
        (1, 0, "Aktiviteten är uppföljd."),
        (1, 1, "1 av 2 aktiviteter är uppföljd."),
        (2, 0, "Alla 2 aktiviteter är uppföljda."),
        (2, 1, "2 av 3 aktiviteter är uppföljda."),
    ],
)
def test_the_headline_says_it_in_words(answered, left, told, client):
    round = RoundFactory()
    for _ in range(answered):
        FollowUpFactory(activity=ActivityFactory(), round=round)
    for _ in range(left):
        ActivityFactory()

    assert client.get(AUGUST).context["page"].progress.in_words == told


def test_an_open_round_leads_on_to_reminding_asking_mail_and_closing(client, asked, huge):
    text = client.get(AUGUST).content.decode()
    follow_up = Activity.objects.get(title="Belysning").follow_ups.get()

    assert f'href="{AUGUST}paminn/huge/"' in text
    assert f'href="{AUGUST}paminn/polisen/"' in text
    assert f'href="{AUGUST}paminn/huddinge-kommun/"' not in text
    assert text.count("Fråga om den här uppföljningen") == 1
    assert f'action="/uppfoljningar/{follow_up.pk}/fraga/"' in text
    assert f'href="{AUGUST}utskick/"' in text
    assert f'href="{AUGUST}stang/"' in text
    assert "Hur många trapphus har ni besökt?" in text


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_round_that_is_closed_or_archived_reminds_and_asks_nobody(is_closed, client, asked):
    if is_closed:
        asked.closed_on = date(2024, 9, 20)
        asked.save()
    else:
        asked.agreement.status = "archived"
        asked.agreement.save()
    text = client.get(AUGUST).content.decode()

    assert [way for way in ("Påminn", "Fråga om den", "stang/", "redigera/") if way in text] == []


def test_a_planned_round_says_what_will_happen(client, agreement):
    RoundFactory(planned=True)
    text = client.get("/2023-2024/omgangar/2024-12-31/").content.decode()

    assert "Öppnar av sig själv 1 januari 2025. Sista dagen är 24 januari 2025" in text
    assert "/2024-12-31/redigera/" in text
    assert "/2024-12-31/ta-bort/" in text
    assert "/2024-12-31/stang/" not in text


# --- The follow-ups -----------------------------------------------------------------------------------------
def test_the_newest_follow_up_of_each_activity_in_the_round_stands_to_be_read(client, asked):
    belysning = Activity.objects.get(title="Belysning")
    FollowUpFactory(activity=belysning, refers_on=date(2024, 3, 31), what_happened="Från i våras.")
    FollowUpFactory(activity=belysning, round=asked, off_track=True)
    FollowUpFactory(activity=belysning, round=asked, contributor=True)
    text = client.get(AUGUST).content.decode()

    assert followed_up(client) == ["Belysning", "Patrullering"]
    assert "Upphandlingen är överklagad." in text
    assert "Ett beslut om hur arbetet ska gå vidare." in text
    assert [old for old in ("Leveransen dröjer.", "Från i våras.", "Vi har patrullerat") if old in text] == []


def test_the_follow_ups_of_one_party_alone(client, asked):
    assert followed_up(client, "?part=polisen") == ["Patrullering"]
    assert followed_up(client, "?part=huddinge-kommun") == []


@pytest.mark.parametrize("query", ["?part=finns-inte", "?part=%00", "?sida=999", "?sida=x", "?sida=-1"])
def test_an_address_that_asks_for_nothing_known_shows_them_all(query, client, asked):
    assert followed_up(client, query) == ["Belysning", "Patrullering"]


def test_many_follow_ups_stand_on_several_pages(client, agreement):
    round = RoundFactory()
    for n in range(26):
        FollowUpFactory(activity=ActivityFactory(title=f"Nummer {n + 1}"), round=round)

    assert len(followed_up(client)) == 25
    assert followed_up(client, "?sida=2") == ["Nummer 26"]
