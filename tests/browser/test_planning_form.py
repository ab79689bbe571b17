"""A joint activity is planned in four minutes: one page, few clicks, and nothing that only works with a mouse or with scripts."""

import pytest
from playwright.sync_api import Page, expect

from activities.models import Activity
from tests.browser.support.clicks import Clicks
from tests.browser.support.fit import SIZES, axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, HUGE, faults, receipt

LIST, OVERVIEW, NEW = "/2023-2024/aktiviteter/", "/2023-2024/oversikt/", "/2023-2024/aktiviteter/ny/"
TITLE = "Belysning och siktröjning vid stationen"
NEED = "Öppen narkotikahandel vid centrum och station"
SAVE = "Spara utkast"


def need(page: Page, words: str = NEED):
    return page.get_by_role("group", name="Behov").get_by_role("checkbox", name=words)


def places(page: Page):
    return page.get_by_role("group", name="Geografiska områden")


def area(page: Page):
    return page.get_by_label("Prioriterat område")


def the_chosen(page: Page, select) -> str:
    return select.evaluate("one => one.selectedOptions[0].textContent")


def choose(select, label: str) -> None:
    """Opens the list and takes a line in it: two presses of the button."""
    select.click()
    select.page.keyboard.press("Escape")
    select.dispatch_event("pointerdown")
    select.select_option(label=label)


def fill(page: Page, label: str, text: str) -> None:
    """Clicks into the box and types."""
    page.get_by_label(label, exact=True).click()
    page.keyboard.type(text)


def the_draft(title: str = TITLE) -> Activity:
    return Activity.objects.get(title=title)


@pytest.mark.parametrize("begin", [OVERVIEW, LIST])
def test_a_draft_is_saved_in_at_most_sixteen_clicks(begin, demo, open_page):
    page = open_page(begin, COORDINATOR)
    clicks = Clicks(page)

    page.get_by_role("link", name="Ny aktivitet").click()
    fill(page, "Namn", TITLE)
    need(page).click()
    choose(page.get_by_label("Ansvarig part", exact=True), "Huge Bostäder AB")
    fill(page, "Ansvarig för genomförandet", "Områdesutvecklare")
    page.get_by_role("group", name="Medverkande parter").get_by_label("Polisen").click()
    fill(page, "Start", "1/10 2024")
    fill(page, "Slut", "31 december 2024")
    page.get_by_role("button", name=SAVE).click()

    expect(receipt(page)).to_contain_text("Utkastet är sparat. Skicka det till Huge när det är klart.")
    assert clicks.count <= 16
    draft = the_draft()
    assert draft.priority_area.short_name == "ANDTS"
    assert {str(place) for place in draft.focus_areas.all()} == {"Flemingsberg", "Huddinge centrum"}
    assert [str(party.short_name) for party in draft.contributors.all()] == ["Polisen"]
    assert draft.needs.get().number == 4


def test_without_javascript_everything_is_there_and_can_be_chosen(demo, open_page):
    page = open_page(LIST, COORDINATOR, js=False)
    page.get_by_role("link", name="Ny aktivitet").click()
    expect(page.get_by_label("Sök bland behoven")).to_be_hidden()
    expect(page.get_by_role("group", name="Behov").get_by_role("checkbox")).to_have_count(9)

    page.get_by_label("Namn", exact=True).fill(TITLE)
    need(page).check()
    page.get_by_role("button", name=SAVE).click()

    expect(page).to_have_title("Fel: Ny aktivitet – Samverkan")
    faults(page).get_by_role("link", name="Välj ett prioriterat område.").click()
    expect(area(page)).to_be_in_viewport()
    expect(need(page)).to_be_checked()
    area(page).select_option(index=2)
    page.get_by_label("Ansvarig part", exact=True).select_option(label="Kriminalvården")
    page.get_by_label("Start", exact=True).fill("2024-10-01")
    page.get_by_label("Slut", exact=True).fill("2024-12-31")
    page.get_by_text("Fler uppgifter").click()
    page.get_by_label("Mätbart mål").fill("Alla lyktor lyser.")
    page.get_by_label("Frivårdsinspektör").check()
    page.get_by_role("button", name=SAVE).click()

    expect(receipt(page)).to_contain_text("Skicka det till Kriminalvården när det är klart.")
    assert [the_draft().goal, the_draft().reporters.get().email] == [
        "Alla lyktor lyser.",
        "kriminalvard@example.com",
    ]


def test_a_draft_needs_no_mouse(demo, open_page):
    page = open_page(LIST, HUGE)
    page.get_by_role("link", name="Ny aktivitet").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_title("Ny aktivitet – Samverkan")

    page.get_by_label("Namn", exact=True).focus()
    page.keyboard.type(TITLE)
    page.keyboard.press("Tab")
    expect(page.get_by_label("Sök bland behoven")).to_be_focused()
    page.keyboard.type("narkotikahandel")
    page.keyboard.press("Enter")  # searches, and saves nothing
    expect(page.get_by_text("Visar 1 av 9 behov.")).to_be_visible()
    page.keyboard.press("Tab")
    expect(need(page)).to_be_focused()
    page.keyboard.press("Space")
    assert the_chosen(page, area(page)).startswith("Alkohol")
    for _ in range(6):  # the area, four places, who is responsible
        page.keyboard.press("Tab")
    expect(page.get_by_label("Ansvarig för genomförandet")).to_be_focused()
    page.keyboard.type("Områdesutvecklare")
    for _ in range(6):  # five parties, the first day
        page.keyboard.press("Tab")
    page.keyboard.type("2024-10-01")
    page.keyboard.press("Tab")
    page.keyboard.type("2024-12-31")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Mätbart mål")).to_be_visible()
    page.get_by_role("button", name=SAVE).focus()
    page.keyboard.press("Enter")

    expect(receipt(page)).to_be_focused()
    assert the_draft().lead.slug == "huge"


