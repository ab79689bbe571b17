"""Builds the form for following up, as the activity's page and *Mitt arbete* open it."""

from typing import Any

from activities.editing.seen import Seen
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.forms.correct import CorrectionForm
from activities.follow_ups.forms.follow_up import FollowUpForm
from activities.follow_ups.unsaved import restored
from activities.models import Activity, FollowUp
from parties.models import User


def form_for(
    user: User,
    activity: Activity,
    *,
    seen: Seen,
    last: FollowUp | None,
    asked: FollowUp | None,
    days: SpokenDays,
    corrects: FollowUp | None = None,
    data: Any = None,
) -> FollowUpForm:
    """The correction form of `corrects` or of the follow-up `asked` about; the ordinary form when both are None.

    `last` decides the state, None before the first follow-up. `days` are those that a new follow-up can speak of. Without
    `data` the user's unsaved answer is put back: one query.
    """
    common: dict[str, Any] = {"activity": activity, "user": user, "seen": seen}
    corrected = corrects or asked
    if not data:
        corrects_pk, is_asked = (corrected.pk, corrected == asked) if corrected else (0, False)
        common["unsaved"] = restored(
            user, activity, seen=seen, last=last, corrects=corrects_pk, is_asked=is_asked
        )
    if corrected is None:
        return FollowUpForm(data, last=last, days=days, **common)
    return CorrectionForm(data, follow_up=corrected, **common)
