"""Writes markup into every text that is stored, and looks for it as an element in whatever the product answers.

Each column gets a mark of its own, so that a finding tells whose text became markup. In a page `<owned-7` can only stand
where nobody escaped it, and an attribute `owned` only where a quotation mark ended another.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from activities.models import Contribution, FollowUp
from parties.models import Mask, User
from samverkan import demo
from samverkan.lib import clock, locks
from samverkan.locks import LOCKS
from tests.factories.rounds import MailFactory, QuestionFactory, UnsavedAnswerFactory

OURS = ("parties", "priorities", "activities", "admin")
TEXTS = (models.CharField, models.TextField, models.JSONField)
# What no text of a person reaches, with the reason; fields with choices, slugs, addresses and files are never poisoned.
LEFT = {
    "parties_auditsegment.chained": "a hash, which no page shows",
    "parties_auditsegment.digest": "a hash, which no page shows",
    "parties_auditsegment.previous": "a hash, which no page shows",
    "parties_user.password": "a hash",
    "parties_attemptcounter.key": "a keyed hash",
    "parties_submission.mark": "a keyed hash",
    "parties_submission.leads_to": "an address of ours, which is only redirected to",
    "activities_mail.html": "the letter as it was sent; its own markup was made here",
    "django_admin_log.object_id": "a key",
    "activities_unsavedanswer.answers": "an object whose keys are the fields' names",
    "django_admin_log.change_message": "JSON of Django's own",
}
HOSTILE = '"><owned-0>'  # what is typed and sent, or kept while typing
ONLY = {
    "activities_mail.fault": "WHERE sent_at IS NULL",
    "activities_contribution.decline_reason": "WHERE declined_on IS NOT NULL",
}  # the rows that may have such a text
MARK = re.compile(r"owned-?(\d+)")
WRITING = {"text", "textarea", "search", ""}


def text_columns() -> Iterator[tuple[str, Any]]:
    """Each column that a person's text can reach, as (`table.column`, field)."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in OURS:
            for column in model._meta.concrete_fields:
                name = f"{model._meta.db_table}.{column.column}"
                is_text = isinstance(column, TEXTS) and not isinstance(
                    column, models.SlugField | models.EmailField
                )
                if is_text and not column.choices and name not in LEFT:
                    yield name, column


def mark(number: int, longest: int | None) -> str:
    """The markup, as long as the column takes."""
    long = f"\"' owned={number}><owned-{number}>"
    return long if longest is None or longest >= len(long) + 5 else f"<owned-{number}>"


def poison() -> dict[int, str]:
    """Writes past the locks; what stands in each column, by its number. Columns without any row are left out."""
    found = {}
    locks.lift(connection)
    with connection.cursor() as cursor:
        for number, (name, column) in enumerate(text_columns(), 1):
            table, _, written = name.partition(".")
            text = mark(number, column.max_length)
            if isinstance(column, models.JSONField):
                text = f'["{text.replace(chr(34), chr(92) + chr(34))}"]'
            key = column.model._meta.pk.column
            value = "%s" if isinstance(column, models.JSONField) else f"%s || {key}"  # names are unique
            cursor.execute(f'UPDATE "{table}" SET "{written}" = {value} {ONLY.get(name, "")}', [text])  # noqa: S608 - our own names
            if cursor.rowcount:
                found[number] = name
    locks.install(connection, LOCKS)
    return found


def hostile_world() -> dict[int, str]:
    """The demo with a row in every table and markup in every column; which column has which number."""
    demo.load()
    admin = User.objects.get(email="admin@example.com")
    in_round = FollowUp.objects.filter(round__closed_on=None, round__opens_on__lte=clock.today())
    follow_up = in_round.select_related("author", "activity").first()
    QuestionFactory(follow_up=follow_up)
    UnsavedAnswerFactory(
        activity=follow_up.activity, author=follow_up.author, answers={"what_happened": HOSTILE}
    )
    MailFactory(unsent=True)
    Contribution.objects.filter(pk=Contribution.objects.first().pk).update(
        confirmed_on=None, declined_on=clock.today(), decline_reason="-"
    )
    Mask.objects.create(
        about="activities.followup", key=follow_up.pk, field="needed", reason="-", masked_at=clock.now()
    )
    LogEntry.objects.log_actions(admin.pk, [admin], CHANGE, "")
    return poison()


