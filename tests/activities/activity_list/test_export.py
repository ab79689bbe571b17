"""*Ladda ner Excel*: exactly what the list shows, on all its pages, as a table that a spreadsheet cannot misread."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from activities.activity_list.export import OPEN, WITHHELD
from samverkan.lib.spreadsheets import read
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PlaceFactory,
    RoundFactory,
    UnitFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

XLSX, CSV = "/2023-2024/aktiviteter/export.xlsx", "/2023-2024/aktiviteter/export.csv"


@pytest.fixture
def coordinator(client_for, samordnare):
    return client_for(samordnare)


def rows_of(response) -> list[dict]:
    """The table of the file, each row by its headers."""
    assert response.status_code == 200
    headers, *rows = read(response.content)
    return [dict(zip(headers, row, strict=True)) for row in rows]


def names_of(response) -> list[str]:
    return [row["Namn"] for row in rows_of(response)]


def about(response) -> dict:
    """What the second sheet says."""
    sheet = openpyxl.load_workbook(BytesIO(response.content))["Om exporten"]
    return dict(sheet.iter_rows(min_row=2, values_only=True))


# --- What a row tells ------------------------------------------------------------------------------------------------


@rows
def belysning(agreement, kommunen, polisen, huge_rep):
    """Followed up three times, last with *Inget nytt* while off track."""
    place = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"))
    needs = [NeedFactory(problem="Stråket är mörkt."), NeedFactory(problem="Många undviker torget.")]
    activity = ActivityFactory(
        title="Belysning längs stråket",
        lead=kommunen,
        unit=UnitFactory(name="Gatukontoret"),
        contributors=[polisen],
        needs=needs,
        focus_areas=[place],
        measure="Lyktor",
        measure_unit="antal",
        baseline=Decimal("-2.5"),
        target=Decimal(40),
        starts_on=date(2023, 3, 1),
        ends_on=date(2024, 9, 15),
        is_recurring=True,
    )
    RoundFactory()
    FollowUpFactory(
        activity=activity,
        on_track=True,
        refers_on=date(2024, 3, 31),
        actual=12,
        what_happened="Tolv är uppe.",
    )
    off_track = {
        "activity": activity,
        "off_track": True,
        "needed": "=Ett beslut\nav styrgruppen",
        "what_happened": "",
    }
    FollowUpFactory(**off_track, refers_on=date(2024, 8, 31), unchanged=True)
    return activity


def test_a_row_tells_the_plan_and_how_it_goes(belysning, coordinator):
    assert rows_of(coordinator.get(XLSX)) == [
        {
            "Nummer": 1,
            "Namn": "Belysning längs stråket",
            "Status": "Avviker",
            "Försenad": "ja",
            "Sen start": "",
            "Inte uppdaterad": "ja",
            "Prioriterat område": "Trygghet i offentlig miljö",
            "Geografiska områden": "Skogås",
            "Ansvarig part": "Huddinge kommun",
            "Enhet": "Gatukontoret",
            "Ansvarig för genomförandet": "Områdeschef",
            "Medverkande parter": "Polismyndigheten, polisområde Stockholm syd",
            "Behov": "1. Stråket är mörkt.\n2. Många undviker torget.",
            "Mål": "Alla lyktor längs stråket lyser.",
            "Mått": "Lyktor",
            "Enhet för måttet": "antal",
            "Utgångsvärde": Decimal("-2.5"),
            "Målvärde": 40,
            "Utfall hittills": 12,
            "Måluppfyllelse": "",
            "Start": date(2023, 3, 1),
            "Slut": date(2024, 9, 15),
            "Återkommande": "ja",
            "Intern": "",
            "Läget den": date(2024, 8, 31),
            "Senast skrivet": date(2024, 8, 31),
            "Vad har hänt": "Tolv är uppe.",
            "Vad behövs": "=Ett beslut\nav styrgruppen",
            "Vem behöver besluta": "Styrgruppen",
            "Beredning": "Beslutad",
            "Adress": "http://127.0.0.1:8000/2023-2024/aktiviteter/1/",
        }
    ]


def test_a_row_of_csv_tells_the_same_in_text(belysning, coordinator):
    (excel,), (row,) = rows_of(coordinator.get(XLSX)), rows_of(coordinator.get(CSV))

    assert row.keys() == excel.keys()
    assert (row["Utgångsvärde"], row["Målvärde"], row["Slut"]) == ("-2,5", "40", "2024-09-15")
    assert (row["Vad behövs"], row["Försenad"]) == ("=Ett beslut\nav styrgruppen", "ja")


def test_as_of_an_earlier_day_it_tells_what_was_known_then(belysning, coordinator):
    response = coordinator.get(f"{XLSX}?per=2024-04-15")
    (row,) = rows_of(response)

    assert (row["Status"], row["Läget den"], row["Vad behövs"]) == (
        "Enligt plan",
        date(2024, 3, 31),
        "",
    )
    assert row["Försenad"] == ""
    assert 'filename="aktiviteter-2023-2024-2024-04-15.xlsx"' in response["Content-Disposition"]
    assert about(response)["Läget per"] == datetime.fromisoformat("2024-04-15")


def test_an_activity_that_nobody_has_followed_up_has_empty_cells(agreement, coordinator):
    ActivityFactory(title="Ny", done=True)
    ActivityFactory(title="Tyst", draft=True)

    done, silent = rows_of(coordinator.get(XLSX))

    assert (done["Status"], done["Måluppfyllelse"]) == ("Genomförd", "Uppnått")
    assert (silent["Status"], silent["Läget den"], silent["Utfall hittills"]) == ("", "", "")
    assert (silent["Beredning"], silent["Geografiska områden"]) == ("Utkast", "Hela kommunen")


@pytest.mark.parametrize("address", [XLSX, CSV])
@pytest.mark.parametrize("title", ["=1+1", "+46", "-5", "@a", "=cmd|' /C calc'!A0", "'=1", "'tis", "#N/A"])
def test_a_title_that_looks_like_a_formula_comes_back_unchanged(address, title, agreement, coordinator):
    ActivityFactory(title=title)

    assert names_of(coordinator.get(address)) == [title]


# --- Which rows ------------------------------------------------------------------------------------------------------


@rows
def every_stage(agreement, huge, polisen):
    ActivityFactory(title="Huges beslutade", at_risk=True)
    ActivityFactory(title="Polisens beslutade", lead=polisen)
    ActivityFactory(title="Huges utkast", draft=True)
    ActivityFactory(title="Polisens utkast", lead=polisen, draft=True)
    ActivityFactory(title="Polisens förslag med Huge", lead=polisen, proposed=True, contributors=[huge])
    ActivityFactory(title="Huges interna", internal=True)
    ActivityFactory(title="Polisens interna", lead=polisen, internal=True)


@pytest.mark.parametrize("role", ["lasare", "huge_rep", "polis_rep", "handlaggare", "samordnare", "admin"])
@pytest.mark.parametrize("query", ["", "?part=huge", "?status=utkast", "?sok=Polisens&sortera=namn"])
def test_each_role_gets_exactly_what_the_list_shows(role, query, every_stage, client_for, request):
    client = client_for(request.getfixturevalue(role))

    listed = [
        activity.title for activity in client.get(f"/2023-2024/aktiviteter/{query}").context["page_obj"]
    ]

    assert (names_of(client.get(XLSX + query)) if listed else []) == listed
    assert (names_of(client.get(CSV + query)) if listed else []) == listed


@pytest.mark.parametrize("address", [XLSX, CSV])
def test_nothing_of_what_a_reader_may_not_see_is_in_the_file(address, every_stage, lasare, client_for):
    response = client_for(lasare).get(address)

    assert names_of(response) == ["Huges beslutade", "Polisens beslutade"]
    if address == XLSX:
        facts = about(response)
        assert (facts["varav inte beslutade"], facts["varav interna"]) == (0, 0)
        assert facts["Vem får läsa filen"] == OPEN


def test_all_pages_of_the_list_are_in_the_file(agreement, coordinator):
    for number in range(51):
        ActivityFactory(title=f"Nummer {number}")

    assert len(names_of(coordinator.get(f"{XLSX}?sida=2"))) == 51


def test_a_file_without_hits_has_its_headers(agreement, coordinator):
    response = coordinator.get(f"{XLSX}?sok=finns+inte")

    assert rows_of(response) == []
    assert about(response)["Antal aktiviteter"] == 0


# --- What it says of itself ------------------------------------------------------------------------------------------


def test_the_second_sheet_says_what_the_file_is(every_stage, coordinator):
    facts = about(coordinator.get(f"{XLSX}?part=huge&sortera=namn&sok=huges"))

    assert facts.pop("Filen skapades").date() == date(2024, 9, 30)
    assert "och planens uppgifter gäller dagen i Läget per." in facts.pop("Vad som gäller när")
    assert facts == {
        "Överenskommelse": "Samverkansöverenskommelse 2023–2024",
        "Läget per": datetime.fromisoformat("2024-09-30"),
        "Filter": "Huge, ”huges”",
        "Sorterade efter": "Namn",
        "Antal aktiviteter": 3,
        "varav inte beslutade": 1,
        "varav interna": 1,
        "Visar vad rollen får se": "Samordnare",
        "Vem får läsa filen": WITHHELD,
    }


def test_a_filter_that_cannot_be_used_is_left_out_and_told(every_stage, coordinator):
    facts = about(
        response := coordinator.get(f"{XLSX}?part=finns-inte&per=2031-01-01&sortera=x&status=avviker")
    )

    assert rows_of(response) == []
    assert facts["Kunde inte användas i filtret"].split("\n") == [
        "Ansvarig part: Den parten finns inte.",
        "Läget per: Dagen har inte varit än. Välj dagens datum eller ett tidigare.",
        "Sortera efter: Det går inte att sortera så.",
    ]
    assert (facts["Filter"], facts["Sorterade efter"]) == ("Avviker", "Nummer")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (CSV, "text/csv; charset=utf-8"),
    ],
)
def test_the_file_is_saved_and_kept_by_nobody_between(address, kind, agreement, coordinator):
    response = coordinator.get(address)

    name = f"aktiviteter-2023-2024-2024-09-30.{address[-4:].strip('.')}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("ending", ["ods", "xls", "XLSX", "xlsx/", ""])
def test_other_endings_are_no_files(ending, agreement, coordinator):
    assert coordinator.get(f"/2023-2024/aktiviteter/export.{ending}").status_code == 404


# --- The list's links ------------------------------------------------------------------------------------------------


def test_the_list_leads_to_files_of_what_it_shows(every_stage, coordinator):
    page = coordinator.get("/2023-2024/aktiviteter/?part=huge&per=2024-09-01&sida=1").content.decode()

    for address in (XLSX, CSV):
        assert f'href="{address}?part=huge&amp;per=2024-09-01"' in page


def test_the_list_offers_no_file_of_nothing(every_stage, coordinator):
    assert "export." not in coordinator.get("/2023-2024/aktiviteter/?sok=finns+inte").content.decode()
