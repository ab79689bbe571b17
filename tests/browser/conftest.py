"""A real Chromium against a real server. Browser stories run on PostgreSQL only: `tools/tests.py` leaves them out of SQLite.

A story that leaves an error in the console, breaks the content security policy or fails to fetch anything has failed.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page, sync_playwright

from parties.models import AttemptCounter, User
from tests.browser.support.fit import SIZES
from tests.browser.support.snapshot import Snapshot
from tests.browser.support.steps import PATIENCE
from tests.browser.support.watch import Watch

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

Open = Callable[..., Page]
Shelf = dict[bool, list[Page]]

# A page that is left with words unsaved sends them, and they could arrive in the midst of the next story.
SILENCE = """() => {
  navigator.sendBeacon = () => true;
  window.fetch = () => new Promise(() => {});
  sessionStorage.clear();
  localStorage.clear();
}"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all stories; each gets a context of its own."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django would refuse the database beside it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return Snapshot()


@pytest.fixture
def demo(transactional_db: None, snapshot: Snapshot) -> None:
    """The whole demo, as `manage.py demo` loads it."""
    snapshot.restore()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """Browsers that earlier stories have left, with JavaScript and without: a new one costs more than most stories."""
    return {True: [], False: []}


@pytest.fixture
def open_page(chromium: Browser, shelf: Shelf, live_server, watch: Watch) -> Iterator[Open]:
    """`open_page("/mitt-arbete/", "huge@example.com", js=False)`: a browser of its own, signed in, at the address."""
    AttemptCounter.objects.all().delete()  # what earlier tests did does not count against the limits
    taken: list[tuple[bool, Page]] = []

    def opened(address: str, email: str = "", *, js: bool = True, size: str = "desk") -> Page:
        page = shelf[js].pop() if shelf[js] else new_page(chromium, live_server.url, js=js)
        taken.append((js, page))
        watch.follow(page.context)
        if email:
            page.context.add_cookies([session_cookie(email, live_server.url)])
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        return page

    yield opened
    for js, page in taken:
        watch.leave(page.context)
        if leave_as_new(page):
            shelf[js].append(page)
        else:
            page.context.close()
    assert watch.troubles == []


def new_page(chromium: Browser, url: str, *, js: bool) -> Page:
    context = chromium.new_context(base_url=url, java_script_enabled=js, locale="sv-SE")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def leave_as_new(page: Page) -> bool:
    """Nobody is signed in, nothing is open, on its way, stored or emulated; only static files stay in its cache.

    False when that cannot be told, as where the story ended at a page of the browser's own.
    """
    try:
        for each in page.context.pages:
            each.evaluate(SILENCE)
            each.goto("about:blank")
            if each != page:
                each.close()
    except Error:
        return False
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.emulate_media(media="null", forced_colors="null", color_scheme="null")
    return True


def session_cookie(email: str, url: str) -> dict[str, str]:
    """What the sign-in page gives, without the page: only one story is about that."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
