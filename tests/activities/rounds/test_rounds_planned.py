"""Planning a round: the rules, the error messages, and what was typed stays."""

from datetime import date

import pytest

from activities.models import Round
from activities.rounds.actions import close_round
from tests.factories import AgreementFactory, RoundFactory
from tests.support.rounds import GOOD, LIST, NEW

pytestmark = pytest.mark.one_database


@pytest.fixture
def client(client_for, samordnare, agreement):
    return client_for(samordnare)


def stored() -> list[tuple[str, str, str, str]]:
    return [
        (round.label, *(day.isoformat() for day in (round.as_of, round.opens_on, round.due_on)))
        for round in Round.objects.order_by("as_of")
    ]


def test_a_round_is_planned(client):
    response = client.post(NEW, GOOD, follow=True)

    assert stored() == [("Läget i november", "2024-11-30", "2024-12-01", "2024-12-13")]
    assert response.redirect_chain == [(LIST, 302)]
    assert (
        "Läget i november öppnar 1 december 2024, och sista dagen är 13 december 2024."
        in response.content.decode()
    )


def test_one_that_opened_earlier_is_open_at_once(client):
    late = {"label": "Sen", "as_of": "2024-08-31", "opens_on": "2024-09-01", "due_on": "2024-10-11"}
    response = client.post(NEW, late, follow=True)

    assert response.context["page"].open.round == Round.objects.get()
    assert "Sen är öppen till och med 11 oktober 2024." in response.content.decode()


def test_a_form_sent_twice_makes_one(client):
    client.post(NEW, GOOD)
    response = client.post(NEW, GOOD)

    assert response.status_code == 302
    assert Round.objects.count() == 1


BAD = [
    ({"label": ""}, "label", "Skriv vad omgången heter."),
    ({"label": "x" * 121}, "label", "Skriv högst 120 tecken."),
    ({"label": "Kalle 850709-9805"}, "label", "Texten ser ut att innehålla ett personnummer"),
    ({"label": "a\0b"}, "label", "Texten innehåller ett tecken som inte går att spara."),
    ({"as_of": ""}, "as_of", "Skriv ett datum som 2024-08-30."),
    ({"as_of": "31 februari 2024"}, "as_of", "Februari 2024 har 29 dagar."),
    ({"as_of": "2025-01-01"}, "as_of", "Välj en dag i överenskommelsens tid, 1 januari 2023"),
    ({"as_of": "2022-12-31"}, "as_of", "Välj en dag i överenskommelsens tid, 1 januari 2023"),
    ({"as_of": "9999-12-31"}, "as_of", "Skriv ett år mellan 1990 och 2100"),
    ({"opens_on": "2024-12-02"}, "opens_on", "Omgången öppnar senast dagen efter den som den gäller, "),
    ({"opens_on": "2022-12-31"}, "opens_on", "Omgången kan inte öppna innan överenskommelsen börjar"),
    ({"due_on": "2024-11-30"}, "due_on", "Sista dagen kan inte vara före 1 december 2024, då "),
    ({"due_on": "2026-12-13"}, "due_on", "Sista dagen är mer än ett år efter 30 november 2024."),
    (
        {"as_of": "2024-06-30", "opens_on": "2024-07-01", "due_on": "2024-07-12"},
        "due_on",
        "Sista dagen har redan varit.",
    ),
    ({"as_of": "2024-08-31", "opens_on": "2024-09-01"}, "as_of", "Delår per 31 augusti 2024 gäller redan "),
    ({"label": "delår  per 31 Augusti 2024"}, "label", "En annan omgång heter redan så."),
    ({"opens_on": "2024-09-13"}, "opens_on", "Omgången möter Delår per 31 augusti 2024, som pågår 1 sept"),
    ({"due_on": "2025-01-01"}, "due_on", "Omgången möter Helår 2024, som pågår 1 januari 2025 till "),
    (
        {"as_of": "2024-08-30", "opens_on": "2024-08-30", "due_on": "2024-10-01"},
        "due_on",
        "Omgången möter Delår per 31 augusti 2024",
    ),
    (
        {"as_of": "2024-08-01", "opens_on": "2024-08-02", "due_on": "x" * 100_000},
        "due_on",
        "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
    ),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD)
def test_what_does_not_hold_is_told_at_its_field_and_what_was_typed_stays(
    changes, field, sentence, client, open_round, winter
):
    before = stored()
    response = client.post(NEW, GOOD | changes)

    form = response.context["form"]
    assert response.status_code == 200
    assert [error[: len(sentence)] for error in form[field].errors] == [sentence]
    assert {name: form[name].value() for name in GOOD} == GOOD | changes
    assert stored() == before


def test_a_later_day_opens_later(client, agreement):
    RoundFactory(
        label="Tidig", as_of=date(2024, 12, 20), opens_on=date(2024, 10, 1), due_on=date(2024, 10, 4)
    )
    response = client.post(NEW, GOOD)

    assert response.context["form"]["opens_on"].errors == [
        "Den här omgången gäller en tidigare dag än Tidig och ska också öppna tidigare: den öppnar 1 oktober 2024."
    ]


def test_a_round_that_was_closed_early_leaves_its_last_days_to_another(client, agreement):
    RoundFactory(due_on=date(2024, 12, 20), closed_on=date(2024, 9, 20))
    assert client.post(NEW, GOOD).status_code == 302

    Round.objects.update(closed_on=date(2024, 12, 1))
    Round.objects.filter(as_of=date(2024, 11, 30)).delete()
    response = client.post(NEW, GOOD | {"opens_on": "2024-11-30"})
    assert response.context["form"].errors.keys() == {"opens_on"}


def test_one_that_was_closed_long_after_its_time_leaves_the_next_its_day(client, samordnare, settings):
    """The next round opens at the latest the day after its own day, which has passed by then."""
    late = settings.SAMVERKAN_TODAY = date(2025, 1, 5)
    close_round(by=samordnare, round=RoundFactory(due_on=date(2024, 12, 10)), today=late)
    assert [plan.label for plan in client.get(LIST).context["page"].suggestions] == ["Helår 2024"]

    year = {"label": "Året", "as_of": "2024-12-31", "opens_on": "2025-01-01", "due_on": "2025-01-24"}
    response = client.post(NEW, year, follow=True)

    page = response.context["page"]
    assert (page.open.round.label, [row.in_words for row in page.ended]) == (
        "Året",
        ["Stängd 5 januari 2025"],
    )


def test_whoever_plans_one_while_another_is_open_is_told_what_becomes_of_that(client, open_round):
    assert (
        "Delår per 31 augusti 2024 är öppen. Den avslutas när nästa omgång öppnar"
        in client.get(NEW).content.decode()
    )

    now = {"label": "September", "as_of": "2024-09-30", "opens_on": "2024-09-30", "due_on": "2024-10-11"}
    response = client.post(NEW, now, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "September är öppen till och med 11 oktober 2024. Delår per 31 augusti 2024 är därmed avslutad."
    ]


def test_rounds_of_another_agreement_are_beside_the_point(client, agreement):
    other = AgreementFactory(next_period=True)
    RoundFactory(
        agreement=other,
        label=GOOD["label"],
        as_of=date(2025, 3, 31),
        opens_on=date(2024, 12, 1),
        due_on=date(2024, 12, 13),
    )

    assert client.post(NEW, GOOD).status_code == 302
