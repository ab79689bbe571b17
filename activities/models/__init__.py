"""Activities with their milestones and contributions, follow-ups, questions, rounds and the rounds' mail."""

from activities.models.activity import Activity, Contribution, Milestone
from activities.models.follow_up import FollowUp
from activities.models.mail import Mail, MailReason
from activities.models.question import Question
from activities.models.round import Round
from activities.models.unsaved import UnsavedAnswer

__all__ = [
    "Activity",
    "Contribution",
    "FollowUp",
    "Mail",
    "MailReason",
    "Milestone",
    "Question",
    "Round",
    "UnsavedAnswer",
]
