"""Corrections of follow-ups.

Keyword-only and atomic. The original row stays but no longer counts; the correction is a new row that replaces it.
Raises PermissionDenied when `by` may not, Stale when somebody has saved in between.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from activities import policies
from activities.editing.seen import Seen, Settled, ended, locked, refuse_stale
from activities.follow_ups.actions.ask import why_not_touched
from activities.follow_ups.actions.record import (
    Answer,
    add_follow_up,
    held_period,
    same_or_stale,
    telling_of_end,
)
from activities.follow_ups.actions.unsaved import forget_unsaved
from activities.milestones.actions import tick_milestones
from activities.models import FollowUp, Milestone
from activities.periods import Period
from parties.models import User
from samverkan.lib.access import require


@transaction.atomic
def record_correction(
    *,
    follow_up: FollowUp,
    by: User,
    at: datetime,
    answer: Answer,
    submission_key: UUID,
    seen: Seen,
    milestones: Iterable[Milestone] = (),
) -> FollowUp:
    """Saves a correction with the day and round of the original. The same form sent twice corrects once.

    Answers the question about it, if there is one. Raises Settled when the round is closed or the follow-up replaced.
    """
    activity = follow_up.activity = locked(follow_up.activity)
    require(policies.can_follow_up(by, activity) and policies.can_set(by, answer.state))
    if earlier := FollowUp.objects.filter(submission_key=submission_key).first():
        fields = answer.as_fields() | {"replaces_id": follow_up.pk}
        return same_or_stale(earlier, activity, by, fields, milestones=milestones)
    period = held_period(activity, at)
    _refuse_settled(follow_up, by, period)
    refuse_stale(activity, seen, by=by, period=period)
    with telling_of_end(activity, by=by):
        correction = add_follow_up(
            activity=activity,
            by=by,
            at=at,
            round=follow_up.round,
            refers_on=follow_up.refers_on,
            party_id=follow_up.party_id,
            on_behalf=policies.speaks_on_behalf(by, activity),
            replaces=follow_up,
            submission_key=submission_key,
            **answer.as_fields(),
        )
    tick_milestones(activity=activity, milestones=milestones, by=by, at=at, along_with=correction)
    forget_unsaved(activity=activity, by=by)
    return correction


def why_not_corrected(follow_up: FollowUp, by: User, period: Period) -> str:
    """Why the user cannot correct the follow-up, in Swedish; empty when they can. Needs its activity and round."""
    if follow_up.voice != FollowUp.Voice.RESPONSIBLE or follow_up.is_withdrawal:
        return "Det går bara att rätta den ansvariga partens uppföljning."
    return (
        why_not_touched(follow_up) if policies.can_correct(by, follow_up, period) else _why_settled(follow_up)
    )


def _refuse_settled(follow_up: FollowUp, by: User, period: Period) -> None:
    if not policies.can_correct(by, follow_up, period):
        raise Settled(_why_settled(follow_up))
    if sentence := why_not_touched(follow_up):
        raise Settled(sentence)


def _why_settled(follow_up: FollowUp) -> str:
    closed = ended(follow_up.round) if follow_up.round else ""
    return f"{closed or 'Uppföljningen hör till en tid som är avslutad.'} Det som är sagt då rättas inte."
