"""One's own calendar and the year in a browser: an address copied with one press, and the wheel where there is room."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.browser.support.fit import axe_faults_by_size, too_wide
from tests.browser.support.steps import HUGE
from tests.factories import RoundFactory

PAGE = "/konto/kalender/"


@pytest.fixture
def huges_days(live_server, agreement, huge_rep, samordnare):
    RoundFactory()


def program_reads(address: str) -> int:
    """What a calendar program, which has not signed in, is answered at the address that was copied."""
    return Client().get(address[address.index("/kalender/") :]).status_code


def test_an_address_is_made_copied_renewed_and_revoked(huges_days, open_page):
    page = open_page("/konto/", HUGE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Kalenderadress").click()
    page.get_by_role("button", name="Skapa adress").click()

    page.get_by_role("button", name="Kopiera").click()
    expect(page.get_by_text("Kopierad", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Adress att klistra in").input_value()
    assert program_reads(copied) == 200

    page.get_by_role("button", name="Byt adress").click()
    expect(page.get_by_text("Adressen är utbytt.")).to_be_visible()
    renewed = page.get_by_label("Adress att klistra in").input_value()
    assert (program_reads(copied), program_reads(renewed)) == (404, 200)

    page.get_by_role("button", name="Ta bort adressen").click()
    expect(page.get_by_role("button", name="Skapa adress")).to_be_visible()
    assert program_reads(renewed) == 404
    page.context.clear_permissions()


def test_without_javascript_the_address_is_there_to_be_marked(huges_days, open_page):
    page = open_page(PAGE, HUGE, js=False)
    page.get_by_role("button", name="Skapa adress").click()

    assert program_reads(page.get_by_label("Adress att klistra in").input_value()) == 200
    expect(page.get_by_role("button", name="Kopiera")).to_be_hidden()


def test_the_page_with_an_address_fits_every_screen_and_everybody(huges_days, open_page):
    page = open_page(PAGE, HUGE)
    page.get_by_role("button", name="Skapa adress").click()
    expect(page.get_by_role("button", name="Kopiera")).to_be_visible()

    assert axe_faults_by_size(page) == {}
    assert too_wide(page) == {}


@pytest.mark.parametrize(("size", "has_room"), [("desk", True), ("phone", False)])
def test_the_wheel_stands_beside_the_list_where_there_is_room(size, has_room, huges_days, open_page):
    page = open_page("/2023-2024/arshjul/", HUGE, size=size)

    expect(page.get_by_role("img", name="Årshjulet 2024")).to_be_visible(visible=has_room)
    expect(page.locator(".day", has_text="Sista dagen att följa upp")).to_be_visible()
    page.get_by_role("link", name="2023", exact=True).click()
    expect(page.get_by_role("heading", name="Årshjul 2023")).to_be_visible()


WHEEL_COLOURS = """() => [...document.querySelectorAll('.wheel :is(.name, .year, .pointer, .arc, .dot)')].map(each => {
    const style = getComputedStyle(each)
    return each.matches('.pointer, .arc') ? style.stroke : style.fill
})"""


def test_the_wheel_is_seen_in_dark_colours_of_ones_own(huges_days, open_page):
    page = open_page("/2023-2024/arshjul/", HUGE)
    page.emulate_media(forced_colors="active", color_scheme="dark")

    colours = page.evaluate(WHEEL_COLOURS)

    ink, ground = page.evaluate(
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    )
    assert len(colours) > 12
    assert set(colours) == {ink}
    assert ink != ground
