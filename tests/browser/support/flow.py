"""From the reminder in the mailbox to two updates, as a person makes them: one click is the mail's own button."""

from playwright.sync_api import Page, expect

from tests.browser.support.clicks import Clicks
from tests.browser.support.steps import choose, happened, receipt, save, unchanged

NEWS = "Bovärdarna har gått igenom trapphusen."


def open_mail(page: Page, html: str) -> Clicks:
    """Shows the mail, and counts from there."""
    page.goto("/tillganglighet/")
    page.set_content(html)
    page.evaluate(
        "() => { delete window.countsClicks; }"
    )  # a document that is written anew hears nothing of before
    return Clicks(page)


def to_my_work(page: Page) -> None:
    page.get_by_role("link", name="Uppdatera nu").click()
    expect(page).to_have_title("Mitt arbete – Samverkan")


def two_updates_with_news(page: Page, html: str) -> int:
    """How many clicks it takes, the mail's included: a new state and a text for each."""
    clicks = open_mail(page, html)
    to_my_work(page)
    for label in ("Spara och gå till nästa", "Spara uppföljning"):
        choose(page, "Risk för avvikelse")
        happened(page).click()
        page.keyboard.type(NEWS)
        save(page, label)
        expect(receipt(page)).to_be_visible()
    expect(receipt(page)).to_contain_text("Allt är uppdaterat")
    return clicks.count


def two_without_news(page: Page, html: str) -> int:
    """How many clicks it takes when nothing has changed."""
    clicks = open_mail(page, html)
    to_my_work(page)
    unchanged(page)
    expect(receipt(page)).to_contain_text("1 aktivitet kvar")
    unchanged(page)
    expect(receipt(page)).to_contain_text("Allt är uppdaterat")
    return clicks.count
