"""Sends hostile values to every address: each field of each form in turn, each parameter that a link or a filter has.

What a request writes is rolled back. The time of a request is the processor time of our process and of the PostgreSQL
process that serves it, since the wall's time would be that of everything else on the machine as well.
"""

import re
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import islice
from os import sysconf
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.support.access_world import ROLES, ROWS, address_of
from tests.support.hostile_values import (
    BODIES,
    FORM,
    HEADERS,
    LONGEST,
    MULTIPART,
    PARTS,
    QUERIES,
    VALUES,
    Value,
    multipart,
    urlencoded,
)

SLOW_SECONDS = 2
TYPICAL = {
    "number": "1",
    "date": "2024-09-30",
    "email": "ny@example.com",
    "file": "",
    "password": "lösenord som inte stämmer",
}
CSV = "E-postadress,Namn,Roll\nny@example.com,Nytt konto,Läsare\n"


@dataclass(frozen=True)
class Form:
    """Where a form is sent and what a browser would send; buttons, and fields for files, by their names."""

    action: str
    method: str = "get"
    fields: tuple[tuple[str, str], ...] = ()
    buttons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys([*(name for name, _ in self.fields), *self.buttons, *self.files]))


class Page(HTMLParser):
    """The links and the forms of a page, with something typical in each empty field of what is posted."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select = ""
        self.options: list[tuple[str, bool]] = []
        self.chosen: set[str] = set()
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.form, self.chosen = Form(given.get("action", ""), given.get("method", "get").lower()), set()
        elif tag == "option" and self.select:
            self.options.append((given.get("value", ""), "selected" in given))
        elif tag == "select" and given.get("name"):
            self.select, self.options = given["name"], []
        elif tag in {"input", "textarea", "button"} and given.get("name"):
            self._add_input(tag, given)

    def _add_input(self, tag: str, given: dict[str, str]) -> None:
        kind = "textarea" if tag == "textarea" else given.get("type", "text")
        name, value = given["name"], given.get("value", "")
        if kind == "file" and self.form:
            self.form = replace(self.form, files=(*self.form.files, name))
        elif tag == "button" and self.form:
            self.form = replace(self.form, buttons=(*self.form.buttons, name))
        elif kind in {"radio", "checkbox"}:
            if name not in self.chosen or "checked" in given:
                self._put(name, value or "on")
            self.chosen.add(name)
        else:
            self._put(name, value or self._typical(kind, given))

    def _typical(self, kind: str, given: dict[str, str]) -> str:
        """What somebody writes in an empty field. Our own forms leave it to the server to demand a value."""
        if not self.form or self.form.method == "get" or kind == "hidden":
            return ""
        return TYPICAL.get("number" if "inputmode" in given else kind, "Ljus")

    def _put(self, name: str, value: str) -> None:
        if self.form:
            kept = tuple(
                pair for pair in self.form.fields if pair[0] != name or name == "csrfmiddlewaretoken"
            )
            self.form = replace(self.form, fields=(*kept, (name, value)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form:
            self.forms.append(self.form)
            self.form = None
        elif tag == "select" and self.select:
            chosen = [value for value, is_selected in self.options if is_selected and value]
            values = [value for value, _ in self.options if value] if self._typical("select", {}) else []
            self._put(self.select, next(iter([*chosen, *values]), ""))
            self.select = ""


@dataclass
class Target:
    """An address with its forms and the parameters that links and filters to it have, and who may open it."""

    role: str
    address: str
    forms: list[Form] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass
class Fuzz:
    """`sessions` are the keys of the roles' sessions. `errors` and `slow` tell what was sent where."""

    sessions: dict[str, str]
    requests: int = 0
    errors: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    done: set[tuple[str, ...]] = field(default_factory=set)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, role: str, address: str, body: bytes | None = None, kind: str = FORM, **more: Any) -> str:
        """Sends a GET, or a POST if there is a body. Returns the page, empty if the answer is none."""
        self.client.cookies.clear()
        if key := self.sessions.get(role):
            self.client.cookies[settings.SESSION_COOKIE_NAME] = key
        method, began = "GET" if body is None else "POST", processor_seconds()
        try:
            with transaction.atomic():
                answer = self.client.generic(method, address, body or b"", content_type=kind, **more)
                content = b"".join(answer) if answer.streaming else answer.content
                transaction.set_rollback(True)
        except Exception:  # noqa: BLE001 -- what is looked for
            answer, content = None, b""
            self.errors.append(told(role, method, address, body, more) + traceback.format_exc()[-1500:])
        self.requests += 1
        if processor_seconds() - began > SLOW_SECONDS:
            self.slow.append(told(role, method, address, body, more))
        if answer is not None and answer.status_code >= 500:
            fault = "".join(traceback.format_exception(*answer.exc_info)[-6:]) if answer.exc_info else ""
            self.errors.append(f"{answer.status_code} {told(role, method, address, body, more)}{fault}")
        return content.decode() if answer and answer.get("Content-Type", "").startswith("text/html") else ""

    def targets(self, world: dict[str, Any], rows: Iterable[list[str]] = ROWS) -> list[Target]:
        """Reads the page of each row for each role that may, and knows each form and parameter once."""
        found: dict[str, Target] = {}
        known: set[tuple[str, ...]] = set()
        for name, of, method, *expected in rows:
            for role, answer in zip(ROLES, expected, strict=True):
                if method == "GET" and answer in {"ok", "to"}:
                    self._read(Target(role, address_of(name, of, world)), found, known)
        for name, of, *_ in rows:
            address = address_of(name, of, world)
            found.setdefault(view_of(address), Target("coordinator", address))
        return list(found.values())

    def _read(self, at: Target, found: dict[str, Target], known: set[tuple[str, ...]]) -> None:
        target = found.setdefault(view_of(at.address), at)
        page = Page(self.ask(at.role, at.address))
        forms = list(page.forms)
        for form in [each for each in page.forms if each.files]:
            sent = multipart(list(form.fields), [(name, "filen.csv", CSV) for name in form.files])
            forms += Page(self.ask(at.role, urljoin(at.address, form.action), sent, MULTIPART)).forms
        for form in forms:
            address = urljoin(at.address, form.action)
            news = {(view_of(address), form.method, without_numbers(name)) for name in form.names}
            if view_of(address) and not news <= known:
                known |= news
                target.forms.append(replace(form, action=address))
        for link in page.links:
            parts = urlsplit(urljoin(at.address, link))
            if parts.query and not parts.netloc and view_of(parts.path):
                there = found.setdefault(view_of(parts.path), Target(at.role, parts.path))
                there.parameters |= dict(parse_qsl(parts.query, keep_blank_values=True))

    def run(self, targets: Iterable[Target], each: int | None = None) -> None:
        """Everything to each target; with `each` a few values only."""
        for target in targets:
            for form in target.forms:
                self._fill(target.role, form, each)
            path = urlsplit(target.address).path
            for name in target.parameters:
                for value in islice(VALUES, 0, None, step(VALUES, each)):
                    rest = [pair for pair in target.parameters.items() if pair[0] != name]
                    self.ask(target.role, f"{path}?{urlencoded([*rest[:3], (name, value)])}")
            self._disturb(target.role, path, each)

    def _fill(self, role: str, form: Form, each: int | None) -> None:
        for name in form.names:
            key = (view_of(form.action), form.method, without_numbers(name))
            if key in self.done or name == "csrfmiddlewaretoken":
                continue
            self.done.add(key)
            values = [*VALUES, LONGEST] if form.method == "post" else VALUES
            for value in islice(values, 0, None, step(values, each)):
                self._send(role, form, name, [value])
            self._send(role, form, name, ["1", "2"])
            self._send(role, form, name, [])

    def _send(self, role: str, form: Form, name: str, values: list[Value]) -> None:
        fields: list[tuple[str, Value]] = [pair for pair in form.fields if pair[0] != name]
        if name not in form.files:
            fields += [(name, value) for value in values]
        if form.method == "get":
            self.ask(role, f"{urlsplit(form.action).path}?{urlencoded(fields)}")
        elif form.files:
            hostile = [(name, value, value) for value in values] if name in form.files else []
            files = [(each, "filen.csv", CSV) for each in form.files if each != name]
            hostile += [(name, "filen.csv", content) for _, _, content in hostile]
            for file in hostile or [None]:
                self.ask(role, form.action, multipart(fields, [*files, *([file] if file else [])]), MULTIPART)
        else:
            self.ask(role, form.action, urlencoded(fields).encode())

    def _disturb(self, role: str, path: str, each: int | None) -> None:
        """Odd queries, addresses, headers and bodies."""
        for query in islice(QUERIES, 0, None, step(QUERIES, each)):
            self.ask(role, path, QUERY_STRING=query)
        parts = path.strip("/").split("/")
        given = {str(each) for each in resolve(path).captured_kwargs.values()}
        for n in [n for n, part in enumerate(parts) if part in given]:
            for odd in islice(PARTS, 0, None, step(PARTS, each)):
                self.ask(role, "/".join(["", *parts[:n], odd, *parts[n + 1 :], ""]))
        for headers in islice(HEADERS, 0, None, step(HEADERS, each)):
            self.ask(role, path, **headers)
        for kind, body in islice(BODIES, 0, None, step(BODIES, each)):
            self.ask(role, path, body, kind)


def step(values: Any, each: int | None) -> int:
    """How far apart `each` values out of all lie."""
    return max(1, len(values) // each) if each else 1


def without_numbers(name: str) -> str:
    """The rows of a table of fields have one name here."""
    return re.sub(r"\d+", "0", name)


def view_of(address: str) -> str:
    """The name of the address's view; empty for the addresses of others."""
    try:
        return "" if urlsplit(address).netloc else resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def told(role: str, method: str, address: str, body: bytes | None, more: dict[str, Any]) -> str:
    return f"{role} {method} {address[:300]} {(body or b'')[-300:]!r} {str(more)[:200]}\n"


def processor_seconds() -> float:
    """What our process and PostgreSQL's, which serves our connection, have used until now."""
    served = 0.0
    if (
        connection.vendor == "postgresql"
        and connection.connection is not None
        and not connection.connection.closed
    ):
        words = (
            Path(f"/proc/{connection.connection.info.backend_pid}/stat")
            .read_text()
            .rpartition(")")[2]
            .split()
        )
        served = (int(words[11]) + int(words[12])) / sysconf("SC_CLK_TCK")
    return time.process_time() + served
