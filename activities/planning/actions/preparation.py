"""The steps from a draft to an agreed activity: propose, accept, return, withdraw; and replacing an agreed one.

An agreement between authorities is never an order: the lead party and the coordinator both say yes, one of them by
proposing. The history says who did. Nobody says yes for both sides, not even after changing roles. A proposal cannot be
edited: it is answered or withdrawn. An agreed activity keeps its responsible party, which said yes to it; *Ersätt*
gives another party the work by a draft that points back at it, and ends it once that draft is agreed.

Keyword-only and atomic. Every step takes the `version` that the user saw, raises it and is saved in the history. Mails
those whose turn it is, unless `notify` is False, for steps written down afterwards.
Raises PermissionDenied when `by` may not, ValidationError (`already`, `alone`, `nothing`, `missing`) when the step is
not possible now, Stale when the plan has changed in between.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import notices, policies
from activities.asked import people_to_ask
from activities.editing.seen import Seen, locked, raise_version, refuse_stale, refuse_stale_plan
from activities.follow_ups.actions.record import held_period
from activities.models import Activity
from activities.planning.actions.plan import register_activity
from activities.planning.actions.replacing import end_replaced
from activities.planning.actions.rules import refuse_second_replacement, what_is_missing, who_has_left
from activities.states import Preparation
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.history import signed


@transaction.atomic
def propose_activity(
    *, activity: Activity, by: User, at: datetime, version: int, notify: bool = True
) -> Activity:
    """Says yes for the user's side, and asks the other: the lead party or the coordinators."""
    activity = _opened(activity, by)
    _refuse_when_already(activity, Preparation.PROPOSED)
    _refuse_when_already(activity, Preparation.AGREED)
    refuse_stale_plan(activity, version)
    require(policies.can_propose(by, activity))
    _refuse_while_something_is_missing(activity, at)
    _say_yes(activity, by, at)
    _step(activity, Preparation.PROPOSED, by=by, at=at)
    if notify:
        people = people_to_ask(activity) if activity.waits_for_lead else notices.coordinators()
        again = activity.past.filter(preparation=Preparation.RETURNED).exists()
        template = "activities/notices/proposed.txt"
        notices.notify(people, activity=activity, template=template, by=by, again=again)
        notices.notify_of_proposal(activity, at=at)
    return activity


@transaction.atomic
def accept_activity(
    *, activity: Activity, by: User, at: datetime, version: int, notify: bool = True
) -> Activity:
    """Says yes for the other side, which makes the activity agreed."""
    activity = _opened(activity, by)
    _refuse_when_already(activity, Preparation.AGREED)
    _refuse_alone(activity, by)
    refuse_stale_plan(activity, version)
    _refuse_without_a_proposal(activity)
    require(policies.can_answer(by, activity))
    _refuse_ones_own(activity, by)
    _refuse_while_something_is_missing(activity, at)
    proposers = _proposers(activity)
    _say_yes(activity, by, at)
    _step(activity, Preparation.AGREED, by=by, at=at)
    if notify:
        notices.notify(proposers, activity=activity, template="activities/notices/agreed.txt", by=by)
    end_replaced(activity, by=by, at=at, notify=notify)
    return activity


@transaction.atomic
def return_activity(
    *, activity: Activity, by: User, at: datetime, version: int, reason: str, notify: bool = True
) -> Activity:
    """Returns the proposal with a reason, so that both sides can change it and propose it again.

    The same form sent twice returns it once.
    """
    activity = _opened(activity, by)
    if (activity.preparation, activity.return_reason) == (Preparation.RETURNED, reason):
        return activity
    _refuse_when_already(activity, Preparation.AGREED)
    _refuse_alone(activity, by)
    refuse_stale_plan(activity, version)
    _refuse_without_a_proposal(activity)
    require(policies.can_answer(by, activity))
    proposers = _proposers(activity)
    activity.lead_yes_on = activity.coordinator_yes_on = None
    activity.return_reason = reason
    _step(activity, Preparation.RETURNED, by=by, at=at)
    if notify:
        notices.notify(proposers, activity=activity, template="activities/notices/returned.txt", by=by)
    return activity


