"""What the rows of *Aktiviteter* show beside the activities' own fields."""

from collections.abc import Iterable

from activities.activity_list.filters import ActivityFilter
from activities.activity_list.hits import with_hits
from activities.models import Activity, FollowUp


def with_newest(rows: Iterable[Activity]) -> list[Activity]:
    """The rows with `newest`, the follow-up that decides the state; None before the first. One query; needs `as_of`."""
    activities = list(rows)
    newest = FollowUp.objects.in_bulk([each.newest_id for each in activities if each.newest_id])
    for each in activities:
        each.newest = newest.get(each.newest_id or 0)
    return activities


def shown(rows: Iterable[Activity], found: ActivityFilter) -> list[Activity]:
    """The rows of a page with what is needed, in a list of what deviates, and after a search with where it found them."""
    activities = with_newest(rows) if found.says_needed else list(rows)
    if found.search:
        return with_hits(activities, found.terms, day=found.day, planned=found.planned)
    return activities
