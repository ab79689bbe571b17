"""Where a search for activities looks: one table, which also says what each place is called when something is found there.

Every term of a search has to be found somewhere. The places are those of the day that the rows are shown as of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from activities import models
from activities.querysets.planned import as_planned
from parties.models import Party
from samverkan.lib.db import Matched, keys_of
from samverkan.lib.matching import for_matching

MOST_TERMS = 12
OWN_TEXTS = {
    "title": "Namn",
    "goal": "Mål",
    "purpose": "Syfte",
    "measure": "Mått",
    "owner_title": "Ansvarig för genomförandet",
}
# "nr 4", "nr. 4", "nummer 4", "#4": the number of an activity, and nothing else. "behov 4", "behov nr 4": that of a need.
_NUMBERED = re.compile(r"(?:\b(?:nr|nummer)\b\.?\s*|#)(\d{1,6})\b\.?")
_OF_NEED = re.compile(r"\bbehov\s+(?:(?:nr|nummer)\b\.?\s*|#)?(\d{1,3})\b\.?")
_NUMBER = re.compile(r"(\d{1,6})[.:]?")
_QUOTES = re.compile(r"""(?<!\S)["']+|["']+(?!\S)""")


@dataclass(frozen=True)
class Term:
    """A term as `for_matching` has it; empty when only a number is asked for.

    `number` may be an activity's, and `need` is a need's; None if not. `parties` are the keys of those that answer to it.
    """

    text: str
    number: int | None = None
    need: int | None = None
    parties: tuple[int, ...] = ()


def terms_of(search: str) -> list[Term]:
    """`belysning nr 4` asks for a term and a number; `27.` for the number, or that text. Quotes around words are left out."""
    matched = for_matching(search)
    matched = _QUOTES.sub(" ", matched).strip() or matched
    needs = [Term("", need=int(number)) for number in _OF_NEED.findall(matched)]
    matched = _OF_NEED.sub(" ", matched)
    numbers = [Term("", int(number)) for number in _NUMBERED.findall(matched)]
    rest = []
    for text in _NUMBERED.sub(" ", matched).split():
        number = _NUMBER.fullmatch(text)
        rest.append(Term(number[1], int(number[1])) if number else Term(text))
    return [*needs, *numbers, *rest]


def sought(search: str) -> list[Term]:
    """The terms, with the parties that answer to each. One query."""
    parties = list(Party.objects.all())

    def called(text: str) -> tuple[int, ...]:
        return tuple(party.pk for party in parties if text and party.answers_to(text))

    return [replace(term, parties=called(term.text)) for term in terms_of(search)]


@dataclass(frozen=True)
class Related:
    """Rows that belong to activities, and which of their texts are searched.

    `dated` names a column with the day that a row is of: later ones than the day that is shown are left out. `meant` picks
    the rows that a term means without standing in them, such as a party by another name; `shown` is the text that tells so.
    """

    label: str
    rows: Callable[[], QuerySet[Any, Any]]
    texts: tuple[str, ...]
    dated: str = ""
    meant: Callable[[list[Term]], Q] = lambda _: Q(pk__in=[])
    shown: str = ""

    def holding(self, terms: list[Term], day: date, planned: date | None) -> QuerySet[Any, Any]:
        """The rows with any of the terms, of the plan on the day `planned`, or of today's when it is None."""
        names = {f"matched_{n}": Matched(text) for n, text in enumerate(self.texts)}
        anywhere = self.meant(terms)
        for name in names:
            for term in terms:
                anywhere |= Q(**{f"{name}__contains": term.text}) if term.text else Q()
        rows = as_planned(self.rows(), planned).alias(**names).filter(anywhere)
        return rows.filter(**{f"{self.dated}__lte": day}) if self.dated else rows


@cache
def related() -> tuple[Related, ...]:
    """The table, made when the models are complete."""
    activity = models.Activity
    return (
        Related("Delmål", models.Milestone.objects.all, ("title",)),
        Related("Uppföljning", _follow_ups, ("what_happened", "needed"), dated="refers_on"),
        Related(
            "Medverkan",
            models.Contribution.objects.standing,
            ("what", "party__name", "party__short_name"),
            meant=lambda terms: Q(party__in=[party for term in terms for party in term.parties]),
            shown="party__short_name",
        ),
        Related(
            "Behov",
            activity.needs.through.objects.all,
            ("need__problem",),
            meant=lambda terms: Q(need__number__in=[term.need for term in terms if term.need is not None]),
            shown="need__problem",
        ),
        Related(
            "Geografiskt område",
            activity.focus_areas.through.objects.all,
            ("focusarea__place__name", "focusarea__place__district"),
        ),
    )


def _follow_ups() -> QuerySet[Any, Any]:
    return models.FollowUp.objects.counting().newest_first()


IN_WORDS = (
    "Sökningen omfattar nummer, namn, mål, mått, syfte, ansvarig, delmål, uppföljningar, medverkan, behov, "
    "områden och parternas namn."
)


def matching(
    rows: QuerySet[Any, Any], terms: list[Term], *, day: date, planned: date | None
) -> QuerySet[Any, Any]:
    """The activities in which every term is found, whatever the case. `planned` as in `Related.holding`. No query more."""
    names = {f"matched_{name}": Matched(name) for name in (*OWN_TEXTS, "unit__name", "priority_area__name")}
    found = rows.alias(**names)
    for term in terms:
        anywhere = Q(lead__in=term.parties)
        if term.number is not None:
            anywhere |= Q(number=term.number)
        if term.text:
            for name in names:
                anywhere |= Q(**{f"{name}__contains": term.text})
        for each in related():
            holding = each.holding([term], day, planned).order_by()
            anywhere |= Q(pk__in=keys_of(holding.values("activity")))
        found = found.filter(anywhere)
    return found
