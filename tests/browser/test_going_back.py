"""Back in a browser that keeps the pages one has left, as people's browsers do.

Playwright turns that off unless told otherwise, so these stories have a browser of their own.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM, new_page, session_cookie
from tests.browser.support.steps import HUGE, choose, happened, receipt, save
from tests.factories import ActivityFactory

WORDS = "Sex lyktor är bytta."


@pytest.fixture(scope="module")
def keeping(chromium: Browser) -> Iterator[Browser]:
    """Chromium as it comes, which keeps whole pages for Back."""
    unlike_playwright = ["--disable-back-forward-cache"]
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=ARGUMENTS, ignore_default_args=unlike_playwright
    )
    yield browser
    browser.close()


@pytest.fixture
def page(keeping: Browser, live_server, agreement, huge_rep) -> Iterator[Page]:
    """Signed in, and told by each page whether it is one that was kept."""
    page = new_page(keeping, live_server.url, js=True)
    page.add_init_script("addEventListener('pageshow', (event) => { window.wasKept = event.persisted; })")
    page.context.add_cookies([session_cookie(HUGE, live_server.url)])
    yield page
    page.context.close()


def go_back(page: Page) -> None:
    page.go_back(wait_until="commit")  # a kept page does not load


def was_kept(page: Page) -> bool:
    return bool(page.evaluate("window.wasKept"))


def from_the_account_page(page: Page) -> None:
    page.goto("/konto/")
    page.get_by_role("button", name="Logga ut").click()


def from_the_page_that_asks(page: Page) -> None:
    page.goto("/logga-ut/")
    page.get_by_role("button", name="Logga ut").click()


@pytest.mark.parametrize("sign_out", [from_the_account_page, from_the_page_that_asks])
def test_after_signing_out_no_page_comes_back(sign_out: Callable[[Page], None], page):
    secret = ActivityFactory(title="Svaga lås i källaren", internal=True)
    page.goto("/konto/")
    page.goto(secret.get_absolute_url())
    page.goto("/mitt-arbete/")
    go_back(page)
    assert was_kept(page)  # else what follows would prove nothing

    sign_out(page)
    expect(page).to_have_title("Logga in – Samverkan")

    for _ in range(3):
        go_back(page)
        expect(page).to_have_title("Logga in – Samverkan")
        expect(page.get_by_text(secret.title)).to_have_count(0)


def test_after_a_fault_the_words_come_back(page, monkeypatch):
    activity = ActivityFactory(on_track=True)

    def broken(*_, **__):
        raise RuntimeError

    for trouble in ("an old form", "a fault of ours"):
        page.goto(activity.get_absolute_url())
        if trouble == "an old form":
            page.evaluate("document.querySelector('[name=author]').value = 'too old to be kept as a draft'")
        happened(page).fill(WORDS)
        choose(page, "Risk för avvikelse")
        if trouble == "an old form":
            page.context.clear_cookies(name="csrftoken")
        else:
            monkeypatch.setattr("activities.follow_ups.forms.FollowUpForm.save", broken)
        save(page)
        expect(page.locator(".error-page")).to_contain_text("Det du skrev finns kvar om du går tillbaka.")

        go_back(page)

        expect(happened(page)).to_have_value(WORDS)


def test_what_was_saved_does_not_come_back_as_if_it_were_not(page):
    activity = ActivityFactory(on_track=True)
    page.goto(f"{activity.get_absolute_url()}folj-upp/")
    happened(page).fill(WORDS)
    save(page)
    expect(receipt(page)).to_be_visible()

    go_back(page)

    expect(page.locator(".log")).to_contain_text(WORDS)
    expect(happened(page)).to_have_value("")
