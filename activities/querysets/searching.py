"""Where a search for activities looks: one table, which also says what each place is called when something is found there.

Every term of a search has to be found somewhere. The places are those of the day that the rows are shown as of.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
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
# "nr 4", "nr. 4", "nummer 4", "#4": the number of an activity, and nothing else.
_NUMBERED = re.compile(r"(?:\b(?:nr|nummer)\b\.?\s*|#)(\d{1,6})\b\.?")
_NUMBER = re.compile(r"(\d{1,6})[.:]?")


@dataclass(frozen=True)
class Term:
    """A term as `for_matching` has it; empty when only a number is asked for. `number` may be an activity's; None if not."""

    text: str
    number: int | None = None


def terms_of(search: str) -> list[Term]:
    """`belysning nr 4` asks for a term and a number; `27.` for the number, or that text."""
    matched = for_matching(search)
    numbers = [Term("", int(number)) for number in _NUMBERED.findall(matched)]
    rest = []
    for text in _NUMBERED.sub(" ", matched).split():
        number = _NUMBER.fullmatch(text)
        rest.append(Term(number[1], int(number[1])) if number else Term(text))
    return [*numbers, *rest]


@dataclass(frozen=True)
class Related:
    """Rows that belong to activities, and which of their texts are searched.

    `dated` names a column with the day that a row is of: later ones than the day that is shown are left out.
    """

    label: str
    rows: Callable[[], QuerySet[Any, Any]]
    texts: tuple[str, ...]
    dated: str = ""

    def holding(self, texts: list[str], day: date, planned: date | None) -> QuerySet[Any, Any]:
        """The rows with any of the texts, of the plan on the day `planned`, or of today's when it is None."""
        names = {f"matched_{n}": Matched(text) for n, text in enumerate(self.texts)}
        anywhere = Q()
        for name in names:
            for text in texts:
                anywhere |= Q(**{f"{name}__contains": text})
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
            "Medverkan", models.Contribution.objects.standing, ("what", "party__name", "party__short_name")
        ),
        Related("Behov", activity.needs.through.objects.all, ("need__problem",)),
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


def matching(rows: QuerySet[Any, Any], search: str, *, day: date, planned: date | None) -> QuerySet[Any, Any]:
    """The activities in which every term is found, whatever the case. `planned` as in `Related.holding`. One query more."""
    parties = list(Party.objects.all())
    names = {f"matched_{name}": Matched(name) for name in (*OWN_TEXTS, "unit__name", "priority_area__name")}
    found = rows.alias(**names)
    for term in terms_of(search):
        anywhere = Q() if term.number is None else Q(number=term.number)
        if term.text:
            called = [party.pk for party in parties if party.answers_to(term.text)]
            contributing = as_planned(
                models.Contribution.objects.standing().filter(party__in=called), planned
            )
            anywhere |= Q(lead__in=called) | Q(pk__in=keys_of(contributing.values("activity")))
            for name in names:
                anywhere |= Q(**{f"{name}__contains": term.text})
            for each in related():
                holding = each.holding([term.text], day, planned).order_by()
                anywhere |= Q(pk__in=keys_of(holding.values("activity")))
        found = found.filter(anywhere)
    return found
