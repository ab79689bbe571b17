"""Where a search found what, for the rows of one page: the first place that the row itself does not show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, F, TextField, Value
from django.db.models.functions import Cast

from activities.models import Activity
from activities.querysets.searching import OWN_TEXTS, Related, related, terms_of
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


def with_hits(rows: Iterable[Activity], search: str, *, day: date, planned: date | None) -> list[Activity]:
    """The rows with `hit`: None where what the row shows explains it. One query.

    `planned` is the day of the plan; None for today's.
    """
    activities = list(rows)
    texts = [term.text for term in terms_of(search) if term.text]
    for each in activities:
        shown = for_matching(f"{each.title} {' '.join(each.lead.names)} {each.places}")
        each.hit = None
        each.sought = [text for text in texts if text not in shown and text != str(each.number)]
    wanted = {each.pk: each for each in activities if each.sought}
    if wanted:
        for pk, where, text in _texts(wanted, texts, day, planned):
            each = wanted[pk]
            if each.hit is None:
                matched = for_matching(text)
                found = next((one for one in each.sought if one in matched), None)
                each.hit = Hit.of(where, text, found) if found else None
    return activities


def _texts(
    activities: dict[int, Activity], sought: list[str], day: date, planned: date | None
) -> Iterator[tuple[int, str, str]]:
    """The key of an activity, the name of a place and its text: of the activities themselves, then of what belongs to them."""
    for pk, each in activities.items():
        for name, label in OWN_TEXTS.items():
            yield pk, label, getattr(each, name)
        yield pk, "Enhet", each.unit.name if each.unit else ""
        yield pk, "Prioriterat område", each.priority_area.name
    places = related()
    for number, pk, on, text in _related_texts(places, list(activities), sought, day, planned):
        label = places[number].label
        yield pk, f"{label} {in_words(on)}" if on else label, text


def _related_texts(
    places: tuple[Related, ...], activities: list[int], sought: list[str], day: date, planned: date | None
) -> Iterable[tuple[int, int, date | None, str]]:
    """The number of a place, an activity, the day of the row if it has one, and a text; the newest first. One query."""
    asked = [
        place.holding(sought, day, planned)
        .filter(activity__in=activities)
        .order_by()
        .annotate(
            place=Value(number),
            on=F(place.dated) if place.dated else Cast(Value(None), DateField()),
            text=Cast(text, TextField()),
        )
        .values_list("place", "activity", "on", "text")
        for number, place in enumerate(places)
        for text in place.texts
    ]
    first, *others = asked
    return first.union(*others, all=True).order_by("place", F("on").desc(nulls_last=True))
