"""The main job from beginning to end, as three people do it: in the end the board reads what the party wrote."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    OFFICIAL,
    choose,
    chosen,
    deciders,
    faults,
    happened,
    needed,
    receipt,
    save,
    sign_in,
    sign_out,
)

TITLE = "Inventering och låsning av källare, förråd och tomma lokaler i Skogås"
HAPPENED = "Rondering har upphört sedan entreprenören lämnade fem trapphus den 23 september."
NEEDED = "Ett beslut om att anlita en ny entreprenör före årsskiftet."


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_what_the_party_writes_is_in_the_pdf_of_the_board(js, demo, open_page):
    page = open_page("/", js=js)

    sign_in(page, HUGE)
    the_party_says_off_track_without_what_is_needed(page)
    the_party_says_what_is_needed(page)
    sign_out(page, "Områdesutvecklare (demo)")

    sign_in(page, COORDINATOR)
    the_coordinator_sees_it_in_the_list(page)
    sign_out(page, "Samordnare trygghet (demo)")

    sign_in(page, OFFICIAL)
    text = the_official_takes_the_report_home(page)

    assert HAPPENED in text
    assert NEEDED in text


def the_party_says_off_track_without_what_is_needed(page: Page) -> None:
    expect(page).to_have_title("Mitt arbete – Samverkan")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_text("Följ upp igen").click()
    choose(page, "Avviker")
    happened(page).fill(HAPPENED)
    save(page)

    expect(page).to_have_title(f"Fel: Följ upp: {TITLE} – Samverkan")
    expect(faults(page)).to_contain_text("Beskriv vad som behövs när läget är Avviker.")
    expect(faults(page)).to_contain_text("Välj vem som behöver besluta när läget är Avviker.")
    expect(chosen(page, "Avviker")).to_be_checked()
    expect(happened(page)).to_have_value(HAPPENED)


def the_party_says_what_is_needed(page: Page) -> None:
    faults(page).get_by_role("link", name="Beskriv vad som behövs").click()
    needed(page).fill(NEEDED)
    deciders(page).get_by_label("Kommunstyrelsen").check()
    save(page)

    expect(page).to_have_title(f"{TITLE} – Samverkan")
    expect(receipt(page)).to_contain_text("Uppföljningen är sparad.")


def the_coordinator_sees_it_in_the_list(page: Page) -> None:
    expect(page).to_have_title("Översikt – Samverkan")
    page.get_by_role("link", name="Avviker").first.click()

    expect(page).to_have_title("Aktiviteter – Samverkan")
    row = page.get_by_role("row").filter(has_text=TITLE)
    expect(row).to_contain_text("Avviker")
    row.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text(HAPPENED)).to_be_visible()


def the_official_takes_the_report_home(page: Page) -> str:
    """The text of the PDF, on one line."""
    expect(page).to_have_title("Rapporter – Samverkan")
    page.get_by_label("Uppgifter per").fill("30 september 2024")
    page.get_by_role("button", name="Förhandsgranska").click()

    expect(page).to_have_title("Rapport, uppgifter per 30 september 2024 – Samverkan")
    expect(page.get_by_role("main")).to_contain_text(HAPPENED)
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner PDF").click()
    file = Path(download.value.path()).read_bytes()
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())
