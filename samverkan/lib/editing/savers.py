"""Who has saved each field since a form was opened, read from the row's history."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from samverkan.lib import clock
from samverkan.lib.history import by_function

MOST_SAVES = 10  # that are compared
MOST_RECORDS = 60  # that are read; one save can leave several: the fields, then each list


@dataclass(frozen=True)
class Save:
    """One person's save. `record` is the history record after it."""

    at: datetime
    function: str
    record: Any

    def __str__(self) -> str:
        return f"{self.function}, {clock.in_words(self.at)}"


@dataclass(frozen=True)
class Savers:
    """The saves since the form was opened, newest first. `before` is the record before them, or None."""

    saves: list[Save]
    before: Any = None

    @classmethod
    def of(cls, history: Any, missed: int) -> "Savers":
        """`history` is a queryset of history records, `missed` the number of saves. One query."""
        records = history.select_related("history_user").order_by("-history_id")
        by_save = groupby(
            records[:MOST_RECORDS], key=lambda record: (record.history_date, record.history_user_id)
        )
        saves = []
        for (at, _), group in by_save:
            newest = next(group)
            saves.append(Save(at, by_function(newest.history_user), newest))
        count = min(max(missed, 1), MOST_SAVES)
        return cls(saves[:count], saves[count].record if len(saves) > count else None)

    def who(self, name: str) -> str:
        """Who saved the field last, and when; empty when the history does not show it."""
        if not self.saves:
            return ""
        earlier = [save.record for save in self.saves[1:]] + [self.before]
        for save, before in zip(self.saves, earlier, strict=True):
            if before is not None and _value(save.record, name) != _value(before, name):
                return str(save)
        functions = {save.function for save in self.saves}
        return str(self.saves[0]) if len(functions) == 1 else ""


def _value(record: Any, name: str) -> Any:
    """A field's value; None for lists and other names that are no column."""
    names = {field.name: field.attname for field in record._meta.concrete_fields}
    return getattr(record, names[name]) if name in names else None
