"""Everything can be done with the keyboard, and one always sees where one is."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from activities.models import FollowUp
from tests.browser.support.steps import COORDINATOR, HUGE, OFFICIAL, chosen, happened, receipt
from tests.factories import ActivityFactory

LIST = "/2023-2024/aktiviteter/"
# What has the focus, and whether it is on the screen with a frame around it: its own or its label's.
FOCUS = """() => {
  const at = document.activeElement;
  const framed = [at, ...(at.labels || [])].some((one) => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = at.getBoundingClientRect();
  const seen = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: `${at.tagName} ${at.id || at.href || at.name || at.textContent.trim()}`, visible: framed && seen};
}"""


def walk(page: Page) -> dict[str, bool]:
    """Every stop of the Tab key until the page begins again, and whether one can see it."""
    stops: dict[str, bool] = {}
    for _ in range(100):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["name"].startswith("BODY"):
            return stops
        stops[stop["name"]] = stops.get(stop["name"], True) and stop["visible"]
    raise AssertionError(f"The Tab key never came around: {list(stops)[-5:]}")


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what is called so has the focus."""
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"The Tab key never came to {name}")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_every_stop_of_the_tab_key_can_be_seen(size, demo, open_page):
    page = open_page("/mitt-arbete/", "kriminalvard@example.com", size=size)
    stops = walk(page)
    page = open_page(f"{LIST}?sok=skolor", COORDINATOR, size=size)
    stops |= walk(page)
    page.goto("/2023-2024/rapporter/")
    stops |= walk(page)

    assert len(stops) > 30
    assert [name for name, visible in stops.items() if not visible] == []


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_first_stop_leads_past_the_menu(js, demo, open_page):
    page = open_page(LIST, COORDINATOR, js=js)
    skip = page.get_by_role("link", name="Hoppa till innehållet")

    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ny aktivitet")).to_be_focused()


def test_a_follow_up_needs_no_mouse(live_server, agreement, huge_rep, samordnare, open_page):
    activity = ActivityFactory(on_track=True)
    page = open_page(activity.get_absolute_url(), HUGE)
    chosen(page, "Enligt plan").focus()

    page.keyboard.press("ArrowDown")
    expect(chosen(page, "Risk för avvikelse")).to_be_checked()
    page.keyboard.press("Tab")
    expect(happened(page)).to_be_focused()
    page.keyboard.type("Leveransen dröjer.")
    for _ in range(3):  # what is needed, the outcome, the button
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(receipt(page)).to_be_focused()
    assert FollowUp.objects.get(assessment="at_risk").what_happened == "Leveransen dröjer."


def test_a_report_needs_no_mouse(demo, open_page):
    page = open_page("/2023-2024/oversikt/", OFFICIAL)
    tab_to(page, "Rapporter")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Rapporter – Samverkan")
    tab_to(page, "Förhandsgranska")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Ladda ner PDF")).to_be_visible()
    tab_to(page, "Ladda ner PDF")

    with page.expect_download() as download:
        page.keyboard.press("Enter")

    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_menu_of_a_phone_opens_with_the_keyboard(js, demo, open_page):
    page = open_page(LIST, COORDINATOR, js=js, size="phone")
    link = page.get_by_role("banner").get_by_role("link", name="Rapporter")
    expect(link).to_be_hidden()

    page.locator("details.menu > summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_title("Rapporter – Samverkan")


def test_escape_closes_the_menu_of_a_phone_and_a_click_beside_it_too(demo, open_page):
    page = open_page(LIST, COORDINATOR, size="phone")
    button = page.locator("details.menu > summary")
    link = page.get_by_role("banner").get_by_role("link", name="Rapporter")

    button.click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    expect(button).to_be_focused()

    button.click()
    expect(link).to_be_visible()
    page.get_by_role("contentinfo").click()
    expect(link).to_be_hidden()


def test_after_going_back_in_the_list_escape_still_closes_the_menu(demo, open_page):
    page = open_page(LIST, COORDINATOR, size="phone")
    page.locator("details.filters > summary").click()
    page.get_by_label("Status").select_option(label="Avviker")
    expect(page.get_by_role("status")).to_contain_text("4 av 29 aktiviteter")
    page.go_back()
    expect(page.get_by_role("status")).not_to_contain_text("4 av")

    page.locator("details.menu > summary").click()
    page.keyboard.press("Escape")

    expect(page.get_by_role("banner").get_by_role("link", name="Rapporter")).to_be_hidden()
