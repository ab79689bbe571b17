"""The coordinator reads a round: from the menu, the worst first, to *Ta fram rapporten*."""

import pytest
from playwright.sync_api import Page, expect

from activities.models import Question, ReadMark
from tests.browser.support.fit import SIZES
from tests.browser.support.steps import COORDINATOR, receipt, save
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory

QUESTION = "Vem tar upp det i styrgruppen?"


@pytest.fixture
def answered(live_server, agreement, huge_rep, samordnare):
    """Huge has followed up two of three activities."""
    round = RoundFactory()
    for title, trait in (("Rena gårdar", "on_track"), ("Ljusa stråk", "off_track")):
        FollowUpFactory(activity=ActivityFactory(title=title), round=round, author=huge_rep, **{trait: True})
    ActivityFactory(title="Trygga trapphus")


def articles(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading").all_inner_texts()


@pytest.mark.parametrize(
    ("size", "js"), [("desk", True), ("phone", False)], ids=["desktop", "phone without JavaScript"]
)
def test_from_the_menu_to_the_report(size, js, answered, open_page):
    page = open_page("/2023-2024/oversikt/", COORDINATOR, size=size, js=js)
    if size == "phone":
        page.get_by_text("Meny", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Omgångar").first.click()
    page.get_by_role("link", name="Delår per 31 augusti 2024").first.click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("2 uppföljningar är olästa.")
    assert articles(page) == ["Ljusa stråk", "Rena gårdar"]
    headings = main.locator("h3.desk-head").all_inner_texts()
    assert [each.strip() for each in headings] == ["Avviker", "Inte uppdaterad", "Enligt plan"]

    it_asks_in_place(page)
    for left in ("1 uppföljning är oläst.", "Du har läst alla uppföljningar."):
        page.get_by_role("button", name="Markera som läst").first.click()
        expect(main).to_contain_text(left)
    assert ReadMark.objects.count() == 2

    page.get_by_role("link", name="Stäng omgången").click()
    save(page, "Stäng omgången")
    expect(receipt(page)).to_be_visible()
    page.get_by_role("link", name="Ta fram rapporten").click()
    expect(page.get_by_role("main")).to_contain_text("31 augusti 2024")
    assert page.url.endswith("/rapporter/forhandsvisning/?per=2024-08-31")


def it_asks_in_place(page: Page) -> None:
    off_track = page.get_by_role("article").first
    off_track.get_by_text("Fråga om den här uppföljningen").click()
    off_track.get_by_label("Vad undrar du över?").fill(QUESTION)
    off_track.get_by_role("button", name="Lämna tillbaka med frågan").click()
    expect(page.get_by_role("article").first).to_contain_text(QUESTION)
    assert Question.objects.get().text == QUESTION


@pytest.mark.parametrize("size", SIZES)
def test_the_menu_keeps_within_the_page(size, answered, open_page):
    page = open_page("/2023-2024/omgangar/", COORDINATOR, size=size)

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if size != "phone":
        tops = {each.bounding_box()["y"] for each in page.locator("nav a:visible", has_text="Omgångar").all()}
        tops |= {
            each.bounding_box()["y"] for each in page.locator("nav a:visible", has_text="Översikt").all()
        }
        assert len(tops) == 1
