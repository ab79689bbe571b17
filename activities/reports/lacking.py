"""Finds the milestones that were not reached in time on the report's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Activity, Milestone
from activities.querysets import as_planned
from activities.states import State


@dataclass(frozen=True)
class LateMilestone:
    """A milestone due before the day and not reached by it; `number`, `activity` and `lead` are those of its activity."""

    number: int
    activity: str
    lead: str
    title: str
    due_on: date


def late_milestones(
    activities: Iterable[Activity], day: date, then: date | None
) -> tuple[LateMilestone, ...]:
    """Those of open activities, due before the day by the plan of `then` and not reached by it. One query. Needs `as_of`."""
    open_ones = {one.pk: one for one in activities if State(one.state).is_open}
    rows = Milestone.objects.filter(activity__in=list(open_ones), due_on__lt=day)
    late = as_planned(rows.unreached(day=day), then)
    found = [
        LateMilestone(one.number, one.title, one.lead.short_name, each.title, each.due_on)
        for each in late.order_by("due_on", "pk")
        if (one := open_ones[each.activity_id])
    ]
    return tuple(sorted(found, key=lambda each: each.number))
