"""The follow-ups that a test has saved, and what their form says of the day."""

from datetime import date

from activities.models import Activity, FollowUp, Round


def new_follow_ups(activity: Activity) -> list[FollowUp]:
    """All but the one of 31 March, which the stories begin with."""
    return list(activity.follow_ups.exclude(refers_on=date(2024, 3, 31)))


def answers(activity: Activity) -> list[tuple[date, Round | None]]:
    """The day and the round of each of them."""
    return [(each.refers_on, each.round) for each in new_follow_ups(activity)]


def days(response) -> list[tuple[str, bool]]:
    """The days that the form offers, and which of them is chosen."""
    return [(day.value, day.is_chosen) for day in response.context["form"].day_choices]


def words(response) -> str:
    """The page's source with single spaces."""
    return " ".join(response.content.decode().split())
