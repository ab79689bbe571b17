"""Builds the form for following up, as the activity's page and *Mitt arbete* open it."""

from dataclasses import replace
from typing import Any

from activities.editing.seen import Seen
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.forms.correct import CorrectionForm
from activities.follow_ups.forms.follow_up import FollowUpForm
from activities.follow_ups.log import deciding_on
from activities.follow_ups.unsaved import restored
from activities.models import Activity, FollowUp
from parties.models import User


def form_for(
    user: User,
    activity: Activity,
    *,
    seen: Seen,
    rows: list[FollowUp],
    asked: FollowUp | None,
    days: SpokenDays,
    corrects: FollowUp | None = None,
    data: Any = None,
    day: str = "",
) -> FollowUpForm:
    """The correction form of `corrects` or of the follow-up `asked` about; the ordinary form when both are None.

    The ordinary form of today, too, when `day`, or the one sent, is later than the one asked about.

    `rows` are the activity's follow-ups as for the log; the new one goes on from what decides the state on its day. `days`
    are those that it can speak of. Without `data` the user's unsaved answer is put back: one query.
    """
    if asked and asked.refers_on.isoformat() < (data.get("refers_on", "") if data else day):
        asked, days = None, replace(days, round=None)
    common: dict[str, Any] = {"activity": activity, "user": user, "seen": seen}
    corrected = corrects or asked
    if not data:
        corrects_pk, is_asked = (corrected.pk, corrected == asked) if corrected else (0, False)
        common["unsaved"] = restored(
            user, activity, seen=seen, today=days.today, corrects=corrects_pk, is_asked=is_asked
        )
    if corrected is None:
        unsaved = common.get("unsaved")
        sent = data or (unsaved.fields if unsaved else {})
        last = deciding_on(rows, days.chosen(sent.get("refers_on", "")))
        return FollowUpForm(data, last=last, days=days, **common)
    is_earlier = corrected == asked and corrected.refers_on < days.today
    return CorrectionForm(data, follow_up=corrected, later=days.today if is_earlier else None, **common)
