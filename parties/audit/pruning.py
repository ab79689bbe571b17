"""Removes what is old from the log, whole segments at a time."""

from datetime import datetime

from django.db import transaction

from parties.acts import Act
from parties.audit.recording import record
from parties.models import AuditEntry, AuditSegment

# An intrusion into data (4 kap. 9 c § brottsbalken) is time-barred after five years (35 kap. 1 §): as long as it can be
# tried, it can be shown who did what. After that the client addresses have no purpose left.
YEARS = 5


@transaction.atomic
def prune(*, at: datetime, before: datetime) -> list[AuditSegment]:
    """Removes the entries of the segments that were closed before the day, and records that. The segments' rows stay.

    The database lets the entries go since their segment says that they are removed. Returns the segments.
    """
    old = list(
        AuditSegment.objects.select_for_update()
        .filter(removed_at=None, closed_at__lt=before)
        .order_by("number")
    )
    if not old:
        return []
    first, last = old[0], old[-1]
    AuditSegment.objects.filter(removed_at=None, number__lte=last.number).update(removed_at=at)
    AuditEntry.objects.filter(pk__lte=last.last_id).delete()
    record(
        Act.PRUNED,
        by=None,
        of=last,
        label=f"Segment {first.number}–{last.number}",
        changes=[
            ("poster", str(sum(segment.entries for segment in old)), "0"),
            ("sista kedjade avtryck", "", last.chained),
        ],
    )
    return old
