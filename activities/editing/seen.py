"""What the editor saw of an activity, and the refusal of a save when it has changed since.

A follow-up form is stale when the plan or the log has moved on: two people who report on one activity should see each
other's follow-ups.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from activities.editing.spoken_days import SpokenDays
from activities.history.changes import in_form_order, label_of
from activities.models import Activity, FollowUp, Milestone, Round
from activities.periods import Period
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.editing.stale import Stale
from samverkan.lib.history import by_function
from samverkan.lib.names import listing

DID = {"+": "lade till", "~": "ändrade", "-": "tog bort"}  # by the type of the history's record


@dataclass(frozen=True)
class Seen:
    """What a form carries: the plan's version, and the keys of the newest follow-up and the open round, 0 for none.

    `round_id` is None for a form that showed no round, such as the one that replaces an activity.
    """

    version: int
    newest_id: int
    round_id: int | None = None

    @classmethod
    def of(cls, activity: Activity, *, round_id: int | None = None) -> "Seen":
        """What a form opened now would carry. One query."""
        newest = newest_follow_up(activity)
        return cls(activity.version, newest.pk if newest else 0, round_id)


class Gone(Stale):
    """The draft has been removed."""


class RoundMoved(Stale):
    """The round that the editor saw is closed, or another has opened. Nobody has saved."""


class Settled(RoundMoved):
    """The follow-up can no longer be corrected: its round is closed, or it has been replaced."""


class Asked(Stale):
    """The coordinator has asked a question about the follow-up since the form was opened."""


def newest_follow_up(activity: Activity) -> FollowUp | None:
    """The follow-up saved last, by any party, including withdrawals; None before the first. One query."""
    return activity.follow_ups.order_by("-saved_at", "-pk").select_related("author", "party").first()


def locked(activity: Activity) -> Activity:
    """Fetches the activity and locks its row until the transaction ends. Raises Gone when the draft has been removed.

    SQLite has no row locks, but lets in one writer at a time.
    """
    rows = Activity.objects.select_for_update(of=("self",)).select_related("agreement", "lead")
    found = rows.filter(pk=activity.pk).first()
    if found is None:
        raise Gone("Utkastet har tagits bort.")
    return found


def refuse_stale_plan(activity: Activity, version: int) -> None:
    """Raises Stale when the plan has changed since the editor saw it. Call it with the activity's row locked."""
    if activity.version != version:
        raise Stale(what_changed(activity))


def refuse_stale(activity: Activity, seen: Seen, *, by: User, period: Period) -> None:
    """Raises Stale, or RoundMoved when only the round differs. Call it with the rows of activity and round locked."""
    moved = "" if seen.round_id in {None, period.round_id} else _what_moved(activity, seen, period)
    newest = newest_follow_up(activity)
    if newest and newest.pk != seen.newest_id:
        raise Stale(f"{_saved(newest)} {moved}".strip(), own=newest.author_id == by.pk)
    if activity.version != seen.version:
        raise Stale(f"{what_changed(activity)} {moved}".strip())
    if moved:
        raise RoundMoved(moved)


def _what_moved(activity: Activity, seen: Seen, period: Period) -> str:
    """Sentences in Swedish: which round was closed, when and by whom, or opened, and which day the text now speaks of."""
    rounds = Round.objects.filter(agreement=activity.agreement_id).select_related("closed_by")
    was, now = rounds.filter(pk=seen.round_id or 0).first(), period.round
    closed = ended(was) if was else ""
    opened = f"{now.label} öppnade {in_words(now.opens_on)}." if now and not closed else ""
    if was and not now and not closed:
        closed = f"{was.label} har tagit slut."
    days = SpokenDays.now(activity, period, party=activity.lead_id)
    belongs = f"Det du skriver gäller nu läget {days.in_words(days.preselected)}."
    return " ".join(filter(None, [closed, opened, belongs]))


def ended(round: Round) -> str:
    """`Delår per 31 augusti 2024 stängdes 30 september 2024 av Trygghetssamordnare.`; empty when nobody has closed it."""
    if round.closed_on is None:
        return ""
    by = f" av {by_function(round.closed_by)}" if round.closed_by else ""
    return f"{round.label} stängdes {in_words(round.closed_on)}{by}."


def raise_version(activity: Activity) -> None:
    """Makes every form opened before stale. Raises Stale when somebody else has raised the version already."""
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
    """A sentence in Swedish: who changed the plan last, which fields or milestone, and when. Two or three queries."""
    record = activity.past.select_related("history_user").order_by("-history_date", "-history_id").first()
    ticked = (
        Milestone.history.filter(activity=activity.pk)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
        .first()
    )
    if ticked and (record is None or ticked.history_date >= record.history_date):
        saved, what = ticked, f"{DID[ticked.history_type]} delmålet ”{ticked.title}”"
    elif record:
        saved, what = record, f"ändrade {_changed_fields(activity, record)}"
    else:
        return "Planen har ändrats."
    return f"{by_function(saved.history_user)} {what} den {clock.in_words(saved.history_date)}."


def _changed_fields(activity: Activity, record: Any) -> str:
    """The labels of the fields that the save changed. A save can leave several records: the fields, then each list."""
    before = activity.past.filter(history_date__lt=record.history_date)
    previous = before.order_by("-history_date", "-history_id").first()
    changed = record.diff_against(previous).changed_fields if previous else []
    if "preparation" in changed:
        return f"beredningen till {record.get_preparation_display().lower()}"
    return listing([label_of(name).lower() for name in in_form_order(changed)]) or "planen"
