"""Saves what a contributing party will do in an activity, and what it has done.

A contributing party confirms its own part; what the coordinator writes on its behalf waits for the party to confirm it.
Keyword-only and atomic. Raises PermissionDenied when `by` may not, ValidationError when a rule is broken, Stale when
somebody has saved in between.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import notices, policies
from activities.asked import is_asking
from activities.editing.seen import locked
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.actions.record import add_follow_up, held_period, same_or_stale
from activities.models import Activity, Contribution, FollowUp
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.editing.stale import Stale
from samverkan.lib.history import by_function, signed

NOT_ASKING = (
    "{party} kan inte tillfrågas nu. Aktiviteten är ett utkast, eller så är den genomförd eller avbruten."
)


@transaction.atomic
def write_contribution(
    *, contribution: Contribution, by: User, at: datetime, what: str, seen: int | None = None
) -> Contribution:
    """Saves what the party does. Saved by the party it is confirmed; changed by the coordinator it is unconfirmed again.

    A party's no stands until the party says yes or the coordinator asks again, see `ask_again`.
    `seen` is the key of the newest record in its history when the form was opened; None when there was no form.
    """
    activity = locked(contribution.activity)
    contribution = _found(contribution)
    require(policies.can_write_contribution(by, activity, contribution.party_id))
    is_own = policies.speaks_for(by, contribution.party_id)
    _refuse_stale(contribution, seen, what)
    confirmed_on = contribution.confirmed_on if contribution.what == what else None
    if is_own:
        confirmed_on = confirmed_on or clock.local(at).date()
    says_yes_after_all = is_own and contribution.declined_on is not None
    if (contribution.what, contribution.confirmed_on) != (what, confirmed_on) or says_yes_after_all:
        contribution.what, contribution.confirmed_on = what, confirmed_on
        if says_yes_after_all:
            contribution.declined_on, contribution.decline_reason = None, ""
        checked(signed(contribution, by=by, at=at))
    return contribution


@transaction.atomic
def decline_contribution(
    *, contribution: Contribution, by: User, at: datetime, reason: str, seen: int | None = None
) -> Contribution:
    """Says no for the party, with a reason, which is mailed to the coordinators and the lead party's people.

    What the party was to do stays in the row and in the history. The same form sent twice declines once.
    """
    activity = locked(contribution.activity)
    contribution = _found(contribution)
    may_write = policies.can_write_contribution(by, activity, contribution.party_id)
    require(may_write and policies.speaks_for(by, contribution.party_id))
    if contribution.declined_on and contribution.decline_reason == reason:
        return contribution
    _refuse_stale(contribution, seen, None)
    contribution.confirmed_on, contribution.declined_on = None, clock.local(at).date()
    contribution.decline_reason = reason
    checked(signed(contribution, by=by, at=at))
    notices.notify_of_decline(activity, contribution)
    return contribution


@transaction.atomic
def ask_again(*, contribution: Contribution, by: User, at: datetime) -> Contribution:
    """The coordinator asks a party that has declined once more, and its people get a mail. Asking twice asks once.

    Raises ValidationError for a draft and for an activity that has ended, of which nobody is asked.
    """
    activity = locked(contribution.activity)
    contribution = _found(contribution)
    require(by.is_coordinator and policies.can_write_contribution(by, activity, contribution.party_id))
    if contribution.declined_on is None:
        return contribution
    if not is_asking(Activity.objects.as_of(clock.local(at).date()).get(pk=activity.pk)):
        raise ValidationError(NOT_ASKING.format(party=contribution.party.short_name), code="not_asking")
    declined_on, reason = contribution.declined_on, " ".join(contribution.decline_reason.split())
    contribution.declined_on, contribution.decline_reason = None, ""
    checked(signed(contribution, by=by, at=at))
    notices.notify_of_asking(activity, [contribution.party], declined_on=declined_on, reason=reason)
    return contribution


@transaction.atomic
def record_contribution(
    *,
    activity: Activity,
    contribution: Contribution,
    by: User,
    at: datetime,
    what_happened: str,
    submission_key: UUID,
    spoken: date | None = None,
) -> FollowUp:
    """Saves what the party has done as a follow-up without a status. The same form sent twice saves once.

    `spoken` is the day that it speaks of, one of `SpokenDays`; None for the one that its form begins with.
    """
    activity = locked(activity)
    contribution = _found(contribution)
    require(
        contribution.activity_id == activity.pk
        and policies.can_follow_up_contribution(by, activity, contribution.party_id)
    )
    if earlier := FollowUp.objects.filter(submission_key=submission_key).first():
        fields = {"what_happened": what_happened, "party_id": contribution.party_id}
        return same_or_stale(earlier, activity, by, fields, spoken=spoken)
    if not what_happened:
        raise ValidationError("Skriv vad ni har gjort.", code="required")
    days = SpokenDays.now(
        activity, held_period(activity, at), party=contribution.party_id, voice=FollowUp.Voice.CONTRIBUTOR
    )
    return add_follow_up(
        activity=activity,
        by=by,
        at=at,
        submission_key=submission_key,
        party_id=contribution.party_id,
        voice=FollowUp.Voice.CONTRIBUTOR,
        on_behalf=by.party_id != contribution.party_id,
        what_happened=what_happened,
        **days.place(spoken or days.preselected),
    )


def _found(contribution: Contribution) -> Contribution:
    """Fetches the contribution anew. Raises Stale when the party no longer contributes."""
    found = Contribution.objects.select_related("party").filter(pk=contribution.pk).first()
    if found is None:
        raise Stale(f"{contribution.party.short_name} är inte längre medverkande i aktiviteten.")
    return found


def _refuse_stale(contribution: Contribution, seen: int | None, what: str | None) -> None:
    """Raises Stale when somebody has saved another text since the form was opened. `what` is None for an answer without one."""
    newest = newest_record(contribution)
    if seen is None or newest is None or newest.history_id == seen or contribution.what == what:
        return
    raise why_stale(contribution, newest)


def why_stale(contribution: Contribution, newest: Any) -> Stale:
    """The Stale to raise, with who changed it and when. `newest` is the last record in its history."""
    who, when = by_function(newest.history_user), clock.in_words(newest.history_date)
    return Stale(f"{who} ändrade vad {contribution.party.short_name} gör den {when}.")


def newest_record(contribution: Contribution) -> Any:
    """The newest record in its history; None without one. One query."""
    return contribution.past.select_related("history_user").order_by("-history_date", "-history_id").first()
