"""Has somebody else saved since the form was opened?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from activities.changes import by_function, label_of
from activities.models import Activity, FollowUp, Milestone
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words


@dataclass(frozen=True)
class Seen:
    """What the editor had before them: the plan's version, and the newest follow-up (0 before the first)."""

    version: int
    newest_id: int

    @classmethod
    def of(cls, activity: Activity) -> "Seen":
        """What stands now. One query."""
        newest = newest_word(activity)
        return cls(activity.version, newest.pk if newest else 0)


class Stale(Exception):
    """Something was saved in between; nothing was saved now. The message says who, when and what, in Swedish.

    `own` when it was the editor, from another tab or by going back.
    """

    def __init__(self, message: str, *, own: bool = False) -> None:
        super().__init__(message)
        self.own = own


class Gone(Stale):
    """The activity, a draft, has been removed."""


def newest_word(activity: Activity) -> FollowUp | None:
    """The last row written by anybody on the activity, withdrawals included; None before the first."""
    return activity.follow_ups.order_by("-saved_at", "-pk").select_related("author", "party").first()


def locked(activity: Activity) -> Activity:
    """The row as it stands, held until the transaction ends: PostgreSQL locks it, SQLite has let in one writer already.

    Raises Gone when the activity, a draft, has been removed.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("agreement", "lead")
    found = rows.filter(pk=activity.pk).first()
    if found is None:
        raise Gone("Utkastet har tagits bort.")
    return found


def refuse_stale_plan(activity: Activity, version: int) -> None:
    """Raises Stale unless the plan is the one that the editor saw. Call it with the activity's row locked."""
    if activity.version != version:
        raise Stale(what_changed(activity))


def refuse_stale(activity: Activity, seen: Seen, *, by: User) -> None:
    """Raises Stale unless what the editor saw is what stands. Call it with the activity's row locked."""
    newest = newest_word(activity)
    if newest and newest.pk != seen.newest_id:
        raise Stale(_said(newest), own=newest.author_id == by.pk)
    if activity.version != seen.version:
        raise Stale(what_changed(activity))


def raise_version(activity: Activity) -> None:
    """The plan has changed: every form that was opened before is stale now. Raises Stale when it had changed already."""
    changed = Activity.objects.filter(pk=activity.pk, version=activity.version).update(
        version=F("version") + 1
    )
    if not changed:
        activity.refresh_from_db(fields=["version"])
        raise Stale(what_changed(activity))
    activity.version += 1


def _said(word: FollowUp) -> str:
    what = (
        "tog tillbaka sin uppföljning"
        if word.is_withdrawal
        else f"sparade en uppföljning ({word.state.label})"
        if word.state
        else "skrev"
    )
    return f"{word.speaker} {what} {_when(word.saved_at)}."


def what_changed(activity: Activity) -> str:
    """Who last changed the plan, and which fields."""
    record = activity.past.select_related("history_user").order_by("-history_date", "-history_id").first()
    ticked = (
        Milestone.history.filter(activity=activity.pk)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
        .first()
    )
    if ticked and (record is None or ticked.history_date >= record.history_date):
        who, what, when = ticked.history_user, f"delmålet ”{ticked.title}”", ticked.history_date
    elif record:
        who, what, when = record.history_user, _changed_fields(activity, record), record.history_date
    else:
        return "Planen har ändrats."
    return f"{by_function(who)} ändrade {what} {_when(when)}."


def _changed_fields(activity: Activity, record: Any) -> str:
    """What differs from the plan before that moment. One change can be several records: its fields, then each list."""
    before = activity.past.filter(history_date__lt=record.history_date)
    previous = before.order_by("-history_date", "-history_id").first()
    changed = record.diff_against(previous).changed_fields if previous else []
    if "preparation" in changed:
        return f"beredningen till {record.get_preparation_display().lower()}"
    names = [label_of(name).lower() for name in changed]
    return ", ".join(names) or "planen"


def _when(moment: datetime) -> str:
    local = clock.local(moment)
    return f"{in_words(local.date())} kl. {local:%H.%M}"
