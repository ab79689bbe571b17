"""What is counted on *Översikt*: one row for each activity, read in one query."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from activities.models import FollowUp, Round
from activities.querysets import ActivityQuerySet
from activities.states import State


class Row(NamedTuple):
    """What is counted of an activity. The fields are the query's, in its order."""

    pk: int
    number: int
    title: str
    preparation: str
    area: int
    lead: int
    lead_name: str
    starts_on: date
    ends_on: date
    state: str
    is_overdue: bool
    is_late_start: bool
    is_not_updated: bool
    has_answered: bool

    @property
    def is_open(self) -> bool:
        return State(self.state).is_open


FIELDS = (
    "pk",
    "number",
    "title",
    "preparation",
    "priority_area",
    "lead",
    "lead__short_name",
    *Row._fields[7:],
)


def asking_about(rounds: Iterable[Round], day: date, *, today: date) -> Round | None:
    """`Round.objects.asking_about` among rounds that are at hand, in the order of their days."""
    asked = [each for each in rounds if each.as_of <= day and each.opens_on and each.opens_on <= today]
    return asked[-1] if asked else None


def rows_of(visible: ActivityQuerySet, day: date, asking: Round | None) -> list[Row]:
    """One query, and no object for each row: there may be thousands."""
    words = FollowUp.objects.states().filter(activity=OuterRef("pk"))
    answers = words.in_answer_to(asking, day) if asking else words.none()
    rows = visible.as_of(day).with_flags(today=day, round=asking).annotate(has_answered=Exists(answers))
    return [Row(*values) for values in rows.order_by("number").values_list(*FIELDS)]
