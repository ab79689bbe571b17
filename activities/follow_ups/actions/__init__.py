"""Records, corrects and undoes follow-ups, asks questions about them, and keeps unsaved answers.

Keyword-only and atomic. Each docstring names what it raises.
"""

from activities.follow_ups.actions.answer import answer_on_behalf
from activities.follow_ups.actions.ask import ask_about, take_back_question, why_not_asked
from activities.follow_ups.actions.correct import record_correction, why_not_corrected
from activities.follow_ups.actions.read import mark_read, mark_unread
from activities.follow_ups.actions.record import Answer, record_follow_up, record_unchanged, undo_follow_up
from activities.follow_ups.actions.unsaved import forget_unsaved, keep_unsaved

__all__ = [
    "Answer",
    "answer_on_behalf",
    "ask_about",
    "forget_unsaved",
    "keep_unsaved",
    "mark_read",
    "mark_unread",
    "record_correction",
    "record_follow_up",
    "record_unchanged",
    "take_back_question",
    "undo_follow_up",
    "why_not_asked",
    "why_not_corrected",
]
