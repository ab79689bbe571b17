"""What does not go as planned, by name: why, and who has to decide."""

from collections.abc import Sequence
from datetime import date

from activities.activity_list.filters import OUTSIDE_PLAN
from activities.models import FollowUp
from activities.overview.content import Deviation, Deviations
from activities.overview.links import OverviewLinks
from activities.overview.rows import OverviewRow
from activities.states import State
from samverkan.lib.texts import in_one_line, shortened

MOST = 10  # rows in all
MOST_OFF_TRACK = 20  # rows of what is off track, which has to be read without a click
LONGEST = 200  # characters of a reason


def deviations(rows: Sequence[OverviewRow], day: date, links: OverviewLinks) -> Deviations:
    """One query."""
    found = sorted(
        (row for row in rows if any(_signs(row, day))), key=lambda row: _signs(row, day).index(True)
    )
    off_track = sum(row.state == State.OFF_TRACK for row in found)
    shown = found[: max(MOST, min(off_track, MOST_OFF_TRACK))]
    newest = FollowUp.objects.in_bulk([row.newest_id for row in shown if row.newest_id])
    url = links.activities(status=OUTSIDE_PLAN, sortera="allvar")
    return Deviations(
        tuple(_deviation(row, newest.get(row.newest_id or 0), day, links) for row in shown), len(found), url
    )


def _signs(row: OverviewRow, day: date) -> list[bool]:
    """What does not go as planned, the worst first: what has happened before what may happen."""
    overdue, late_start = row.is_overdue(day), row.is_late_start(day)
    return [row.state == State.OFF_TRACK, overdue, late_start, row.state == State.AT_RISK]


def _deviation(row: OverviewRow, newest: FollowUp | None, day: date, links: OverviewLinks) -> Deviation:
    return Deviation(
        title=row.title,
        url=links.activity(row.number),
        lead=row.lead_name,
        state=State(row.state),
        overdue_since=row.ends_on if row.is_overdue(day) else None,
        late_since=row.starts_on if row.is_late_start(day) else None,
        reason=shortened(in_one_line(newest.reason), LONGEST) if newest else "Inte uppföljd än.",
        decided_by=newest.get_decision_by_display() if newest and newest.decision_by else "",
    )
