"""Counts the clicks from the reminder to two follow-ups, in Chromium, as a person makes them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core import mail
from django.test import override_settings
from playwright.sync_api import Page, sync_playwright

from activities.reminders.actions import send_reminders
from samverkan.lib import clock
from tests.benchmarks.closing_hour.world import signed_in
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.support.flow import two_updates_with_news, two_without_news
from tests.factories import ActivityFactory, PartyFactory, UserFactory

FLOWS: dict[str, Callable[[Page, str], int]] = {
    "rounds.flow_clicks": two_updates_with_news,
    "rounds.flow_clicks_unchanged": two_without_news,
}


def flow_clicks(address: str) -> Iterator[tuple[str, int]]:
    """The name and the clicks of each flow. Two activities wait for its person in the open round."""
    for name, flow in FLOWS.items():
        person = UserFactory(representative=True, party=PartyFactory(), email=f"{name}@example.com")
        for title in ("Ljusa stråk", "Rena gårdar"):
            ActivityFactory(title=title, lead=person.party, reporters=[person], on_track=True)
        html = _reminder(address, person.email)
        with _page(address, signed_in(person)) as page:
            yield name, flow(page, html)


def _reminder(address: str, email: str) -> str:
    """The HTML of the person's reminder, with links to the server."""
    with override_settings(SITE_URL=address):
        send_reminders(at=clock.now(), day=clock.today())
    [message] = [each for each in mail.outbox if each.to == [email]]
    return str(message.alternatives[0].content)


@contextmanager
def _page(address: str, session: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(base_url=address, locale="sv-SE")
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        yield context.new_page()
        browser.close()
