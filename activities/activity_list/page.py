"""What the rows of *Aktiviteter* show beside the activities' own fields."""

from collections.abc import Iterable

from activities.models import Activity, FollowUp
from activities.states import Flag, State

# The filters whose lists say what each activity needs to get on, and who has to decide.
DEVIATING = {State.OFF_TRACK.slug, State.AT_RISK.slug, Flag.OVERDUE.slug, Flag.LATE_START.slug}


def with_newest(rows: Iterable[Activity]) -> list[Activity]:
    """The rows with `newest`, the follow-up that decides the state; None before the first. One query; needs `as_of`."""
    activities = list(rows)
    newest = FollowUp.objects.in_bulk([each.newest_id for each in activities if each.newest_id])
    for each in activities:
        each.newest = newest.get(each.newest_id or 0)
    return activities
