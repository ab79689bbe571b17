"""People who write over HTTP until the server dies, and who remember what was acknowledged."""

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from typing import Any
from urllib.parse import urlencode

from tests.support.fuzzing import Form, Page
from tests.support.hostile_values import FORM, MULTIPART, multipart

EACH = 10  # accounts in a file
SECONDS = 30
TOKEN = re.compile(r"csrftoken=([^;]+)")


@dataclass
class Written:
    """What was sent, by its text: what belongs to it, and whether it was acknowledged."""

    follow_ups: dict[str, str] = field(
        default_factory=dict
    )  # the key of the milestone to tick; empty for none
    imports: set[str] = field(default_factory=set)  # how the addresses begin
    needs: dict[str, str] = field(default_factory=dict)  # the key of the place
    acknowledged: set[str] = field(default_factory=set)


class Writer:
    def __init__(self, port: int, session: str, written: Written) -> None:
        self.port, self.session, self.written, self.token = port, session, written, ""

    def write_until(self, stop: Event, numbers: Any) -> None:
        """One after the other. A request that fails is not repeated."""
        while not stop.is_set():
            try:
                self.write(next(numbers))
            except (HTTPException, OSError):
                stop.wait(0.05)

    def write(self, number: int) -> None:
        raise LookupError

    def ask(self, path: str, body: bytes | None = None, kind: str = FORM) -> tuple[int, str]:
        """The status and the page; for a redirect where it leads."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={self.token}", "Content-Type": kind}
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            if found := TOKEN.search(" ".join(answer.headers.get_all("Set-Cookie") or [])):
                self.token = found[1]
            page = answer.read().decode()
        finally:
            connection.close()
        return answer.status, answer.headers.get("Location", "") if answer.status in {302, 303} else page

    def form(self, page: str, having: str) -> Form | None:
        return next((form for form in Page(page).forms if having in form.names), None)

    def acknowledge(self, text: str, answer: tuple[int, str]) -> None:
        """A redirect is the receipt, unless it leads to the sign-in."""
        status, where = answer
        if status in {302, 303} and not where.startswith("/logga-in/"):
            self.written.acknowledged.add(text)


class FollowsUp(Writer):
    def __init__(self, *args: Any, addresses: list[str]) -> None:
        super().__init__(*args)
        self.addresses = addresses

    def write(self, number: int) -> None:
        path, text = self.addresses[number % len(self.addresses)], f"Uppföljning {number} är skriven."
        _, page = self.ask(path)
        if form := self.form(page, "submission_key"):
            milestone = dict(form.fields).get("milestones", "")
            self.written.follow_ups[text] = milestone
            sent = dict(form.fields) | {"state": "on_track", "what_happened": text}
            self.acknowledge(text, self.ask(path, urlencode(sent).encode()))


class Imports(Writer):
    path = "/administration/konton/importera/"

    def write(self, number: int) -> None:
        begins = f"konto-{number}-"
        rows = "".join(f"{begins}{n}@example.com,Konto {number} {n},Läsare\n" for n in range(EACH))
        file = f"E-postadress,Namn,Roll\n{rows}"
        _, page = self.ask(self.path)
        if form := self.form(page, "file"):
            _, page = self.ask(
                self.path, multipart(list(form.fields), [("file", "konton.csv", file)]), MULTIPART
            )
        if form := self.form(page, "signed"):
            self.written.imports.add(begins)
            sent = {name: value for name, value in form.fields if name != "invite"}
            self.acknowledge(begins, self.ask(self.path, urlencode(sent).encode()))


class AddsNeeds(Writer):
    path = "/2023-2024/behov/ny/"

    def write(self, number: int) -> None:
        text = f"Behov {number} är känt."
        _, page = self.ask(self.path)
        if form := self.form(page, "problem"):
            area = re.findall(r'<option value="(\d+)"', page)[0]
            sent = dict(form.fields) | {"problem": text, "priority_area": area}
            self.written.needs[text] = sent["places"]
            self.acknowledge(text, self.ask(self.path, urlencode(sent).encode()))
