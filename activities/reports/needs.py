"""Which needs the report tells of: what answers each, and the gaps, where no activity does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from activities.gaps import answering
from activities.models import Activity
from activities.querysets import as_planned, earlier
from activities.reports import wording
from activities.reports.scope import AREA, PLACE, Scope
from priorities.models import Agreement, Need
from samverkan.lib.db import in_swedish_order, is_one_of


@dataclass(frozen=True)
class ReportNeed:
    """A need and, in words, which of the report's activities answer it."""

    number: int
    problem: str
    answer: str


@dataclass(frozen=True)
class ReportGap:
    """A need and one of its places that no agreed activity covers, see `activities.gaps`."""

    number: int
    problem: str
    area: str
    place: str


@dataclass(frozen=True)
class Needs:
    """`by_area` has the key of the priority area."""

    by_area: Mapping[int, list[ReportNeed]]
    gaps: tuple[ReportGap, ...]


@dataclass(frozen=True)
class _Row:
    """A need with one of its places and one of the activities that answer it; None where there is none."""

    number: int
    problem: str
    area: int
    area_name: str
    area_slug: str
    place: str | None
    place_name: str | None
    is_gap: bool
    activity: int | None


def needs(
    agreement: Agreement, scope: Scope, activities: Iterable[Activity], *, as_of: date, made_on: date
) -> Needs:
    """The needs that the report covers, with their answers in the plan as of the day. One query.

    A report of a part has the needs that its activities answer; one of a place or an area also has that one's own needs.
    A party has no gaps of its own.
    """
    rows = _rows(agreement, as_of, made_on)
    numbers = {one.number for one in activities}
    answers: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        answers[row.number] |= {row.activity} & numbers if row.activity else set()
    found: dict[int, dict[int, ReportNeed]] = defaultdict(dict)
    for row in rows:
        if _is_covered(row, scope) or answers[row.number]:
            place = scope.short_name if scope.kind == PLACE else ""
            answer = wording.answer(sorted(answers[row.number]), place)
            found[row.area][row.number] = ReportNeed(row.number, row.problem, answer)
    missing = [row for row in rows if row.is_gap and _is_covered(row, scope)]
    gaps = (ReportGap(row.number, row.problem, row.area_name, row.place_name or "") for row in missing)
    return Needs({area: list(own.values()) for area, own in found.items()}, tuple(dict.fromkeys(gaps)))


def _is_covered(row: _Row, scope: Scope) -> bool:
    if scope.is_whole:
        return True
    return scope.slug == {AREA: row.area_slug, PLACE: row.place}.get(scope.kind)


def _rows(agreement: Agreement, day: date, made_on: date) -> list[_Row]:
    there = Activity.objects.filter(needs__agreement=agreement, focus_areas__isnull=False)
    met = answering(there, day, today=made_on).values_list("needs", "focus_areas__place")
    then = earlier(day, made_on)
    placed = as_planned(Need.objects.in_agreement(agreement).known_on(then), then)
    rows = placed.annotate(is_gap=Q(places__isnull=False) & ~Q(is_one_of(("pk", "places"), met)))
    rows = rows.order_by("number", in_swedish_order("places__name"), "activities__number")
    return [
        _Row(*row)
        for row in rows.values_list(
            "number", "problem", "priority_area", "priority_area__name", "priority_area__slug",
            "places__slug", "places__name", "is_gap", "activities__number",
        )
    ]  # fmt: skip
