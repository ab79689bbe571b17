"""*Rapporter*: choosing a day, previewing the report and downloading it; a wrong day gets an error message."""

from io import BytesIO
from itertools import pairwise

import html5lib
import pytest
from pypdf import PdfReader

from tests.factories import ActivityFactory, AgreementFactory, RoundFactory

pytestmark = pytest.mark.one_database

CHOOSE, PREVIEW, PDF = (f"/2023-2024/rapporter/{end}" for end in ("", "forhandsvisning/", "uppfoljning.pdf"))


@pytest.fixture
def official(client_for, handlaggare, agreement):
    return client_for(handlaggare)


def per(response) -> str:
    """The value of the field."""
    return response.context["form"]["per"].value()


# --- Choosing ----------------------------------------------------------------------------------------------
def test_the_newest_round_that_has_opened_is_suggested(official, agreement):
    RoundFactory(
        as_of="2024-03-31", label="Våren", opens_on="2024-04-01", due_on="2024-04-12", closed_on="2024-04-26"
    )
    RoundFactory()
    RoundFactory(planned=True)

    response = official.get(CHOOSE)

    assert per(response) == "31 augusti 2024"
    assert [phase.round.label for phase in response.context["phases"]] == [
        "Delår per 31 augusti 2024",
        "Våren",
    ]
    page = response.content.decode()
    assert f'href="{PREVIEW}?per=2024-03-31">Våren</a>' in page
    assert f'href="{PDF}?per=2024-03-31"' in page
    assert "Öppen, sista dagen har passerat" in page
    assert "Stängd 26 april 2024" in page


def test_a_round_that_can_still_be_answered_in_time_says_until_when(official):
    RoundFactory(due_on="2024-09-30")

    assert "Öppen, sista dag 30 september 2024" in official.get(CHOOSE).content.decode()


def test_one_that_another_has_replaced_says_since_when(official):
    RoundFactory(as_of="2024-03-31", label="Våren", opens_on="2024-04-01", due_on="2024-08-12")
    RoundFactory()

    page = official.get(CHOOSE).content.decode()

    assert "Upphörde 1 september 2024" in page
    assert page.count("Öppen") == 1


def test_without_a_round_today_is_suggested(official):
    assert per(official.get(CHOOSE)) == "30 september 2024"


def test_an_agreement_that_has_not_begun_has_no_report_yet(client_for, samordnare, agreement):
    AgreementFactory(next_period=True)
    client = client_for(samordnare)

    page = client.get("/2025-2026/rapporter/").content.decode()
    refused = client.get("/2025-2026/rapporter/forhandsvisning/?per=2025-01-01")

    assert "Överenskommelsen har inte börjat gälla" in page
    assert '<form method="get"' not in page
    assert refused.status_code == 400
    assert refused.context["form"].errors["per"] == [
        "Överenskommelsen gäller från 1 januari 2025. Först då går det att ta fram en rapport."
    ]


# --- A wrong day --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [PREVIEW, PDF])
@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("i går", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("2024-02-30", "Februari 2024 har 29 dagar."),
        ("31 foo 2024", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("2024-08-31\x00", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("<b>2024</b>", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("9" * 100_000, "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("2022-12-31", "Överenskommelsen gäller från 1 januari 2023. Välj den dagen eller en senare."),
        ("0001-01-01", "Överenskommelsen gäller från 1 januari 2023. Välj den dagen eller en senare."),
        ("1/10 2024", "1 oktober 2024 har inte varit än. Välj 30 september 2024 eller en tidigare dag."),
        ("9999-12-31", "31 december 9999 har inte varit än. Välj 30 september 2024 eller en tidigare dag."),
    ],
    ids=lambda text: text[:12].strip() or "nothing",
)
def test_a_day_that_will_not_do_gets_a_sentence_and_is_kept(official, address, written, sentence):
    response = official.get(address, {"per": written})

    assert response.status_code == 400
    assert response.context["form"].errors == {"per": [sentence]}
    assert per(response) == written
    page = response.content.decode()
    assert page.count(sentence) == 2  # at the top and at the field
    assert "<title>Fel: Rapporter – Samverkan</title>" in page
    assert "<b>2024</b>" not in page


def test_no_day_at_all_asks_for_one(official):
    response = official.get(PREVIEW)

    assert response.status_code == 400
    assert "per" in response.context["form"].errors


@pytest.mark.parametrize(
    "written", ["2024-08-31", "20240831", "31/8 2024", " 31  augusti 2024 ", "31 aug 2024"]
)
def test_a_day_may_be_written_in_many_ways(official, written):
    response = official.get(PREVIEW, {"per": written})

    assert response.status_code == 200
    assert response.context["report"].as_of.isoformat() == "2024-08-31"


@pytest.mark.parametrize("day", ["2023-01-01", "2024-09-30"])
def test_the_first_day_and_the_present_one_will_do(official, day):
    assert official.get(PREVIEW, {"per": day}).context["report"].as_of.isoformat() == day


def test_a_day_after_the_agreements_end_will_do_once_it_has_come(
    client_for, handlaggare, agreement, settings
):
    settings.SAMVERKAN_TODAY = settings.SAMVERKAN_TODAY.replace(year=2025)

    response = client_for(handlaggare).get(PREVIEW, {"per": "2025-02-01"})

    assert response.context["report"].as_of.isoformat() == "2025-02-01"


# --- The report ----------------------------------------------------------------------------------------------
def test_the_page_and_the_file_say_the_same(official):
    ActivityFactory(
        title="Belysning längs stråket", off_track=True, follow_up__what_happened="Kabeln är av sedan i juni."
    )

    page = official.get(PREVIEW, {"per": "2024-08-31"}).content.decode()
    response = official.get(PDF, {"per": "2024-08-31"})
    file = " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split()
    )

    for sentence in (
        "1. Belysning längs stråket",
        "Kabeln är av sedan i juni.",
        "Den enda aktiviteten avviker.",
        "30 september 2024, inte fastställd",
    ):
        assert sentence in page
        assert sentence in file


def test_the_file_has_a_name_and_stays_private(official):
    response = official.get(PDF, {"per": "2024-08-31"})

    assert response.headers["Content-Type"] == "application/pdf"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="uppfoljning-2023-2024-per-2024-08-31.pdf"'
    )
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"%PDF")


def test_when_the_file_cannot_be_made_the_choice_is_kept(official, monkeypatch):
    def fail(*args, **kwargs):
        raise MemoryError

    monkeypatch.setattr("weasyprint.HTML.write_pdf", fail)

    response = official.get(PDF, {"per": "31/8 2024"})

    assert response.status_code == 503
    assert "PDF-filen gick inte att göra just nu." in response.content.decode()
    assert per(response) == "31/8 2024"


@pytest.mark.parametrize("address", [CHOOSE, f"{PREVIEW}?per=2024-08-31", f"{PREVIEW}?per=igår"])
def test_the_markup_has_no_fault_and_its_headings_no_gap(official, address):
    ActivityFactory(off_track=True, follow_up__what_happened="<b>Fet & fin</b>")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)

    document = parser.parse(official.get(address).content.decode())

    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert sorted(ids) == sorted(set(ids))
    main = next(element for element in document.iter() if element.get("id") == "main")
    levels = [int(element.tag[1]) for element in main.iter() if element.tag in {"h1", "h2", "h3", "h4"}]
    levels = levels[levels.index(1) :]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
