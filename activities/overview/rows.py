"""The rows that *Översikt* counts, one for each activity."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q

from activities.models import Round
from activities.querysets import ActivityQuerySet, answered_in, due_in, met_in, missing_in
from activities.states import Preparation, State
from activities.waiting import asked_about, waits_for_coordinator, with_proposer
from samverkan.lib.db import whether


class OverviewRow(NamedTuple):
    """An activity as of a day. The fields come in the order of the query's.

    The flags are the same as those of `with_flags`, from the state already read: SQL would look it up once for each flag.
    `is_asked`, `is_answered` and `is_missing` are about the round that asks, and of its day: the round's own figures.
    `has_answered` is of the day looked at: after a round, what is written later also counts.
    `newest_id` is the key of the follow-up that decides the state. Only for the coordinator, and today: `is_to_prepare`, a
    plan that waits for the coordinator, and `is_questioned`, a question that the party has not answered.
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
    newest_id: int | None = None
    is_to_prepare: bool = False
    is_questioned: bool = False

    @property
    def is_agreed(self) -> bool:
        return self.preparation == Preparation.AGREED

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


NOTHING = Q(pk__in=[])


def rows_of(
    visible: ActivityQuerySet, day: date, asking: Round | None, *, today: date, for_coordinator: bool = False
) -> list[OverviewRow]:
    """One query, and no model instances, since there may be thousands of rows."""
    in_round = {
        "has_answered": Q(pk__in=answered_in(asking, day)) if asking else NOTHING,
        "is_asked": Q(pk__in=due_in(asking, day)) if asking else NOTHING,
        "is_answered": Q(pk__in=met_in(asking, day)) if asking else NOTHING,
        "is_missing": Q(pk__in=missing_in(asking, day)) if asking else NOTHING,
    }
    waiting = {
        "is_to_prepare": waits_for_coordinator() if for_coordinator else NOTHING,
        "is_questioned": Q(pk__in=asked_about([asking])) if asking and for_coordinator else NOTHING,
    }
    annotated = {name: whether(condition) for name, condition in (in_round | waiting).items()}
    rows = with_proposer(visible.as_of(day, today=today)).annotate(**annotated).order_by("number")
    return [OverviewRow(*values) for values in rows.values_list(*FIELDS)]
