"""The follow-ups that a test has saved."""

from datetime import date

from activities.models import Activity, FollowUp


def new_follow_ups(activity: Activity) -> list[FollowUp]:
    """All but the one of 31 March, which the stories begin with."""
    return list(activity.follow_ups.exclude(refers_on=date(2024, 3, 31)))
