"""Which of the report's activities had their plan changed after its day, what was changed and when."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast, Concat, JSONObject

from activities.history.changes import in_form_order, label_of
from activities.models import Activity, ActivityDays, ContributionDays, MilestoneDays, NeedDays, PlaceDays
from activities.querysets.planned import NOW
from activities.reports.content import LaterChange

OWN, MILESTONES, PARTLY = "", "milestones", "record__activity_id"
LISTS = {"focus_areas": PlaceDays, "needs": NeedDays}


class _Held(NamedTuple):
    """What a row of the plan said on which days: one of `name` of the activity, or the activity's own fields as JSON."""

    name: str
    activity: int
    row: int
    from_day: date
    until_day: date
    said: str


def later_changes(activities: Iterable[Activity], day: date) -> tuple[LaterChange, ...]:
    """By number and day; the activities are as planned on the day. One query. A milestone that is ticked is no change."""
    planned = {one.pk: one for one in activities}
    found: dict[tuple[int, date], set[str]] = defaultdict(
        set
    )  # the names of what differs, by activity and day
    for (name, pk, _), group in groupby(sorted(_held(planned, day)), key=lambda row: row[:3]):
        for on, names in _own_changes(list(group)) if name == OWN else _changes(name, list(group), day):
            found[pk, on] |= names
    return tuple(
        LaterChange(planned[pk].number, planned[pk].title, on, tuple(map(_label, in_form_order(names))))
        for (pk, on), names in sorted(found.items(), key=lambda one: (planned[one[0][0]].number, one[0][1]))
    )


def _label(name: str) -> str:
    return "Delmål" if name == MILESTONES else label_of(name)


def _own_changes(held: list[_Held]) -> Iterator[tuple[date, set[str]]]:
    """Which of the activity's own fields each record changed, the oldest first."""
    for before, now in pairwise(held):
        was, says = json.loads(before.said), json.loads(now.said)
        if names := {name for name in says if was[name] != says[name]}:
            yield now.from_day, names


def _changes(name: str, held: list[_Held], day: date) -> Iterator[tuple[date, set[str]]]:
    """The days on which a place, need, contributor or milestone came, went or said something else."""
    if held[0].from_day > day:
        yield held[0].from_day, {name}
    for before, now in pairwise(held):
        if before.until_day < now.from_day:
            yield before.until_day, {name}
        if before.until_day < now.from_day or before.said != now.said:
            yield now.from_day, {name}
    if held[-1].until_day < date.max:
        yield held[-1].until_day, {name}


def _held(planned: Iterable[int], day: date) -> list[_Held]:
    """What the activities' plans say on the day and later. One query."""
    own = [field for field in Activity.history.model.tracked_fields if field.attname not in NOW]
    fields = JSONObject(**{field.name: F(f"record__{field.attname}") for field in own})
    milestone = Concat(
        F("record__title"), Value(" "), Cast("record__due_on", TextField()), output_field=TextField()
    )
    nothing = Value("", TextField())
    tables = [
        _said(ActivityDays, OWN, "row_id", "row_id", Cast(fields, TextField())),
        *(_said(table, name, "row_id", "other_id", nothing) for name, table in LISTS.items()),
        _said(ContributionDays, "contributors", PARTLY, "row_id", F("record__what")),
        _said(MilestoneDays, MILESTONES, PARTLY, "row_id", milestone),
    ]
    first, *others = [rows.filter(about__in=list(planned), until_day__gt=day) for rows in tables]
    return [_Held(*row) for row in first.union(*others, all=True)]


def _said(table: Any, name: str, about: str, which: str, said: Any) -> Any:
    """All rows of a table of days; `about` and `which` name its columns of the activity and of the row."""
    named = table.objects.annotate(name=Value(name, CharField()), about=F(about), which=F(which), said=said)
    return named.order_by().values_list("name", "about", "which", "from_day", "until_day", "said")
