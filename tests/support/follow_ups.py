"""What was said in the test."""

from datetime import date

from activities.models import Activity, FollowUp


def new_words(activity: Activity) -> list[FollowUp]:
    """What has been saved beyond what stood at the start."""
    return list(activity.follow_ups.exclude(refers_on=date(2024, 3, 31)))
