"""What does the log of an activity say, and what may this person do with each word?"""

from dataclasses import dataclass

from activities import policies
from activities.models import Activity, FollowUp, Question
from activities.periods import Period
from parties.models import User


@dataclass(frozen=True)
class Entry:
    """A word; `replacement` is the correction or withdrawal that took its place and `replaced` the word that it took.

    `question` is the coordinator's, for those who follow up; it waits for an answer when `is_asked`.
    """

    word: FollowUp
    replacement: FollowUp | None
    replaced: FollowUp | None
    question: Question | None
    is_asked: bool
    may_correct: bool
    may_ask: bool
    may_take_back: bool


def entries(rows: list[FollowUp], activity: Activity, user: User, period: Period) -> list[Entry]:
    """Newest first, withdrawals left out: they only show on what they withdrew. No query: `rows` are those `for_log`."""
    replacements = {
        row.replaces_id: row for row in rows if row.replaces_id and (row.counts or row.is_withdrawal)
    }
    by_pk = {row.pk: row for row in rows}
    may_read = policies.can_follow_up(user, activity)

    def entry(word: FollowUp) -> Entry:
        decides = word.pk == activity.newest_id
        question = question_of(word) if may_read else None
        is_asked = question is not None and decides and _waits(question, word, period)
        return Entry(
            word,
            None if word.counts else replacements.get(word.pk),
            by_pk.get(word.replaces_id) if word.replaces_id else None,
            question,
            is_asked,
            decides and policies.can_correct(user, word, period),
            decides and may_be_asked(question) and policies.can_ask(user, word, period),
            is_asked and user.is_coordinator,
        )

    return [entry(word) for word in rows if not word.is_withdrawal]


def question_of(word: FollowUp) -> Question | None:
    """Without a query where the word was fetched with its question."""
    return getattr(word, "question", None)


def may_be_asked(question: Question | None) -> bool:
    """A word has one question; one that was taken back leaves its place to another."""
    return question is None or question.is_taken_back


def _waits(question: Question, word: FollowUp, period: Period) -> bool:
    return not question.is_taken_back and period.round_id == word.round_id
