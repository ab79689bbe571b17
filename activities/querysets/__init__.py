"""Which rows? Access begins in `visible_to`; time is an argument."""

from activities.querysets.activities import (
    ActivityQuerySet,
    MilestoneQuerySet,
    late_start_on,
    not_updated_on,
    overdue_on,
)
from activities.querysets.follow_ups import FollowUpQuerySet, QuestionQuerySet
from activities.querysets.mail import MailQuerySet
from activities.querysets.rounds import RoundQuerySet
from activities.querysets.unsaved import UnsavedAnswerQuerySet

__all__ = [
    "ActivityQuerySet",
    "FollowUpQuerySet",
    "MailQuerySet",
    "MilestoneQuerySet",
    "QuestionQuerySet",
    "RoundQuerySet",
    "UnsavedAnswerQuerySet",
    "late_start_on",
    "not_updated_on",
    "overdue_on",
]
