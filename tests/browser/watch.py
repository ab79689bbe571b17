"""What goes wrong in a browser without anybody seeing it?"""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response


@dataclass
class Watch:
    """Collects console errors (a broken content security policy is one), faults in scripts and failed requests."""

    troubles: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    documents: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self.hear)
        context.on("weberror", lambda fault: self.troubles.append(str(fault.error)))
        context.on("requestfailed", self.miss)
        context.on("response", self.receive)

    def hear(self, message: ConsoleMessage) -> None:
        # A page that is refused says so in the console too; `receive` has judged it.
        if message.type in {"error", "warning"} and "the server responded with a status" not in message.text:
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
