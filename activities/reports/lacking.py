"""Finds what is missing on the report's day: milestones not reached in time, and needs without an activity in a place."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q

from activities.gaps import gaps
from activities.models import Activity, Milestone
from activities.querysets import as_planned
from activities.reports import content
from activities.reports.scope import AREA, PARTY, PLACE, Scope
from activities.states import State
from priorities.models import Agreement


def late_milestones(
    activities: Iterable[Activity], day: date, then: date | None
) -> tuple[content.LateMilestone, ...]:
    """Those of open activities, due before the day by the plan of `then` and not reached by it. One query. Needs `as_of`.

    One that was ticked after the day, as reached by it, is not late.
    """
    open_ones = {one.pk: one for one in activities if State(one.state).is_open}
    reached = Milestone.objects.filter(pk=OuterRef("pk"), done_on__lte=day)
    rows = Milestone.objects.filter(activity__in=list(open_ones), due_on__lt=day)
    late = as_planned(rows.filter(~Exists(reached), Q(done_on=None) | Q(done_on__gt=day)), then)
    found = [
        content.LateMilestone(one.number, one.title, one.lead.short_name, each.title, each.due_on)
        for each in late.order_by("due_on", "pk")
        if (one := open_ones[each.activity_id])
    ]
    return tuple(sorted(found, key=lambda each: each.number))


def lacking(scope: Scope, agreement: Agreement, day: date, made_on: date) -> tuple[content.Gap, ...]:
    """The gaps of what the report covers; a party has none of its own. One query."""
    if scope.kind == PARTY:
        return ()
    return tuple(
        content.Gap(each.need.number, each.need.problem, each.need.priority_area.name, each.place.name)
        for each in gaps(agreement, day, today=made_on)
        if scope.is_whole
        or (scope.kind == AREA and each.need.priority_area.slug == scope.slug)
        or (scope.kind == PLACE and each.place.slug == scope.slug)
    )
