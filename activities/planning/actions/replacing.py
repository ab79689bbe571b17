"""Ends an activity once the one that replaces it is agreed; until then it goes on as before."""

from datetime import datetime
from uuid import uuid4

from activities import notices, policies
from activities.editing.seen import locked
from activities.follow_ups.actions import Answer, record_follow_up
from activities.models import Activity
from activities.states import Preparation, State
from parties.models import User
from samverkan.lib import clock


def end_replaced(activity: Activity, *, by: User, at: datetime, notify: bool) -> None:
    """Cancels what the agreed activity replaces, with its reason, and tells that one's people. One that has ended stays so.

    Only coordinators cancel: the one on whose yes the new activity rests, otherwise any that is active. Call it in the
    transaction of the second yes.
    """
    if activity.replaces is None:
        return
    old = locked(activity.replaces)
    last = old.follow_ups.states().newest_first().first()
    state = (last.state if last else None) or State.NOT_STARTED
    coordinator = _coordinator_who_said_yes(activity, by, old)
    if not (old.is_agreed and state.is_open and coordinator):
        return
    answer = Answer(
        State.CANCELLED, what_happened=f"Ersätts av aktivitet {activity.number}. {activity.replace_reason}"
    )
    today = clock.local(at).date()
    saved = record_follow_up(
        activity=old, by=coordinator, at=at, answer=answer, submission_key=uuid4(), spoken=today
    )
    if notify:
        notices.notify_of_end(old, saved, by=by)


def _coordinator_who_said_yes(activity: Activity, by: User, old: Activity) -> User | None:
    """`by`, or whoever proposed the activity, if they may cancel; otherwise another coordinator."""
    proposed = activity.past.filter(preparation=Preparation.PROPOSED).select_related("history_user")
    record = proposed.order_by("-history_date", "-history_id").first()
    people = [by, *([record.history_user] if record and record.history_user else []), *notices.coordinators()]
    return next(
        (
            each
            for each in people
            if policies.can_follow_up(each, old) and policies.can_set(each, State.CANCELLED)
        ),
        None,
    )
