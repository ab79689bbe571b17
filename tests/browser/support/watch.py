"""Collects what goes wrong in a browser without being seen."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

JUDGED_ELSEWHERE = (
    "the server responded with a status",  # of a page that was refused: `receive`
    # Said after a few seconds, so a busy machine that has not drawn the page yet hears it: `test_every_page.py`.
    "was preloaded using link preload but not used within a few seconds",
)


@dataclass
class Watch:
    """Collects console errors (a broken content security policy is one), faults in scripts and failed requests."""

    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        for event, told in self.listeners.items():
            context.on(event, told)

    def leave(self, context: BrowserContext) -> None:
        for event, told in self.listeners.items():
            context.remove_listener(event, told)

    @property
    def listeners(self) -> dict[str, Callable[..., None]]:
        return {
            "console": self.hear,
            "weberror": self.blame,
            "requestfailed": self.miss,
            "response": self.receive,
        }

    def blame(self, fault: WebError) -> None:
        self.troubles.append(str(fault.error))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(
            part in message.text for part in JUDGED_ELSEWHERE
        ):
            self.troubles.append(message.text)

    def miss(self, request: Request) -> None:
        # A download is a page that never opens, which Chromium calls aborted.
        if request.failure != "net::ERR_ABORTED":
            self.troubles.append(f"{request.url}: {request.failure}")

    def receive(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.troubles.append(f"{response.url}: {response.status}")
        if response.request.is_navigation_request() and response.status < 300:
            self.documents.append(response.url)
