"""The rows that *Översikt* counts, one for each activity."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from activities.models import Round
from activities.querysets import ActivityQuerySet, answered_in, asked_in, met_in, missing_in
from activities.states import State
from samverkan.lib.db import whether


class OverviewRow(NamedTuple):
    """An activity as of a day. The fields come in the order of the query's.

    The flags are the same as those of `with_flags`, from the state already read: SQL would look it up once for each flag.
    `is_asked`, `is_answered` and `is_missing` are about the round that asks, and of its day: the round's own figures.
    `has_answered` is of the day looked at: after a round, what is written later also counts.
    """

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
    has_answered: bool
    is_asked: bool
    is_answered: bool
    is_missing: bool

    @property
    def is_open(self) -> bool:
        return State(self.state).is_open

    def is_overdue(self, day: date) -> bool:
        return self.is_open and self.ends_on < day

    def is_late_start(self, day: date) -> bool:
        return self.state == State.NOT_STARTED and self.starts_on < day

    @property
    def is_not_updated(self) -> bool:
        return self.is_open and self.is_asked and not self.has_answered


FIELDS = (
    "pk",
    "number",
    "title",
    "preparation",
    "priority_area",
    "lead",
    "lead__short_name",
    *OverviewRow._fields[7:],
)


def rows_of(visible: ActivityQuerySet, day: date, asking: Round | None, *, today: date) -> list[OverviewRow]:
    """One query, and no model instances, since there may be thousands of rows."""
    nothing = Q(pk__in=[])
    in_round = {
        "has_answered": Q(pk__in=answered_in(asking, day)) if asking else nothing,
        "is_asked": asked_in(asking, day) if asking else nothing,
        "is_answered": Q(pk__in=met_in(asking, today, day=day)) if asking else nothing,
        "is_missing": Q(pk__in=missing_in(asking, today, day=day)) if asking else nothing,
    }
    annotated = {name: whether(condition) for name, condition in in_round.items()}
    rows = visible.as_of(day, today=today).annotate(**annotated).order_by("number")
    return [OverviewRow(*values) for values in rows.values_list(*FIELDS)]
