"""SQL for which follow-ups count, and which of them decides an activity's state on a day.

Written in SQL, the same for both databases, since every page asks: as ORM expressions these are three nested
subqueries, which take longer to compile than to run. The aliases here cannot collide with the ORM's own for nested
tables, which are `U0`, `V0` and so on.
"""

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    Func,
    Value,
)
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

    That is the responsible party's newest one that counts, by the day that it speaks of, then by when it was saved.
    """

    template = f"""(
        SELECT %(column)s FROM activities_followup said
        WHERE said.activity_id = %(expressions)s
        AND said.voice = '{Voice.RESPONSIBLE}' AND NOT said.is_withdrawal AND NOT {_REPLACED % "said.id"}
        ORDER BY said.refers_on DESC, said.saved_at DESC, said.id DESC LIMIT 1)"""  # noqa: S608 -- no text from a user
    arg_joiner = " AND said.refers_on <= "

    def __init__(self, column: str, day: date, **extra: Any) -> None:
        super().__init__(F("pk"), Value(day, DateField()), column=column, **extra)


def newest_id_on(day: date) -> Deciding:
    return Deciding("said.id", day, output_field=BigIntegerField())


def newest_on(day: date) -> Deciding:
    """The day that the deciding follow-up speaks of."""
    return Deciding("said.refers_on", day, output_field=DateField())


def newest_saved_at(day: date) -> Deciding:
    return Deciding("said.saved_at", day, output_field=DateTimeField())


def state_on(day: date) -> Coalesce:
    """Status and assessment as one State; not started before the first follow-up."""
    one = f"CASE said.status WHEN '{Status.ONGOING}' THEN said.assessment ELSE said.status END"
    state = Deciding(one, day, output_field=CharField())
    return Coalesce(state, Value(State.NOT_STARTED.value))
