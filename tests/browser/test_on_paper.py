"""An activity on paper: what can be pressed on the page is not printed."""

from playwright.sync_api import expect

from tests.browser.support.steps import COORDINATOR

PRESSED = ".tick, .follow-up-links, .milestones-edit, .folded-form, .parts a.small, .page-head .actions"


def test_a_printed_activity_has_nothing_to_press(demo, open_page):
    page = open_page("/2023-2024/aktiviteter/14/", COORDINATOR)
    found = page.locator("main").locator(PRESSED)
    expect(found.first).to_be_visible()

    page.emulate_media(media="print")

    assert [one.inner_text() for one in found.all() if one.is_visible()] == []
