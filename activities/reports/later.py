"""Which of the report's activities had their plan changed after its day, what was changed and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat

from activities.history.changes import in_form_order, label_of
from activities.models import Activity, ActivityDays, ContributionDays, MilestoneDays, NeedDays, PlaceDays
from activities.querysets.planned import NOW
from activities.reports.content import LaterChange

MILESTONES, PARTLY = "milestones", "record__activity_id"
LISTS = {"focus_areas": PlaceDays, "needs": NeedDays}
Found = dict[tuple[int, date], set[str]]  # the names of the fields that differ, by activity and day


def later_changes(activities: Iterable[Activity], day: date) -> tuple[LaterChange, ...]:
    """By number and day; the activities are as planned on the day. Two queries. A milestone that is ticked is no change."""
    planned = {one.pk: one for one in activities}
    found: Found = defaultdict(set)
    _own_fields(planned, day, found)
    _parts(planned, day, found)
    return tuple(
        LaterChange(planned[pk].number, planned[pk].title, on, tuple(map(_label, in_form_order(names))))
        for (pk, on), names in sorted(found.items(), key=lambda one: (planned[one[0][0]].number, one[0][1]))
    )


def _label(name: str) -> str:
    return "Delmål" if name == MILESTONES else label_of(name)


def _own_fields(planned: dict[int, Activity], day: date, found: Found) -> None:
    fields = [field for field in Activity.history.model.tracked_fields if field.attname not in NOW]
    days = ActivityDays.objects.filter(row_id__in=planned, from_day__gt=day).select_related("record")
    for pk, group in groupby(days.order_by("row_id", "from_day"), key=lambda each: each.row_id):
        before: Any = planned[pk]
        for each in group:
            now = each.record
            names = {one.name for one in fields if getattr(before, one.attname) != getattr(now, one.attname)}
            if names:
                found[pk, each.from_day] |= names
            before = now


def _parts(planned: dict[int, Activity], day: date, found: Found) -> None:
    """Places, needs, contributors and milestones: a row that comes, goes or says something else."""
    rows = _rows(planned, day)
    for (name, pk, _), group in groupby(sorted(rows), key=lambda row: row[:3]):
        for on in _days_of_change([row[3:] for row in group], day):
            found[pk, on].add(name)


def _days_of_change(held: list[tuple[date, date, str]], day: date) -> Iterator[date]:
    """`held`: from when, until when and what, of one row, the oldest first."""
    if held[0][0] > day:
        yield held[0][0]
    for (_, until, said), (begins, _, says) in pairwise(held):
        if until < begins:
            yield until
            yield begins
        elif said != says:
            yield begins
    if held[-1][1] < date.max:
        yield held[-1][1]


def _rows(planned: dict[int, Activity], day: date) -> list[tuple[str, int, int, date, date, str]]:
    """Name, activity, row, from when, until when and what. One query."""
    milestone = Concat(
        F("record__title"), Value(" "), Cast("record__due_on", TextField()), output_field=TextField()
    )
    asked = [
        *(
            _named(_of(table, "row_id", planned, day), name, "row_id", "other_id")
            for name, table in LISTS.items()
        ),
        _named(
            _of(ContributionDays, PARTLY, planned, day).annotate(text=F("record__what")),
            "contributors",
            PARTLY,
            "row_id",
        ),
        _named(
            _of(MilestoneDays, PARTLY, planned, day).annotate(text=milestone), MILESTONES, PARTLY, "row_id"
        ),
    ]
    first, *others = asked
    return list(first.union(*others, all=True))


def _of(table: Any, about: str, planned: Iterable[int], day: date) -> Any:
    """The rows of the activities on the day and later, which say nothing but that they are there."""
    rows = table.objects.filter(**{f"{about}__in": list(planned)}, until_day__gt=day)
    return rows.annotate(text=Value("", TextField()))


def _named(rows: Any, name: str, about: str, which: str) -> Any:
    named = rows.annotate(name=Value(name, CharField()), about=F(about), which=F(which))
    return named.order_by().values_list("name", "about", "which", "from_day", "until_day", "text")
