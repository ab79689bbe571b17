"""*Årshjul*: what each month shows, for whom, and which year."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from priorities.models import SituationalPicture
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DeclarationFactory,
    MatterFactory,
    PictureFactory,
    RoundFactory,
)
from tests.support.queries import beyond_the_visit

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/arshjul/"
DELAR = "Delår per 31 augusti 2024"
BEGINS = [
    (1, "Överenskommelsen börjar gälla", "Samverkansöverenskommelse 2023–2024"),
    (1, "Avsiktsförklaringen börjar gälla", "Avsiktsförklaring för ökad trygghet, 2023–2026"),
]


@pytest.fixture
def look(client_for, lasare):
    client = client_for(lasare)
    return lambda query="", slug="2023-2024": client.get(f"/{slug}/arshjul/{query}")


def told(response) -> dict[str, list[tuple[int, str, str]]]:
    """By month, without empty ones: the day, what happens, and to what."""
    months = response.context["page"].months
    found = {month.name: [*month.passed, *month.ahead] for month in months}
    return {
        name: [(each.day.day, each.what, each.about) for each in days] for name, days in found.items() if days
    }


def reminders(response) -> list[str]:
    return [each.words for each in response.context["page"].reminders]


def adopt(year: int, day: date | None) -> None:
    PictureFactory(year=year, title=f"Lägesbild {year}", adopted=True, adopted_on=day)


# --- The months --------------------------------------------------------------------------------------------
def test_a_year_tells_the_rounds_and_the_agreements_days_month_by_month(agreement, look):
    RoundFactory(closed=True)
    RoundFactory(planned=True)

    assert told(look()) == {
        "augusti": [(31, "Läget den här dagen följs upp", DELAR)],
        "september": [
            (1, "Uppföljningen öppnar", DELAR),
            (13, "Sista dagen att följa upp", DELAR),
            (20, "Uppföljningen stängdes", DELAR),
        ],
        "december": [
            (31, "Läget den här dagen följs upp", "Helår 2024"),
            (31, "Överenskommelsens sista dag", "Samverkansöverenskommelse 2023–2024"),
        ],
    }
    assert told(look("?ar=2023")) == {"januari": BEGINS}
    assert told(look("?ar=2025")) == {
        "januari": [
            (1, "Uppföljningen öppnar", "Helår 2024"),
            (24, "Sista dagen att följa upp", "Helår 2024"),
        ]
    }


def test_all_twelve_months_stand_in_their_order_whatever_happens(agreement, look):
    months = look().context["page"].months

    assert [month.name[:3] for month in months] == [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ]  # fmt: skip
    assert [month.name for month in months if month.is_current] == ["september"]
    assert [month.name for month in months if month.is_past][-1] == "augusti"


def test_today_stands_between_what_has_been_and_what_comes(agreement, look):
    RoundFactory(due_on=date(2024, 9, 30))

    page = look()

    september = page.context["page"].months[8]
    assert [each.day.day for each in september.passed] == [1]
    assert [each.day.day for each in september.ahead] == [30]
    assert page.content.decode().count("I dag, 30 september 2024") == 1
    assert "I dag, " not in look("?ar=2023").content.decode()


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("", "Näst i tur är 31 december 2024: läget den här dagen följs upp (Helår 2024)."),
        ("?ar=2023", "2 dagar att hålla reda på."),
        ("?ar=2025", "2 dagar att hålla reda på."),
    ],
)
def test_the_headline_tells_what_comes_next(query, headline, agreement, look):
    RoundFactory(planned=True)

    assert headline in look(query).content.decode()


def test_a_round_that_was_closed_today_is_not_what_comes_next(agreement, look, today):
    RoundFactory(closed_on=today)
    RoundFactory(planned=True)

    assert look().context["page"].headline.startswith("Näst i tur är 31 december 2024: läget")


def test_a_year_that_nothing_happens_in_says_so(look, agreement):
    AgreementFactory(slug="2021-2025", starts_on=date(2021, 1, 1), ends_on=date(2025, 12, 31))

    def headline(year):
        return look(f"?ar={year}", "2021-2025").context["page"].headline

    assert (headline(2022), headline(2024)) == ("Inget är inplanerat.", "Inget mer är inplanerat i år.")


def test_another_agreements_days_stand_in_its_own_year(agreement, look):
    RoundFactory(agreement=AgreementFactory(next_period=True))

    assert "augusti" not in told(look())


def test_no_activity_stands_in_it(agreement, look):
    ActivityFactory(title="Patrull", internal=True, milestones=["Kartlagt"], ends_on=date(2024, 10, 1))
    ActivityFactory(title="Belysning", milestones=["Upphandlat"], ends_on=date(2024, 10, 1))

    page = look().content.decode()
    assert [word for word in ("Patrull", "Kartlagt", "Belysning", "Upphandlat") if word in page] == []


@pytest.mark.parametrize(("who", "leads_on"), [("samordnare", True), ("huge_rep", False), ("lasare", False)])
def test_whoever_keeps_the_rounds_is_led_to_them(who, leads_on, agreement, request, client_for):
    RoundFactory()

    page = client_for(request.getfixturevalue(who)).get(ADDRESS).content.decode()

    assert ('href="/2023-2024/omgangar/2024-08-31/"' in page) is leads_on
    assert DELAR in page


# --- The lägesbild -----------------------------------------------------------------------------------------
def test_a_lagesbild_stands_on_the_day_that_it_was_adopted(agreement, look):
    adopt(2023, date(2023, 2, 28))

    assert told(look("?ar=2023"))["februari"] == [(28, "Lägesbilden fastställs", "Lägesbild 2023")]
    assert (reminders(look("?ar=2023")), reminders(look())) == ([], [])


@pytest.mark.parametrize(
    ("adopted_on", "renewed_on"),
    [(date(2022, 5, 2), ("maj", 2)), (date(2022, 12, 31), ("december", 31)), (date(2020, 2, 29), None)],
)
def test_the_law_asks_for_a_new_lagesbild_two_years_later(adopted_on, renewed_on, agreement, look):
    adopt(2022, adopted_on)

    days = told(look())
    found = [(name, day) for name in days for day, what, _ in days[name] if "ska vara uppdaterad" in what]
    assert found == ([renewed_on] if renewed_on else [])
    assert "Lag (2023:196) 6\u00a0§" in look().content.decode()


def test_a_lagesbild_of_a_leap_day_is_renewed_in_february(agreement, look):
    adopt(2024, date(2024, 2, 29))
    RoundFactory(label="Sen", as_of=date(2026, 1, 31), opens_on=date(2026, 1, 31), due_on=date(2026, 2, 3))

    assert (28, "Lägesbilden ska vara uppdaterad") in [row[:2] for row in told(look("?ar=2026"))["februari"]]


def test_a_lagesbild_whose_day_is_not_known_is_told_of_its_year(agreement, look):
    adopt(2021, None)
    adopt(2023, None)
    renew = (
        "Lägesbilden ska uppdateras. Den senaste är från 2023. Lag (2023:196) 6\u00a0§: minst vartannat år."
    )
    RoundFactory(planned=True)

    assert reminders(look("?ar=2023")) == ["Lägesbild 2023 är fastställd. Dagen är inte känd."]
    assert reminders(look()) == []
    assert reminders(look("?ar=2025")) == [renew]


def test_a_lagesbild_that_was_due_before_the_year_is_still_asked_for(agreement, look):
    adopt(2021, date(2021, 5, 1))

    assert reminders(look("?ar=2023")) == []
    assert len(reminders(look())) == 1


def test_a_draft_of_a_lagesbild_is_told_of_to_nobody(agreement, look, samordnare, client_for):
    PictureFactory(year=2024, title="Utkastet till lägesbild")

    for page in (look(), client_for(samordnare).get(ADDRESS)):
        assert "Utkastet till lägesbild" not in page.content.decode()
    assert SituationalPicture.objects.count() == 1


# --- Decisions ---------------------------------------------------------------------------------------------
def test_a_decision_stands_on_its_day_once_it_is_known(agreement, look):
    decided = "Kommunstyrelsen beslutar"
    assert decided not in look("?ar=2023").content.decode()

    agreement.matter.decided_on = date(2023, 3, 1)
    agreement.matter.save()

    assert told(look("?ar=2023"))["mars"] == [(1, decided, agreement.matter.title)]


def test_a_matter_of_the_agreements_own_is_another_decision(look, kommunen):
    own = MatterFactory(case_number="KS-2023/1", title="Om överenskommelsen", decided_on=date(2023, 4, 1))
    declared = MatterFactory(case_number="KS-2022/1", title="Om avsikten", decided_on=date(2023, 4, 2))
    AgreementFactory(declaration=DeclarationFactory(matter=declared), matter=own)

    page = look("?ar=2023")

    assert [row[2] for row in told(page)["april"]] == ["Om överenskommelsen", "Om avsikten"]
    april = [*page.context["page"].months[3].passed]
    assert [each.url for each in april] == ["/2023-2024/overenskommelse/", "/2023-2024/avsiktsforklaring/"]


def test_an_agreement_without_a_matter_has_no_decision(look, kommunen):
    AgreementFactory(declaration=DeclarationFactory(matter=None), matter=None)

    assert told(look("?ar=2023")) == {"januari": BEGINS}


# --- Which year --------------------------------------------------------------------------------------------
def test_the_years_are_the_agreements_and_those_that_its_rounds_reach_into(agreement, look):
    assert list(look().context["page"].years) == [2023, 2024]

    RoundFactory(planned=True)

    assert list(look().context["page"].years) == [2023, 2024, 2025]
    assert 'href="?ar=2024" aria-current="page"' in look().content.decode()


@pytest.mark.parametrize(
    "asked", ["", "igår", "1999", "2026", "02024", "٢٠٢٤", "-1", "2024.0", "%00", "9" * 5000, "<b>"]
)
def test_a_year_that_is_not_there_is_told_and_the_present_one_shown(asked, agreement, look):
    page = look(f"?ar={asked}")

    assert page.status_code == 200
    assert page.context["page"].year == 2024
    assert "Det året finns inte i överenskommelsen. Här är 2024." in page.content.decode()


def test_before_and_after_its_time_an_agreement_shows_its_nearest_year(look, kommunen):
    AgreementFactory(next_period=True)
    AgreementFactory(slug="2021-2022", starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 31))

    def year(slug):
        return look("", slug).context["page"].year

    assert (year("2025-2026"), year("2021-2022")) == (2025, 2022)


# --- What it costs -----------------------------------------------------------------------------------------
def test_it_costs_the_same_however_many_rounds_and_lagesbilder_there_are(agreement, client_for, samordnare):
    client, costs, made = client_for(samordnare), {}, 0

    for count in (1, 3, 300):
        while made < count:
            made += 1
            day = date(2023, 1, 1) + timedelta(days=made)
            RoundFactory(as_of=day, opens_on=day, due_on=day, label=f"Omgång {made}")
            adopt(2023 - made, None)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        costs[count] = len(beyond_the_visit(captured))

    assert costs[1] == costs[3] == costs[300] <= 12
