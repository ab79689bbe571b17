"""Who changed what, when? django-simple-history's records, told explicitly who and when by the actions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model
from simple_history.models import HistoricalRecords

M = TypeVar("M", bound=Model)


class PlanHistory(HistoricalRecords):
    """The history of a plan's fields. Nobody can make it up afterwards, so it begins with the first save.

    What only keeps saves apart is left out: `version`, and what else is `unkept`.
    """

    def __init__(self, *, unkept: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(related_name="past", excluded_fields=["version", *unkept], **kwargs)


def signed(instance: M, *, by: Any, at: datetime) -> M:
    """The instance, with whom and when the history rows of its coming saves will name. `by` is None for a set-up command."""
    instance._history_user = by  # type: ignore[attr-defined] # simple-history reads these two
    instance._history_date = at  # type: ignore[attr-defined] # as above
    return instance


def by_function(user: Any) -> str:
    """Who somebody is in their work, never a name where there is a function; None stands for a set-up command."""
    return (user.title or user.display_name) if user else "Systemet"
