"""Activities with their milestones and contributions, follow-ups, questions, rounds and the rounds' mail."""

from activities.models.activity import Activity, Contribution, Milestone
from activities.models.follow_up import FollowUp
from activities.models.mail import Mail, MailReason
from activities.models.plan_days import ActivityDays, ContributionDays, MilestoneDays, NeedDays, PlaceDays
from activities.models.question import Question
from activities.models.read_mark import ReadMark
from activities.models.round import Round
from activities.models.unsaved import UnsavedAnswer

__all__ = [
    "Activity",
    "ActivityDays",
    "Contribution",
    "ContributionDays",
    "FollowUp",
    "Mail",
    "MailReason",
    "Milestone",
    "MilestoneDays",
    "NeedDays",
    "PlaceDays",
    "Question",
    "ReadMark",
    "Round",
    "UnsavedAnswer",
]