@transaction.atomic
def withdraw_activity(*, activity: Activity, by: User, at: datetime, version: int) -> Activity:
    """Withdraws the user's own proposal, which becomes a draft again."""
    activity = _opened(activity, by)
    _refuse_when_already(activity, Preparation.AGREED)
    refuse_stale_plan(activity, version)
    _refuse_without_a_proposal(activity)
    require(policies.can_withdraw(by, activity))
    activity.lead_yes_on = activity.coordinator_yes_on = None
    _step(activity, Preparation.DRAFT, by=by, at=at)
    return activity


@transaction.atomic
def replace_activity(
    *, activity: Activity, by: User, at: datetime, seen: Seen, submission_key: UUID, reason: str, **new: Any
) -> Activity:
    """Registers the draft that is to replace an agreed activity, which goes on until the new one is agreed.

    `new` goes to `register_activity`. Raises Stale as `record_follow_up` does.
    """
    activity = locked(activity)
    require(policies.can_replace(by, activity))
    if made := activity.replaced_by.filter(submission_key=submission_key).first():
        return made
    refuse_second_replacement(activity)
    refuse_stale(activity, seen, by=by, period=held_period(activity, at))
    return register_activity(
        by=by,
        at=at,
        agreement=activity.agreement,
        replaces=activity,
        replace_reason=reason,
        submission_key=submission_key,
        **new,
    )


def _say_yes(activity: Activity, by: User, at: datetime) -> None:
    side = "coordinator_yes_on" if by.is_coordinator else "lead_yes_on"
    setattr(activity, side, clock.local(at).date())


def _step(activity: Activity, to: Preparation, *, by: User, at: datetime) -> None:
    raise_version(activity)
    activity.preparation = to
    if to != Preparation.RETURNED:
        activity.return_reason = ""
    checked(signed(activity, by=by, at=at))


def _proposers(activity: Activity) -> list[User]:
    return people_to_ask(activity) if activity.lead_yes_on else notices.coordinators()


def _opened(activity: Activity, by: User) -> Activity:
    """The locked activity. Raises PermissionDenied for users of neither side."""
    activity = locked(activity)
    require(policies.takes_part(by, activity))
    return activity


def _refuse_when_already(activity: Activity, preparation: Preparation) -> None:
    if activity.preparation == preparation:
        raise ValidationError(f"Aktiviteten är redan {preparation.label.lower()}.", code="already")


def _refuse_without_a_proposal(activity: Activity) -> None:
    if not activity.is_proposed:
        raise ValidationError("Det finns inget förslag att svara på just nu.", code="nothing")


def _refuse_alone(activity: Activity, by: User) -> None:
    """A side cannot accept its own proposal."""
    if policies.can_withdraw(by, activity):
        whose = activity.lead.short_name if activity.waits_for_lead else "samordnaren"
        raise ValidationError(
            f"Förslaget väntar på svar från {whose}. Du kan inte besluta det ensam.", code="alone"
        )


def _refuse_ones_own(activity: Activity, by: User) -> None:
    """The account that proposed cannot accept, even if it has changed sides since: two people must have read the plan."""
    proposed = activity.past.filter(preparation=Preparation.PROPOSED)
    if (
        proposed.order_by("-history_date", "-history_id").values_list("history_user", flat=True).first()
        == by.pk
    ):
        raise ValidationError("Du skickade själv förslaget. Någon annan behöver godkänna det.", code="alone")


def _refuse_while_something_is_missing(activity: Activity, at: datetime) -> None:
    sentence = what_is_missing(activity) or who_has_left(activity, clock.local(at).date())
    if sentence:
        raise ValidationError(sentence, code="missing")
