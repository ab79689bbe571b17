"""Where a search found what, for the rows of one page: the first place that the row itself does not show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from activities.models import Activity
from activities.querysets.searching import OWN_TEXTS, related, terms_of
from samverkan.lib.dates import in_words
from samverkan.lib.matching import SAME, for_matching

BEFORE, AFTER = 30, 70  # characters shown around a hit
# What can be replaced without moving what comes after it.
_SAME_LENGTH = str.maketrans({character: same for character, same in SAME.items() if same})


@dataclass(frozen=True)
class Hit:
    """`where` it was found, and the text around it. `found` is empty when the very spot is not known."""

    where: str
    before: str
    found: str
    after: str

    @classmethod
    def of(cls, where: str, text: str, term: str) -> "Hit":
        line = " ".join(text.split())
        plain = line.translate(_SAME_LENGTH).lower()
        at = plain.find(term) if len(plain) == len(line) else -1
        if at < 0:
            return cls(where, _cut(line, 0, BEFORE + AFTER), "", "")
        end = at + len(term)
        start = 0 if at <= BEFORE else line.rfind(" ", 0, at - BEFORE // 2) + 1
        before = f"{'…' if start else ''}{line[start:at]}"
        return cls(where, before, line[at:end], _cut(line, end, AFTER))


def _cut(line: str, start: int, longest: int) -> str:
    rest = line[start:]
    return rest if len(rest) <= longest else f"{rest[:longest].rsplit(' ', 1)[0]}…"


def with_hits(rows: Iterable[Activity], search: str, *, day: date, planned: date | None) -> list[Activity]:
    """The rows with `hit`: None where what the row shows explains it. As many queries as there are kinds of related rows.

    `planned` is the day of the plan; None for today's.
    """
    activities = list(rows)
    words = [term.text for term in terms_of(search) if term.text]
    for each in activities:
        shown = for_matching(f"{each.title} {' '.join(each.lead.names)} {each.places}")
        each.hit = None
        each.sought = [term for term in words if term not in shown and term != str(each.number)]
    wanted = {each.pk: each for each in activities if each.sought}
    if wanted:
        for pk, where, text in _texts(wanted, words, day, planned):
            each = wanted[pk]
            matched = for_matching(text)
            term = next((term for term in each.sought if term in matched), None)
            if each.hit is None and term is not None:
                each.hit = Hit.of(where, text, term)
    return activities


def _texts(
    activities: dict[int, Activity], words: list[str], day: date, planned: date | None
) -> Iterator[tuple[int, str, str]]:
    """The key of an activity, the name of a place and its text: of the activities themselves, then of what belongs to them."""
    for pk, each in activities.items():
        for name, label in OWN_TEXTS.items():
            yield pk, label, getattr(each, name)
        yield pk, "Enhet", each.unit.name if each.unit else ""
        yield pk, "Prioriterat område", each.priority_area.name
    for place in related():
        rows: Any = place.holding(words, day, planned).filter(activity__in=list(activities))
        dated = [place.dated] if place.dated else []
        for pk, *texts in rows.values_list("activity", *place.texts, *dated):
            where = f"{place.label} {in_words(texts.pop())}" if dated else place.label
            for text in texts:
                yield pk, where, text
