"""People who report: each opens *Mitt arbete* and saves one follow-up after another, as the page leads on."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PATIENCE_SECONDS = 120
RECEIPT = "Uppföljningen är sparad."
TEXT = "Bovärdarna har gått igenom trapphusen tillsammans med polisen, och tre lås är bytta."


@dataclass
class Told:
    """What the pages told one person, or all: how many saves they were promised, and how long each took, in ms."""

    saved: int = 0
    faults: list[str] = field(default_factory=list)
    taken_ms: list[float] = field(default_factory=list)


class FormReader(HTMLParser):
    """The fields of the page's follow-up form, as a browser would send them; empty when there is none."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._found = {}
        elif tag == "input" and given.get("name"):
            chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if chosen:
                self._found[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and "submission_key" in self._found and not self.fields:
            self.fields = self._found


class Representative:
    def __init__(self, address: str, session: str) -> None:
        """`session` is the value of the cookie of somebody who has signed in."""
        self.address = f"{address}/mitt-arbete/"
        self.session = session
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def save(self, count: int, *, twice: bool) -> Told:
        """Saves that many, each as soon as the one before is done; the last one is sent `twice`, both at once."""
        told = Told()
        try:
            page = self._get()
            for left in reversed(range(count)):
                fields = FormReader(page).fields | {"state": "on_track", "what_happened": TEXT}
                began = time.perf_counter()
                page = self._post_twice(fields) if twice and not left else self._post(fields)
                told.taken_ms.append((time.perf_counter() - began) * 1000)
                told.saved += RECEIPT in page
        except (HTTPError, URLError, OSError) as fault:
            told.faults.append(str(fault))
        return told

    def _get(self) -> str:
        """The first page; from then on the browser has the cookie that it answers with."""
        cookie = {"Cookie": f"sessionid={self.session}"}
        return self._ask(Request(self.address, headers=cookie))  # noqa: S310 -- our own address on loopback

    def _post(self, fields: dict[str, str]) -> str:
        """The page that the save leads to."""
        return self._ask(Request(self.address, data=urlencode(fields).encode()))  # noqa: S310 -- as above

    def _post_twice(self, fields: dict[str, str]) -> str:
        """A double click: the page of the second, while the first goes to nobody."""
        with ThreadPoolExecutor(2) as both:
            pages = [both.submit(self._post, fields) for _ in range(2)]
            return max((page.result() for page in pages), key=lambda page: RECEIPT in page)

    def _ask(self, request: Request) -> str:
        with self.browser.open(request, timeout=PATIENCE_SECONDS) as response:
            return str(response.read().decode())


def save_all_at_once(address: str, sessions: list[str], *, each: int) -> Told:
    """All of them together, and what all were told."""
    people = [Representative(address, session) for session in sessions]
    with ThreadPoolExecutor(len(people)) as crowd:
        answers = list(crowd.map(lambda person: person.save(each, twice=True), people))
    return Told(
        sum(told.saved for told in answers),
        [fault for told in answers for fault in told.faults],
        [taken for told in answers for taken in told.taken_ms],
    )
