"""A real Chromium against a real server. Browser stories run on PostgreSQL only: `tools/tests.py` leaves them out of SQLite.

A story that leaves an error in the console, breaks the content security policy or fails to fetch anything has failed.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from parties.models import User
from tests.browser.snapshot import Snapshot
from tests.browser.steps import PATIENCE
from tests.browser.watch import Watch

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

SIZES = {"phone": (375, 812), "desk": (1280, 900)}

Open = Callable[..., Page]


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


@pytest.fixture
def open_page(chromium: Browser, live_server, watch: Watch) -> Iterator[Open]:
    """`open_page("/mitt-arbete/", "huge@example.com", js=False)`: a browser of its own, signed in, at the address."""
    cache.clear()  # what earlier tests did does not count against the limits
    contexts = []

    def opened(address: str, email: str = "", *, js: bool = True, size: str = "desk") -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=js,
            locale="sv-SE",
            viewport={"width": width, "height": height},
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if email:
            context.add_cookies([session_cookie(email, live_server.url)])
        watch.follow(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert watch.troubles == []


def session_cookie(email: str, url: str) -> dict[str, str]:
    """What the sign-in page gives, without the page: only one story is about that."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}
