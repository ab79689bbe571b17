"""What an editor had before them of an activity, the row that is held while it changes, and who saved it last."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from activities.history.changes import label_of
from activities.models import Activity, FollowUp, Milestone, Round
from activities.periods import Period
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.editing.stale import Stale
from samverkan.lib.history import by_function


@dataclass(frozen=True)
class Seen:
    """What the editor had before them: the plan's version, the newest follow-up and the open round, 0 for none.

    `round_id` None where the page showed none, such as where an activity is replaced.
    """

    version: int
    newest_id: int
    round_id: int | None = None

    @classmethod
    def of(cls, activity: Activity, *, round_id: int | None = None) -> "Seen":
        """What stands now. One query."""
        newest = newest_follow_up(activity)
        return cls(activity.version, newest.pk if newest else 0, round_id)


class Gone(Stale):
    """The activity, a draft, has been removed."""


class RoundMoved(Stale):
    """Nobody has written in between, but the round that the editor saw is closed, or another has opened."""


class Settled(RoundMoved):
    """The follow-up that was to be corrected no longer can be: its round is closed, or it has been replaced already."""


class Asked(Stale):
    """The coordinator has given the follow-up back with a question in between."""


def newest_follow_up(activity: Activity) -> FollowUp | None:
    """The last one saved by anybody on the activity, withdrawals included; None before the first."""
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


def refuse_stale(activity: Activity, seen: Seen, *, by: User, period: Period) -> None:
    """Raises Stale unless what the editor saw is what stands. Call it with the rows of activity and round locked."""
    moved = "" if seen.round_id in {None, period.round_id} else _what_moved(activity, seen, period)
    newest = newest_follow_up(activity)
    if newest and newest.pk != seen.newest_id:
        raise Stale(f"{_saved(newest)} {moved}".strip(), own=newest.author_id == by.pk)
    if activity.version != seen.version:
        raise Stale(f"{what_changed(activity)} {moved}".strip())
    if moved:
        raise RoundMoved(moved)


def _what_moved(activity: Activity, seen: Seen, period: Period) -> str:
    """Which round was closed, when and by whom, or opened, and what that means for what is being written."""
    rounds = Round.objects.filter(agreement=activity.agreement_id).select_related("closed_by")
    was, now = rounds.filter(pk=seen.round_id or 0).first(), period.round
    closed = ended(was) if was else ""
    opened = f"{now.label} öppnade {in_words(now.opens_on)}." if now and not closed else ""
    belongs = (
        f"Det du skriver hör nu till {now.label} och avser {in_words(period.refers_on)}."
        if now
        else "Det du skriver hör nu inte till någon omgång och avser i dag."
    )
    return " ".join(filter(None, [closed, opened, belongs]))


def ended(round: Round) -> str:
    """`Delår per 31 augusti 2024 stängdes 30 september 2024 av Trygghetssamordnare.`; empty when nobody has closed it."""
    if round.closed_on is None:
        return ""
    by = f" av {by_function(round.closed_by)}" if round.closed_by else ""
    return f"{round.label} stängdes {in_words(round.closed_on)}{by}."


def raise_version(activity: Activity) -> None:
    """The plan has changed: every form that was opened before is stale now. Raises Stale when it had changed already."""
    changed = Activity.objects.filter(pk=activity.pk, version=activity.version).update(
        version=F("version") + 1
    )
    if not changed:
        activity.refresh_from_db(fields=["version"])
        raise Stale(what_changed(activity))
    activity.version += 1


def _saved(follow_up: FollowUp) -> str:
    what = (
        "tog tillbaka sin uppföljning"
        if follow_up.is_withdrawal
        else f"sparade en uppföljning ({follow_up.state.label})"
        if follow_up.state
        else "skrev"
    )
    return f"{follow_up.speaker} {what} {clock.in_words(follow_up.saved_at)}."


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
    return f"{by_function(who)} ändrade {what} {clock.in_words(when)}."


def _changed_fields(activity: Activity, record: Any) -> str:
    """What differs from the plan before that moment. One change can be several records: its fields, then each list."""
    before = activity.past.filter(history_date__lt=record.history_date)
    previous = before.order_by("-history_date", "-history_id").first()
    changed = record.diff_against(previous).changed_fields if previous else []
    if "preparation" in changed:
        return f"beredningen till {record.get_preparation_display().lower()}"
    names = [label_of(name).lower() for name in changed]
    return ", ".join(names) or "planen"
