"""What happens when a contributing party says what it will do, and what it has done?

Keyword-only and atomic. Raises PermissionDenied when `by` may not, ValidationError when something does not hold.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from activities import policies
from activities.actions.follow_up import add_word, same_or_stale
from activities.actions.seen import locked
from activities.models import Activity, Contribution, FollowUp
from parties.actions import checked
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.history import signed


@transaction.atomic
def write_contribution(*, contribution: Contribution, by: User, at: datetime, what: str) -> Contribution:
    """What the party does in the activity. Its own word confirms it; the coordinator's change asks the party again."""
    activity = locked(contribution.activity)
    contribution = Contribution.objects.select_related("party").get(pk=contribution.pk)
    require(policies.can_write_contribution(by, activity, contribution.party_id))
    is_own = by.party_id == contribution.party_id and by.is_representative
    confirmed_on = contribution.confirmed_on if contribution.what == what else None
    if is_own:
        confirmed_on = confirmed_on or clock.local(at).date()
    if (contribution.what, contribution.confirmed_on) != (what, confirmed_on):
        contribution.what, contribution.confirmed_on = what, confirmed_on
        checked(signed(contribution, by=by, at=at))
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
) -> FollowUp:
    """What the contributing party has done: a word in the log without a status. The same form sent twice saves once."""
    activity = locked(activity)
    require(
        contribution.activity_id == activity.pk
        and policies.can_tell_of_contribution(by, activity, contribution.party_id)
    )
    if earlier := FollowUp.objects.filter(submission_key=submission_key).first():
        return same_or_stale(
            earlier, activity, by, {"what_happened": what_happened, "party_id": contribution.party_id}
        )
    return add_word(
        activity=activity,
        by=by,
        at=at,
        submission_key=submission_key,
        party_id=contribution.party_id,
        voice=FollowUp.Voice.CONTRIBUTOR,
        on_behalf=by.party_id != contribution.party_id,
        what_happened=what_happened,
    )
