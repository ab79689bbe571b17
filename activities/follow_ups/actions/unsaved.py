"""What happens to what somebody has typed in a follow-up form and not saved?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from activities import policies
from activities.editing.seen import locked
from activities.models import Activity, FollowUp, UnsavedAnswer
from parties.models import User
from samverkan.lib.access import require


@transaction.atomic
def keep_unsaved(
    *, activity: Activity, by: User, at: datetime, answers: dict[str, Any], submission_key: UUID | None = None
) -> UnsavedAnswer | None:
    """Keeps it in place of what was kept before. None, and nothing kept, when the form with that key has been saved.

    A draft can be sent just before the form is and arrive after it: the activity's row is locked by both.
    """
    activity = locked(activity)
    require(policies.can_follow_up(by, activity))
    if submission_key and FollowUp.objects.filter(submission_key=submission_key).exists():
        return None
    kept = UnsavedAnswer.objects.filter(author=by, activity=activity).first()
    if kept is None:
        kept = UnsavedAnswer(author=by, activity=activity)
    if kept.answers != answers:
        kept.answers, kept.saved_at = answers, at
        kept.save()
    return kept


def forget_unsaved(*, activity: Activity, by: User) -> None:
    """It has been saved, or thrown away."""
    UnsavedAnswer.objects.filter(author=by, activity=activity).delete()
