"""Representatives who each open *Mitt arbete* and save one follow-up after another, as the page leads on."""

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
class Answers:
    """What one person, or all, got: the number of receipts, the faults, and the milliseconds of each save."""

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

    def save(self, count: int, *, twice: bool) -> Answers:
        """Saves `count` follow-ups, one after the other. With `twice` the last form is sent two times at once."""
        answers = Answers()
        try:
            page = self._get()
            for left in reversed(range(count)):
                fields = FormReader(page).fields | {"state": "on_track", "what_happened": TEXT}
                began = time.perf_counter()
                page = self._post_twice(fields) if twice and not left else self._post(fields)
                answers.taken_ms.append((time.perf_counter() - began) * 1000)
                answers.saved += RECEIPT in page
        except (HTTPError, URLError, OSError) as fault:
            answers.faults.append(str(fault))
        return answers

    def _get(self) -> str:
        """The first page. The browser keeps the cookie of its response."""
        cookie = {"Cookie": f"sessionid={self.session}"}
        return self._ask(Request(self.address, headers=cookie))  # noqa: S310 -- our own address on loopback

    def _post(self, fields: dict[str, str]) -> str:
        """The page that the save leads to."""
        return self._ask(Request(self.address, data=urlencode(fields).encode()))  # noqa: S310 -- as above

    def _post_twice(self, fields: dict[str, str]) -> str:
        """A double click. Returns the page with the receipt, if either has one."""
        with ThreadPoolExecutor(2) as both:
            pages = [both.submit(self._post, fields) for _ in range(2)]
            return max((page.result() for page in pages), key=lambda page: RECEIPT in page)

    def _ask(self, request: Request) -> str:
        with self.browser.open(request, timeout=PATIENCE_SECONDS) as response:
            return str(response.read().decode())


def save_all_at_once(address: str, sessions: list[str], *, each: int) -> Answers:
    """Lets everybody save at the same time. Returns the answers of all together."""
    people = [Representative(address, session) for session in sessions]
    with ThreadPoolExecutor(len(people)) as crowd:
        answers = list(crowd.map(lambda person: person.save(each, twice=True), people))
    return Answers(
        sum(one.saved for one in answers),
        [fault for one in answers for fault in one.faults],
        [taken for one in answers for taken in one.taken_ms],
    )
