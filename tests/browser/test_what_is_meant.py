"""What a person writes is read as it was meant; what could mean two things is asked about, with every word kept."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from activities.models import Activity, FollowUp
from tests.browser.support.fit import axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, HUGE, choose, faults, happened, receipt, save
from tests.factories import ActivityFactory, RoundFactory

EITHER = pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
TEXT = "Vi har köpt lyktor till hela stråket."


@pytest.fixture
def belysning(live_server, agreement, huge_rep, samordnare) -> Activity:
    activity = ActivityFactory(
        title="Belysning längs stråket",
        reporters=[huge_rep],
        measure="Kostnad",
        measure_unit="kr",
        starts_on=date(2024, 2, 1),
        ends_on=date(2024, 12, 31),
    )
    RoundFactory()
    return activity


def outcome(page: Page):
    return page.get_by_label("Utfall hittills")


def question(page: Page):
    return page.get_by_role("group", name="Vilket tal menar du?")


@EITHER
def test_a_number_that_could_be_two_is_asked_about_at_its_box(js, belysning, open_page):
    page = open_page(f"{belysning.get_absolute_url()}folj-upp/", HUGE, js=js)
    choose(page, "Enligt plan")
    happened(page).fill(TEXT)
    outcome(page).fill("12.600")
    save(page)

    expect(faults(page)).to_contain_text("Menar du 12 600 eller 12,6? Välj ett av talen.")
    expect(outcome(page)).to_have_value("12.600")
    expect(happened(page)).to_have_value(TEXT)
    assert not FollowUp.objects.exists()
    assert too_wide(page) == {}
    assert not js or axe_faults(page) == []

    question(page).get_by_label("12 600 kr").check()
    save(page)

    expect(receipt(page)).to_contain_text("Utfallet är sparat som 12 600 kr.")
    expect(page.get_by_text("Senaste utfall 12 600 kr", exact=True)).to_be_visible()
    assert FollowUp.objects.get().actual == 12600


def test_whoever_writes_another_number_instead_of_choosing_is_heard(belysning, open_page):
    page = open_page(f"{belysning.get_absolute_url()}folj-upp/", HUGE, js=False)
    choose(page, "Enligt plan")
    outcome(page).fill("12.600")
    save(page)
    question(page).get_by_label("12,6 kr").check()
    outcome(page).fill("15 000 kr")
    save(page)

    expect(receipt(page)).to_contain_text("Utfallet är sparat som 15 000 kr.")


def test_a_day_is_read_as_people_write_it_and_answered_once_when_it_is_none(belysning, open_page):
    draft = ActivityFactory(draft=True, starts_on=date(2024, 2, 1), ends_on=date(2024, 12, 31))
    page = open_page(f"{draft.get_absolute_url()}redigera/", COORDINATOR)
    end = page.get_by_label("Slut", exact=True)
    end.fill("2024-02-30")
    save(page, "Spara utkast")

    expect(faults(page)).to_contain_text("Slut: Februari 2024 har 29 dagar.")
    expect(page.get_by_text("Skriv ett datum som")).to_have_count(0)
    expect(end).to_have_value("2024-02-30")
    assert too_wide(page) == {}

    end.fill("30/11")
    save(page, "Spara utkast")
    expect(receipt(page)).to_contain_text("Ändringarna är sparade.")
    draft.refresh_from_db()
    assert draft.ends_on == date(2024, 11, 30)
