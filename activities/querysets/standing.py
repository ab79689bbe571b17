"""Which follow-ups stand, and which of them decides an activity's state on a day?

The SQL is written out here, once and for both databases. Every page asks, and through the ORM it is three queries
within each other, which take longer to compile than to answer. The ORM calls a table that stands in a query within
another `U0`, `V0` and so on, so these names are none of its own.
"""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, BooleanField, CharField, DateField, F, Func, Value
from django.db.models.functions import Coalesce

from activities.states import State, Status, Voice

_REPLACED = """EXISTS (
    SELECT 1 FROM activities_followup replacement
    WHERE replacement.replaces_id = %s AND (replacement.is_withdrawal OR NOT EXISTS (
        SELECT 1 FROM activities_followup withdrawal
        WHERE withdrawal.replaces_id = replacement.id AND withdrawal.is_withdrawal)))"""


class IsReplaced(Func):
    """Whether a withdrawal, or a correction that is not withdrawn itself, has taken the follow-up's place."""

    template = _REPLACED % "%(expressions)s"
    output_field = BooleanField()

    def __init__(self, follow_up: str = "pk") -> None:
        super().__init__(F(follow_up))


class Deciding(Func):
    """A column of the follow-up that decides the activity's state on a day; null before the first.

    It is the responsible party's newest that stands, by the day that it speaks of and then by when it was saved.
    """

    template = f"""(
        SELECT %(column)s FROM activities_followup said
        WHERE said.activity_id = %(expressions)s
        AND said.voice = '{Voice.RESPONSIBLE}' AND NOT said.is_withdrawal AND NOT {_REPLACED % "said.id"}
        ORDER BY said.refers_on DESC, said.saved_at DESC, said.id DESC LIMIT 1)"""  # noqa: S608 -- our own words only
    arg_joiner = " AND said.refers_on <= "

    def __init__(self, column: str, day: date, **extra: Any) -> None:
        super().__init__(F("pk"), Value(day, DateField()), column=column, **extra)


def newest_id_on(day: date) -> Deciding:
    return Deciding("said.id", day, output_field=BigIntegerField())


def newest_on(day: date) -> Deciding:
    """The day that it speaks of."""
    return Deciding("said.refers_on", day, output_field=DateField())


def state_on(day: date) -> Coalesce:
    """Status and assessment as one State; not started before the first follow-up."""
    one = f"CASE said.status WHEN '{Status.ONGOING}' THEN said.assessment ELSE said.status END"
    state = Deciding(one, day, output_field=CharField())
    return Coalesce(state, Value(State.NOT_STARTED.value))
