"""The flows take no more clicks than promised, counted in the browser as a person makes them."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from activities.models import FollowUp
from tests.browser.support.clicks import Clicks
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    OFFICIAL,
    choose,
    happened,
    receipt,
    save,
    unchanged,
)
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory


@pytest.fixture
def two_wait(live_server, agreement, huge_rep, samordnare):
    """Two of Huge's activities without a follow-up in the open round."""
    RoundFactory()
    for title in ("Belysning längs stråket", "Städade gårdar"):
        activity = ActivityFactory(title=title, reporters=[huge_rep])
        FollowUpFactory(activity=activity, author=huge_rep, refers_on=date(2024, 3, 31))


def test_two_updates_take_six_clicks_from_my_work(two_wait, open_page):
    """Seven from the mail, whose button is the first."""
    page = open_page("/mitt-arbete/", HUGE)
    clicks = Clicks(page)

    for label in ("Spara och gå till nästa", "Spara uppföljning"):
        choose(page, "Risk för avvikelse")
        happened(page).click()
        page.keyboard.type("Leveransen dröjer.")
        save(page, label)
        expect(receipt(page)).to_be_visible()

    assert clicks.count == 6
    assert FollowUp.objects.filter(assessment="at_risk").count() == 2


def test_nothing_new_takes_one_click_each(two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE)
    clicks = Clicks(page)

    unchanged(page)
    expect(receipt(page)).to_contain_text("1 aktivitet kvar")
    unchanged(page)
    expect(receipt(page)).to_contain_text("Allt är uppdaterat")

    assert clicks.count == 2


def test_from_what_deviates_to_its_rows_is_one_click(demo, open_page):
    page = open_page("/", COORDINATOR)
    clicks = Clicks(page)

    page.get_by_role("link", name="Avviker").first.click()
    expect(page.locator("table.activity-table tbody tr")).to_have_count(4)

    assert clicks.count == 1


def test_a_report_is_three_clicks_away(demo, open_page):
    page = open_page("/2023-2024/oversikt/", OFFICIAL)
    clicks = Clicks(page)

    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Rapporter").click()
    page.get_by_role("button", name="Förhandsgranska").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner PDF").click()

    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    assert clicks.count == 3
