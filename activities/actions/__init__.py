"""What happens when an activity is planned, agreed or followed up?"""

from activities.actions.contributions import newest_record, record_contribution, write_contribution
from activities.actions.correct import record_correction, why_not_corrected
from activities.actions.follow_up import Answer, record_follow_up, record_unchanged, undo_follow_up
from activities.actions.mail import Nudged, pause_mail, remind_party, send_reminders
from activities.actions.milestones import Step, set_milestones, tick_milestone, tick_milestones
from activities.actions.plan import Plan, edit_plan, register_activity, remove_draft
from activities.actions.preparation import (
    accept_activity,
    propose_activity,
    replace_activity,
    return_activity,
    withdraw_activity,
)
from activities.actions.questions import ask_about, take_back_question, why_not_asked, why_not_touched
from activities.actions.rounds import (
    add_round,
    change_round,
    close_round,
    has_begun,
    plan_round,
    plan_rounds,
    remove_round,
)
from activities.actions.seen import Asked, Gone, RoundMoved, Seen, Settled, Stale
from activities.actions.unsaved import forget_unsaved, keep_unsaved

__all__ = [
    "Answer",
    "Asked",
    "Gone",
    "Nudged",
    "Plan",
    "RoundMoved",
    "Seen",
    "Settled",
    "Stale",
    "Step",
    "accept_activity",
    "add_round",
    "ask_about",
    "change_round",
    "close_round",
    "edit_plan",
    "forget_unsaved",
    "has_begun",
    "keep_unsaved",
    "newest_record",
    "pause_mail",
    "plan_round",
    "plan_rounds",
    "propose_activity",
    "record_contribution",
    "record_correction",
    "record_follow_up",
    "record_unchanged",
    "register_activity",
    "remind_party",
    "remove_draft",
    "remove_round",
    "replace_activity",
    "return_activity",
    "send_reminders",
    "set_milestones",
    "take_back_question",
    "tick_milestone",
    "tick_milestones",
    "undo_follow_up",
    "why_not_asked",
    "why_not_corrected",
    "why_not_touched",
    "withdraw_activity",
    "write_contribution",
]
