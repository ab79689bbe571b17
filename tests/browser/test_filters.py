"""The list's filters: with JavaScript the hits follow every choice, without it the button *Visa* does the same."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from parties.models import User
from parties.roles import Role
from tests.browser.support.steps import COORDINATOR, faults

LIST = "/2023-2024/aktiviteter/"
ALL = re.compile(r"^\s*29 aktiviteter\.")


def hits(page: Page) -> Locator:
    """The sentence that counts them."""
    return page.get_by_role("status")


def pick(page: Page, label: str, choice: str) -> None:
    page.get_by_label(label).select_option(label=choice)


@pytest.fixture
def page(demo, open_page) -> Page:
    return open_page(LIST, COORDINATOR)


def test_the_hits_follow_each_choice_without_another_page(page, watch):
    expect(hits(page)).to_have_text(ALL)

    pick(page, "Status", "Avviker")
    expect(hits(page)).to_contain_text("4 av 29 aktiviteter. Avviker")
    expect(page.get_by_role("row")).to_have_count(1 + 4)
    expect(page).to_have_url(re.compile(r"[?&]status=avviker"))

    pick(page, "Ansvarig part", "Polisen")
    expect(hits(page)).to_contain_text("1 av 29 aktiviteter. Polisen, Avviker")
    assert len(watch.documents) == 1


def test_the_back_button_takes_back_one_choice_at_a_time(page):
    pick(page, "Status", "Avviker")
    expect(hits(page)).to_contain_text("4 av 29 aktiviteter.")
    pick(page, "Ansvarig part", "Polisen")
    expect(hits(page)).to_contain_text("1 av 29 aktiviteter.")

    page.go_back()
    expect(hits(page)).to_contain_text("4 av 29 aktiviteter. Avviker")
    expect(page.get_by_label("Ansvarig part")).to_have_value("")
    expect(page.get_by_label("Status")).to_have_value("avviker")

    page.go_back()
    expect(hits(page)).to_have_text(ALL)
    expect(page.get_by_label("Status")).to_have_value("")


def test_an_address_that_is_shared_shows_the_same(page, open_page):
    pick(page, "Status", "Försenad")
    expect(hits(page)).to_contain_text("3 av 29 aktiviteter. Försenad")

    other = open_page(page.url, COORDINATOR, js=False)

    expect(hits(other)).to_contain_text("3 av 29 aktiviteter. Försenad")
    expect(other.get_by_label("Status")).to_have_value("forsenad")


def test_the_hits_say_which_day_they_are_about(page):
    page.get_by_label("Läget per").fill("31/12 2023")
    page.get_by_label("Läget per").press("Tab")

    expect(page.get_by_text("Läget den 31 december 2023")).to_be_visible()


def test_a_day_that_cannot_be_used_is_told_at_once(page):
    page.get_by_label("Läget per").fill("i går")
    page.get_by_label("Läget per").press("Tab")

    expect(faults(page)).to_contain_text("Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.")
    expect(page.get_by_label("Läget per")).to_have_value("i går")

    page.get_by_label("Läget per").fill("")
    page.get_by_label("Läget per").press("Tab")
    expect(faults(page)).to_have_count(0)


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_button_shows_what_was_chosen(js, demo, open_page):
    page = open_page(LIST, COORDINATOR, js=js)

    page.get_by_label("Sök").fill("skolor")
    pick(page, "Status", "Enligt plan")
    page.get_by_role("button", name="Visa").click()

    expect(hits(page)).to_contain_text("2 av 29 aktiviteter. Enligt plan, ”skolor”")
    expect(page.get_by_role("row")).to_have_count(1 + 2)
    page.get_by_role("link", name="Rensa filter").click()
    expect(hits(page)).to_have_text(ALL)


def test_twelve_rows_are_in_sight_and_each_keeps_its_marks_on_one_line(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    # The demo's own line above the page is not there in a municipality's installation.
    demo_line = page.locator(".demo-bar").bounding_box()["height"]
    boxes = [row.bounding_box() for row in page.locator(".activity-table tbody tr").all()]

    assert max(box["height"] for box in boxes) <= 48
    assert boxes[11]["y"] + boxes[11]["height"] - demo_line <= 900
    filters = [field.bounding_box()["y"] for field in page.locator(".one-row :is(input, select)").all()]
    assert len(filters) == 7
    assert len(set(filters)) == 1
    marks = page.get_by_role("row").filter(has_text="Inte uppdaterad").first.locator(".pill, .state-text")
    middles = [box["y"] + box["height"] / 2 for box in (mark.bounding_box() for mark in marks.all())]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 3


def test_what_deviates_says_what_is_needed_and_who_decides(page):
    pick(page, "Status", "Avviker")

    needed = page.get_by_role("row").filter(has_text="Gemensam rutin för planering inför frigivning")
    expect(needed).to_contain_text("Styrgruppen: Parterna beslutar om rutinen")
    expect(needed).to_contain_text("Försenad sedan 31 dec. 2023")
    page.set_viewport_size({"width": 1280, "height": 900})
    for name in page.locator(".with-needs .name > div").all():
        assert name.evaluate("box => box.scrollHeight <= box.clientHeight"), name.inner_text()
    assert max(row.bounding_box()["height"] for row in page.locator(".activity-table tbody tr").all()) <= 48


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_on_a_phone_a_fault_leads_to_its_field_though_the_filters_are_folded(js, demo, open_page):
    page = open_page(f"{LIST}?per=i+går", COORDINATOR, js=js, size="phone")

    faults(page).get_by_role("link", name="Skriv ett datum").click()

    expect(page.get_by_label("Läget per")).to_be_in_viewport()


def test_on_a_phone_the_folded_filters_say_what_is_in_use(demo, open_page):
    page = open_page(LIST, COORDINATOR, size="phone")
    filters = page.locator("details.filters > summary")
    expect(page.get_by_label("Status")).to_be_hidden()

    filters.click()
    pick(page, "Status", "Avviker")
    filters.click()

    expect(page.get_by_label("Status")).to_be_hidden()
    expect(filters).to_have_text("Filter: Avviker")


def test_after_the_session_has_ended_a_choice_leads_to_the_sign_in(page):
    page.context.clear_cookies()

    pick(page, "Status", "Avviker")

    expect(page).to_have_title("Logga in – Samverkan")


def test_a_choice_that_cannot_be_answered_shows_the_page_that_says_why(page, watch):
    watch.expected.add(404)
    User.objects.update(role=Role.REPRESENTATIVE, party=None)  # who sees nothing of any party

    pick(page, "Status", "Avviker")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan finns inte")
    assert [said.partition(" from ")[0] for said in watch.troubles] == ["Response Status Error Code 404"]
    watch.troubles.clear()
