"""Where a search found what, for the rows of one page: the first place that the row itself does not show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, F, TextField, Value
from django.db.models.functions import Cast

from activities.models import Activity
from activities.querysets.searching import OWN_TEXTS, Term, related
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
    def of(cls, where: str, text: str, sought: str) -> "Hit":
        line = " ".join(text.split())
        plain = line.translate(_SAME_LENGTH).lower()
        at = plain.find(sought) if len(plain) == len(line) else -1
        if at < 0:
            return cls(where, _cut(line, 0, BEFORE + AFTER), "", "")
        end = at + len(sought)
        start = 0 if at <= BEFORE else line.rfind(" ", 0, at - BEFORE // 2) + 1
        before = f"{'…' if start else ''}{line[start:at]}"
        return cls(where, before, line[at:end], _cut(line, end, AFTER))


def _cut(line: str, start: int, longest: int) -> str:
    rest = line[start:]
    return rest if len(rest) <= longest else f"{rest[:longest].rsplit(' ', 1)[0]}…"


def with_hits(
    rows: Iterable[Activity], terms: list[Term], *, day: date, planned: date | None
) -> list[Activity]:
    """The rows with `hit`: None where what the row shows explains it. One query.

    `planned` is the day of the plan; None for today's.
    """
    activities = list(rows)
    for each in activities:
        shown = for_matching(f"{each.title} {each.lead.short_name} {each.places}")
        each.hit = None
        each.sought = [
            term
            for term in terms
            if term.need or (term.text and term.text not in shown and term.number != each.number)
        ]
    wanted = {each.pk: each for each in activities if each.sought}
    if wanted:
        for pk, where, text, is_meant in _texts(wanted, terms, day, planned):
            each = wanted[pk]
            if each.hit is None:
                matched = for_matching(text)
                found = next((term.text for term in each.sought if term.text and term.text in matched), "")
                each.hit = Hit.of(where, text, found) if found or is_meant else None
    return activities


def _texts(
    activities: dict[int, Activity], terms: list[Term], day: date, planned: date | None
) -> Iterator[tuple[int, str, str, bool]]:
    """The key of an activity, the name of a place, its text, and whether a term means it without standing in it.

    Those of the activities themselves come first, then those of what belongs to them.
    """
    for pk, each in activities.items():
        for name, label in OWN_TEXTS.items():
            yield pk, label, getattr(each, name), False
        yield pk, "Enhet", each.unit.name if each.unit else "", False
        yield pk, "Prioriterat område", each.priority_area.name, False
        yield pk, "Ansvarig part", each.lead.name, False
        is_meant = any(each.lead_id in term.parties for term in each.sought)
        yield pk, "Ansvarig part", each.lead.short_name, is_meant
    for number, pk, on, text, is_meant in _related_texts(list(activities), terms, day, planned):
        label = related()[number].label
        yield pk, f"{label} {in_words(on)}" if on else label, text, is_meant


def _related_texts(
    activities: list[int], terms: list[Term], day: date, planned: date | None
) -> Iterable[tuple[int, int, date | None, str, bool]]:
    """The number of a place, an activity, the day of the row if it has one, its text and `is_meant`; the newest first.

    One query.
    """
    asked = []
    for number, place in enumerate(related()):
        rows = place.holding(terms, day, planned).filter(activity__in=activities).order_by()
        on = F(place.dated) if place.dated else Cast(Value(None), DateField())
        found = [(rows, text, False) for text in place.texts]
        found += [(rows.filter(place.meant(terms)), place.shown, True)] if place.shown else []
        asked += [
            each.annotate(
                place=Value(number), on=on, text=Cast(text, TextField()), is_meant=Value(is_meant)
            ).values_list("place", "activity", "on", "text", "is_meant")
            for each, text, is_meant in found
        ]
    first, *others = asked
    return first.union(*others, all=True).order_by("place", F("on").desc(nulls_last=True))
