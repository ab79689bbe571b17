"""The log of an activity: its follow-ups, and what the user may do with each."""

from dataclasses import dataclass
from datetime import date

from activities import policies
from activities.models import Activity, FollowUp, Question
from activities.periods import Period
from parties.models import User


@dataclass(frozen=True)
class LogEntry:
    """A follow-up in the log. `replacement` is the correction or withdrawal of it; `replaced` is the one it corrects.

    `question` is the coordinator's, None for users who cannot follow up; `is_asked` while it waits for an answer.
    """

    follow_up: FollowUp
    replacement: FollowUp | None
    replaced: FollowUp | None
    question: Question | None
    is_asked: bool
    may_correct: bool
    may_ask: bool
    may_take_back: bool


def entries(rows: list[FollowUp], activity: Activity, user: User, period: Period) -> list[LogEntry]:
    """Newest first, without withdrawals, which show only on what they withdrew. No query.

    `rows` come from `for_log`, with their questions fetched.
    """
    replacements = {
        row.replaces_id: row for row in rows if row.replaces_id and (row.counts or row.is_withdrawal)
    }
    by_pk = {row.pk: row for row in rows}
    deciding = set(deciding_each_day(rows).values())
    may_read = policies.can_follow_up(user, activity)

    def entry(follow_up: FollowUp) -> LogEntry:
        decides = follow_up.pk in deciding
        question = follow_up.question if may_read else None
        is_asked = question is not None and decides and _waits(question, follow_up, period)
        return LogEntry(
            follow_up,
            None if follow_up.counts else replacements.get(follow_up.pk),
            by_pk.get(follow_up.replaces_id) if follow_up.replaces_id else None,
            question,
            is_asked,
            decides and policies.can_correct(user, follow_up, period),
            decides and may_be_asked(question) and policies.can_ask(user, follow_up, period),
            is_asked and user.is_coordinator,
        )

    return [entry(follow_up) for follow_up in rows if not follow_up.is_withdrawal]


def deciding_each_day(rows: list[FollowUp]) -> dict[date, int]:
    """The key of the follow-up that decides the state on each day that one speaks of. Needs `counts`, newest first."""
    states = [row for row in rows if row.counts and row.voice == FollowUp.Voice.RESPONSIBLE]
    return {row.refers_on: row.pk for row in reversed(states)}


def deciding_on(rows: list[FollowUp], day: date) -> FollowUp | None:
    """The follow-up that decides the state on the day; None before the first. Needs `counts`, newest first."""
    states = (row for row in rows if row.counts and row.voice == FollowUp.Voice.RESPONSIBLE)
    return next((row for row in states if row.refers_on <= day), None)


def may_be_asked(question: Question | None) -> bool:
    """A follow-up has at most one question; a new one may replace one that was taken back."""
    return question is None or question.is_taken_back


def _waits(question: Question, follow_up: FollowUp, period: Period) -> bool:
    """Once the round has ended it no longer waits, so that the form is for what is new; the log leads to the answer."""
    return not question.is_taken_back and period.round_id == follow_up.round_id
