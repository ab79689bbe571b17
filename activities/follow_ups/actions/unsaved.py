"""Keeps and deletes unsaved answers of follow-up forms."""

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
    """Replaces what was kept before. None, and nothing kept, when the form with that key has been saved.

    An unsaved answer can be sent before the form's save and arrive after it, so both lock the activity's row. Raises
    PermissionDenied when `by` may not follow up.
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
    UnsavedAnswer.objects.filter(author=by, activity=activity).delete()