def test_a_need_suggests_until_somebody_has_chosen(demo, open_page):
    page = open_page(NEW, COORDINATOR)
    need(page).check()
    expect(page.get_by_text("Ifyllt från behovet: område och geografiska områden.")).to_be_visible()
    expect(places(page).get_by_label("Flemingsberg")).to_be_checked()
    expect(places(page).get_by_label("Vårby")).not_to_be_checked()

    need(page, "Anlagda bränder").check()
    expect(places(page).get_by_label("Vårby")).to_be_checked()
    assert the_chosen(page, area(page)).startswith("Alkohol")

    places(page).get_by_label("Flemingsberg").uncheck()
    area(page).select_option(label="Gängkriminalitet")
    need(page, "Barn och unga rekryteras").check()
    expect(places(page).get_by_label("Flemingsberg")).not_to_be_checked()
    assert the_chosen(page, area(page)) == "Gängkriminalitet"


def test_what_was_chosen_before_is_never_taken_over_by_a_suggestion(demo, open_page):
    page = open_page("/2023-2024/aktiviteter/14/redigera/", COORDINATOR)
    before = the_chosen(page, area(page))
    need(page, "Anlagda bränder").check()
    assert the_chosen(page, area(page)) == before
    expect(places(page).get_by_label("Vårby")).not_to_be_checked()


def test_what_is_chosen_stays_in_sight_whatever_is_searched(demo, open_page):
    page = open_page(NEW, COORDINATOR)
    need(page).check()
    page.get_by_label("Sök bland behoven").fill("bränder skogås")
    expect(page.get_by_role("group", name="Behov").get_by_role("checkbox")).to_have_count(2)
    expect(need(page)).to_be_visible()
    expect(page.get_by_text("Visar 2 av 9 behov.")).to_be_visible()
    page.get_by_label("Sök bland behoven").fill("")
    expect(page.get_by_role("group", name="Behov").get_by_role("checkbox")).to_have_count(9)


def test_the_accounts_are_those_of_the_chosen_party(demo, open_page):
    page = open_page(NEW, COORDINATOR)
    page.get_by_text("Fler uppgifter").click()
    expect(page.get_by_label("Kommunpolis")).to_be_visible()

    page.get_by_label("Ansvarig part", exact=True).select_option(label="Huge Bostäder AB")
    expect(page.get_by_label("Kommunpolis")).to_be_hidden()
    page.get_by_label("Områdesutvecklare").check()

    page.get_by_label("Ansvarig part", exact=True).select_option(label="Kriminalvården")
    expect(page.get_by_label("Frivårdsinspektör")).to_be_visible()
    expect(page.get_by_label("Områdesutvecklare")).to_be_visible()  # ticked: never hidden


@pytest.mark.parametrize("size", SIZES)
def test_faults_are_found_from_the_top_also_in_what_was_folded(size, demo, open_page):
    page = open_page(NEW, COORDINATOR, size=size)
    page.get_by_text("Fler uppgifter").click()
    page.get_by_label("Målvärde").fill("många")
    page.get_by_text("Fler uppgifter").click()
    page.get_by_role("button", name=SAVE).click()

    expect(faults(page)).to_be_focused()
    faults(page).get_by_role("link", name="Skriv ett tal, till exempel 12,5.").click()
    expect(page.get_by_label("Målvärde")).to_be_in_viewport()
    expect(page.get_by_label("Målvärde")).to_have_value("många")
    assert axe_faults(page) == []
    assert too_wide(page) == {}


def test_on_a_phone_a_draft_is_changed_and_removed(demo, open_page):
    page = open_page(f"{NEW}?kopiera=5", HUGE, size="phone")
    page.get_by_label("Namn", exact=True).fill(TITLE)
    page.get_by_role("button", name=SAVE).click()
    expect(receipt(page)).to_contain_text("Skicka det till samordnaren när det är klart.")

    page.goto(f"{LIST}{the_draft().number}/redigera/")
    page.get_by_label("Slut", exact=True).fill("30/11 2024")
    page.get_by_role("button", name=SAVE).click()
    expect(receipt(page)).to_contain_text("Ändringarna är sparade.")

    page.goto(f"{LIST}{the_draft().number}/ta-bort/")
    assert axe_faults(page) == []
    assert too_wide(page) == {}  # it opens every menu
    page.reload()
    page.get_by_role("button", name="Ta bort utkastet").click()
    expect(receipt(page)).to_contain_text(f"Utkastet ”{TITLE}” är borttaget.")
    assert not Activity.objects.filter(title=TITLE).exists()


def test_the_coordinator_replaces_what_is_agreed(demo, open_page):
    page = open_page("/2023-2024/aktiviteter/14/redigera/", COORDINATOR)
    page.get_by_role("link", name="Ersätt aktiviteten").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ersätt aktivitet 14")
    page.get_by_label("Namn", exact=True).fill(TITLE)
    page.get_by_label("Varför ersätts den?").fill("Stationen byggs om.")
    page.get_by_role("button", name=SAVE).click()

    expect(receipt(page)).to_contain_text("Utkastet är sparat.")
    assert the_draft().replaces.number == 14
    page.goto(f"{LIST}14/")
    expect(page.get_by_text("Gäller tills den nya är beslutad.")).to_be_visible()
