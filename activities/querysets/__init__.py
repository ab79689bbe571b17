"""The querysets of activities, follow-ups and rounds. `visible_to` decides access; the day is always an argument.

The models use these querysets as managers, so the querysets refer to the models through their module, which is complete
only when Django has loaded the apps.
"""

from activities.querysets.activities import (
    AGREED,
    ActivityQuerySet,
    MilestoneQuerySet,
    due_in,
    late_start_on,
    met_in,
    missing_in,
    not_updated_on,
    overdue_on,
)
from activities.querysets.contributions import ContributionQuerySet
from activities.querysets.follow_ups import FollowUpQuerySet, QuestionQuerySet, answered_in
from activities.querysets.mail import MailQuerySet
from activities.querysets.planned import as_planned, day_of_plan, earlier
from activities.querysets.rounds import RoundQuerySet
from activities.querysets.unsaved import UnsavedAnswerQuerySet

__all__ = [
    "AGREED",
    "ActivityQuerySet",
    "ContributionQuerySet",
    "FollowUpQuerySet",
    "MailQuerySet",
    "MilestoneQuerySet",
    "QuestionQuerySet",
    "RoundQuerySet",
    "UnsavedAnswerQuerySet",
    "answered_in",
    "as_planned",
    "day_of_plan",
    "due_in",
    "earlier",
    "late_start_on",
    "met_in",
    "missing_in",
    "not_updated_on",
    "overdue_on",
]
