"""While a report is made, which takes some seconds, its button says so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.support.steps import OFFICIAL
from tests.factories import ActivityFactory

FILES, CHOOSE = "**/uppfoljning.pdf*", "/2023-2024/rapporter/"
pytestmark = pytest.mark.usefixtures("agreement", "handlaggare")


@contextmanager
def held(page: Page) -> Iterator[list[Route]]:
    """The requests for a file, which wait until they are let through."""
    waiting: list[Route] = []
    page.route(FILES, lambda route: waiting.append(route))  # noqa: PLW0108 -- Playwright takes no method of a list
    yield waiting
    page.unroute(FILES)


@pytest.mark.parametrize(
    ("address", "role"), [(CHOOSE, "button"), (f"{CHOOSE}forhandsvisning/?per=2024-08-31", "link")]
)
def test_the_button_says_so_and_asks_once(address, role, open_page):
    page = open_page(address, OFFICIAL)
    button = page.get_by_role(role, name="Ladda ner PDF")
    busy = page.get_by_role(role, name="Rapporten tas fram …")

    with held(page) as waiting, page.expect_download() as download:
        button.click()
        expect(busy).to_be_disabled()
        busy.click(force=True)
        assert len(waiting) == 1
        waiting[0].continue_()

    assert download.value.suggested_filename.startswith("uppfoljning-2023-2024-per-")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    expect(button).to_be_enabled()
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))


def test_it_can_be_pressed_again_after_going_away_and_back(open_page):
    page = open_page(CHOOSE, OFFICIAL)
    with held(page):
        page.get_by_role("button", name="Ladda ner PDF").click()
        expect(page.get_by_role("button", name="Rapporten tas fram …")).to_be_visible()
        page.get_by_role("link", name="Aktiviteter").first.click()
        expect(page).to_have_title("Aktiviteter – Samverkan")

    page.go_back()

    expect(page.get_by_role("button", name="Ladda ner PDF")).to_be_enabled()


def test_a_part_of_the_agreement_is_chosen_in_one_list_and_named_in_its_address(open_page, huge):
    ActivityFactory(title="Belysning längs stråket", lead=huge, on_track=True)
    page = open_page(CHOOSE, OFFICIAL)

    page.get_by_label("Rapporten omfattar").select_option("Huge Bostäder AB")
    page.get_by_role("button", name="Förhandsgranska").click()

    expect(page).to_have_url(re.compile(r"/forhandsvisning/\?per=2024-09-30&part=huge$"))
    expect(page.get_by_role("heading", level=2).first).to_have_text("Sammanfattning: Huge")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner PDF").click()
    assert download.value.suggested_filename == "uppfoljning-2023-2024-huge-per-2024-09-30.pdf"
    page.get_by_role("link", name="Välj annan dag eller omfattning").click()
    expect(page.get_by_label("Rapporten omfattar")).to_have_value("part:huge")


def test_a_part_is_taken_home_straight_from_the_form(open_page):
    page = open_page(CHOOSE, OFFICIAL)
    page.get_by_label("Rapporten omfattar").select_option("Hela kommunen")

    with page.expect_download() as download:
        page.get_by_role("button", name="Ladda ner PDF").click()

    assert download.value.suggested_filename == "uppfoljning-2023-2024-hela-kommunen-per-2024-09-30.pdf"


def test_a_day_that_will_not_do_gets_its_sentence(open_page, watch):
    watch.expected.add(400)
    page = open_page(CHOOSE, OFFICIAL)
    page.get_by_label("Uppgifter per").fill("i går")

    page.get_by_role("button", name="Ladda ner PDF").click()

    expect(page).to_have_title("Fel: Rapporter – Samverkan")
    expect(page.get_by_label("Uppgifter per")).to_have_value("i går")
