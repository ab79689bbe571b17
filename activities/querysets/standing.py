"""Which follow-ups stand, and which of them decides an activity's state on a day?

The SQL is written out here, once and for both databases. Every page asks, and through the ORM it is three queries
within each other, which take longer to compile than to answer. The ORM calls a table that stands in a query within
another `U0`, `V0` and so on, so these names are none of its own.
"""

from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, Value
from django.db.models.sql.compiler import SQLCompiler

_WITHDRAWN = (
    "EXISTS (SELECT 1 FROM activities_followup withdrawal"
    " WHERE withdrawal.replaces_id = replacement.id AND withdrawal.is_withdrawal)"
)
_NOT_REPLACED = (
    "NOT EXISTS (SELECT 1 FROM activities_followup replacement WHERE replacement.replaces_id = {follow_up}"
    f" AND (replacement.is_withdrawal OR NOT {_WITHDRAWN}))"
)
_DECIDING = (
    "(SELECT said.id FROM activities_followup said WHERE said.activity_id = {activity} AND said.refers_on <= {day}"
    " AND said.voice = 'responsible' AND NOT said.is_withdrawal"
    f" AND {_NOT_REPLACED.format(follow_up='said.id')}"
    " ORDER BY said.refers_on DESC, said.saved_at DESC, said.id DESC LIMIT 1)"
)


class NotReplaced(Func):
    """Whether neither a withdrawal nor a correction that itself stands has taken the follow-up's place."""

    output_field = BooleanField()
    template = _NOT_REPLACED.format(follow_up="%(expressions)s")

    def __init__(self) -> None:
        super().__init__(F("pk"))


class Deciding(Func):
    """The key of the follow-up that decides the activity's state on a day; null before the first.

    It is the newest of the responsible party's that stand, by the day that they speak of and then by when they were saved.
    """

    output_field = BigIntegerField()

    def __init__(self, day: date) -> None:
        super().__init__(F("pk"), Value(day, DateField()))

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[Any]]:
        (activity, of_activity), (day, of_day) = map(compiler.compile, self.get_source_expressions())
        return _DECIDING.format(activity=activity, day=day), [*of_activity, *of_day]
