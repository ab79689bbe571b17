"""The report of a test's agreement, and its content."""

import re
from datetime import date
from html import unescape

from django.template.loader import render_to_string

from activities.reports import WHOLE, Report, Scope, gather, scopes
from activities.reports.content import ReportEntry
from priorities.models import Agreement

AUGUST, MARCH, TODAY = date(2024, 8, 31), date(2024, 3, 31), date(2024, 9, 30)


def report(*, as_of: date = AUGUST, made_on: date = TODAY, about: str = "") -> Report:
    """`about` is the key of a part of the agreement: `part:polisen`."""
    agreement = Agreement.objects.get()
    return gather(agreement, as_of=as_of, made_on=made_on, scope=scope(agreement, about))


def scope(agreement: Agreement, key: str) -> Scope:
    there = [each for found in scopes(agreement).values() for each in found]
    return next((each for each in there if each.key == key), WHOLE)


def entries(made: Report) -> dict[str, ReportEntry]:
    """The report's activities by title."""
    return {entry.title: entry for chapter in made.chapters for entry in chapter.entries}


def markup(made: Report) -> str:
    """The document as HTML, on one line."""
    return " ".join(render_to_string("activities/reports/_document.html", {"report": made}).split())


def words(made: Report) -> str:
    """The document's text with one space between words, without the drawings' alternative texts."""
    without_titles = re.sub(r"<title>.*?</title>", "", markup(made))
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", without_titles)).split())
