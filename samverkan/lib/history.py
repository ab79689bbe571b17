"""Who changed what, when? django-simple-history's records; the actions set who and when explicitly."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.models import HistoricalRecords

M = TypeVar("M", bound=Model)


class PlanHistory(HistoricalRecords):
    """The history of a row's fields from the first save, without `version` and the fields in `unkept`."""

    def __init__(self, *, unkept: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(related_name="past", excluded_fields=["version", *unkept], **kwargs)


def signed(instance: M, *, by: Any, at: datetime) -> M:
    """The instance, with user and time set for the history of its next saves. `by` is None for a set-up command."""
    instance._history_user = by  # type: ignore[attr-defined] # simple-history reads these two
    instance._history_date = at  # type: ignore[attr-defined] # as above
    return instance


def by_function(user: Any) -> str:
    """The user's title, or the name without one; `Systemet` for None, a set-up command."""
    return (user.title or user.display_name) if user else "Systemet"
