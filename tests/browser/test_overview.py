"""The coordinator goes from each figure on Översikt to the rows behind it, and counts them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.support.steps import COORDINATOR, faults

OVERVIEW = "/2023-2024/oversikt/"


def rows(page: Page) -> Locator:
    """The activities of the list."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader"))


def figure(page: Page, label: str) -> Locator:
    return page.get_by_role("region", name="Behöver uppmärksamhet").get_by_role("link", name=label)


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("Avviker", 4),
        ("Risk för avvikelse", 3),
        ("Försenade", 3),
        ("Sen start", 2),
        ("Inte uppdaterade", 3),
    ],
)
def test_a_figure_leads_to_exactly_its_rows(label, count, demo, open_page):
    page = open_page(OVERVIEW, COORDINATOR)
    expect(figure(page, label)).to_have_text(re.compile(rf"^\s*{count}\s*{label}"))

    figure(page, label).click()

    expect(rows(page)).to_have_count(count)


@pytest.mark.parametrize("js", [True, False])
def test_as_of_an_earlier_day_the_rows_are_that_days(js, demo, open_page):
    page = open_page(OVERVIEW, COORDINATOR, js=js)
    page.get_by_text("Visa en annan dag").click()
    page.get_by_label("Visa läget per").fill("31 augusti 2024")
    page.get_by_role("button", name="Visa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Läget den 31 augusti 2024")
    legend = page.locator(".legend").get_by_role("link")
    expect(legend).to_have_text(
        [
            re.compile(rf"{label}\s+{count}\s*$")
            for label, count in {
                "Avviker": 4,
                "Risk för avvikelse": 3,
                "Enligt plan": 10,
                "Inte påbörjad": 2,
                "Genomförd": 9,
                "Avbruten": 1,
            }.items()
        ]
    )

    legend.filter(has_text="Enligt plan").click()

    expect(page.get_by_text("Läget den 31 augusti 2024")).to_be_visible()
    expect(rows(page)).to_have_count(10)


def test_a_day_that_has_not_been_is_told_and_the_page_lives(demo, open_page):
    page = open_page(f"{OVERVIEW}?per=2025-01-01", COORDINATOR)

    expect(page).to_have_title("Fel: Översikt – Samverkan")
    faults(page).get_by_role("link", name="Dagen har inte varit än.").click()

    expect(page.get_by_label("Visa läget per")).to_be_focused()
    expect(figure(page, "Avviker")).to_contain_text("4")


def test_a_cell_leads_to_its_rows_and_a_gap_to_its_need(demo, open_page):
    page = open_page(OVERVIEW, COORDINATOR)
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Gängkriminalitet"))

    row.get_by_role("link", name="1 lucka i Vårby").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Behov")
    expect(page.locator("main")).to_contain_text("Vårby")
    page.go_back()
    row.get_by_role("link", name="2 aktiviteter i Vårby. 1 med risk").click()

    expect(rows(page)).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("Gängkriminalitet, Vårby")


def test_a_party_leads_to_what_is_left_for_it(demo, open_page):
    page = open_page(OVERVIEW, COORDINATOR)

    page.get_by_role("link", name="1 kvar för Polisen").click()

    expect(rows(page)).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("Polisen, Inte uppdaterad")


def test_a_phone_shows_what_deviates_first_in_each_area_and_the_table_stays_a_table(demo, open_page):
    page = open_page(OVERVIEW, COORDINATOR, size="phone")
    table = page.get_by_role("table", name="Antal aktiviteter och det allvarligaste läget")
    expect(table.get_by_role("columnheader")).to_have_count(6)

    for row in table.get_by_role("row").filter(has=page.get_by_role("rowheader")).all():
        cells = [(cell.bounding_box(), cell.inner_text()) for cell in row.get_by_role("cell").all()]
        seen = [text for _, text in sorted(cells, key=lambda cell: (cell[0]["y"], cell[0]["x"]))]
        ranks = [0 if "avviker" in text else 1 if "risk" in text else 2 for text in seen]
        assert (len(seen), ranks) == (5, sorted(ranks))
        assert min(ranks) < 2