class Page(HTMLParser):
    """The links, the forms for writing and the marks that have become elements or attributes."""

    address = ""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.marks: set[int] = set()
        self.is_writing = False
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name in [tag, *values]:
            if found := MARK.match(name):
                self.marks.add(int(found[1]))
        if (found := values.get("owned")) and found.isdigit():
            self.marks.add(int(found))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "form":
            self.is_writing = values.get("method", "").lower() == "post"
            if self.is_writing:
                self.forms.append((values.get("action", ""), {}))
        if tag in {"input", "textarea", "select"} and self.is_writing and values.get("name"):
            self.forms[-1][1][values["name"]] = self._sent(tag, values)

    def _sent(self, tag: str, values: dict[str, str]) -> str:
        """What is sent: hidden values as they are, text that is no number or day, no choice."""
        kind = "textarea" if tag == "textarea" else values.get("type", "text")
        if tag == "select":
            return "finns-inte"
        return HOSTILE if kind in WRITING else values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_writing = False


@dataclass
class Look:
    """Opens pages from the start on, at most `each` of a sort for each role, and sends each form with faults."""

    each: int
    pages: int = 0
    found: set[tuple[str, str]] = field(default_factory=set)
    seen: dict[tuple[Any, ...], int] = field(default_factory=lambda: defaultdict(int))

    def everywhere(self, role: str, client: Client, starts: Iterable[str] = ("/",)) -> None:
        waiting, known = deque(starts), set(starts)
        while waiting:
            address = waiting.popleft()
            page = self.at(address, client.get(address, follow=True))
            for link in page.links:
                near = urljoin(page.address, link).partition("#")[0]
                if near not in known and self._is_wanted(role, near):
                    known.add(near)
                    waiting.append(near)
            for action, fields in page.forms:
                self._send(client, urljoin(page.address, action), fields)

    def at(self, address: str, response: HttpResponse) -> Page:
        """Looks at an answer: a page or an Excel file; other files hold no markup."""
        self.pages += 1
        kind = response.get("Content-Type", "")
        body = b"".join(response) if response.streaming else response.content
        texts = [body.decode()] if "html" in kind else []
        if "spreadsheet" in kind:
            with ZipFile(BytesIO(body)) as book:
                texts = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
        for text in texts:
            self.look(address, text)
        page = Page(texts[0] if "html" in kind else "")
        page.address = response.request["PATH_INFO"]
        return page

    def look(self, where: str, text: str) -> None:
        """Remembers each mark that is an element, or an attribute of another's."""
        marks = Page(text).marks | {int(number) for number in re.findall(r"<owned-(\d+)", text)}
        self.found |= {(where, str(number)) for number in marks}

    def _send(self, client: Client, address: str, fields: dict[str, str]) -> None:
        if self._is_wanted("sent", address, tuple(sorted(fields))):
            with transaction.atomic():
                self.at(f"{address} sent", client.post(address, fields))
                transaction.set_rollback(True)

    def _is_wanted(self, role: str, address: str, *more: Any) -> bool:
        parts = urlsplit(address)
        try:
            match = resolve(parts.path)
        except Resolver404:
            return False
        if match.url_name == "account_logout" or parts.netloc:
            return False
        names = tuple(sorted(each.partition("=")[0] for each in parts.query.split("&")))
        sort = (role, match.view_name, names, *more)
        self.seen[sort] += 1
        return self.seen[sort] <= self.each
