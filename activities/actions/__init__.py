"""What happens when an activity is planned or followed up?"""

from activities.actions.follow_up import Answer, record_follow_up, record_unchanged, undo_follow_up
from activities.actions.plan import add_round, register_activity, tick_milestones
from activities.actions.seen import Seen, Stale

__all__ = [
    "Answer",
    "Seen",
    "Stale",
    "add_round",
    "record_follow_up",
    "record_unchanged",
    "register_activity",
    "tick_milestones",
    "undo_follow_up",
]
