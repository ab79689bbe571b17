from activities.models import Activity
from parties import audit
from parties.audit import Act
from parties.models import User


def record_reading(activity: Activity, *, by: User) -> None:
    """Records that somebody opened an internal activity. Does nothing for others."""
    if activity.is_internal:
        audit.record(Act.READ_INTERNAL, by=by, of=activity)
