"""What happens when an activity is planned?

Keyword-only and atomic. `by` is the person who does it, None for a set-up command; `at` the moment.
Raises PermissionDenied when `by` may not, ValidationError when something does not hold.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import policies
from activities.actions.seen import raise_version
from activities.models import Activity, Contribution, FollowUp, Milestone, Round
from parties.actions import checked
from parties.models import Party, User
from priorities.actions import next_number
from priorities.models import Agreement, FocusArea, Need
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.history import signed


@transaction.atomic
def register_activity(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    focus_areas: Iterable[FocusArea] = (),
    needs: Iterable[Need] = (),
    reporters: Iterable[User] = (),
    contributions: Iterable[tuple[Party, str]] = (),
    milestones: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Activity:
    """Registers an activity with the agreement's next number, and begins its history.

    Raises ValidationError for anything that belongs to another agreement, and for a lead that also contributes.
    """
    require(policies.can_register(by))
    focus_areas, needs, contributions = list(focus_areas), list(needs), list(contributions)
    _refuse_what_does_not_belong(agreement, [fields["priority_area"], *focus_areas, *needs])
    if any(party == fields["lead"] for party, _ in contributions):
        raise ValidationError("Den ansvariga parten kan inte också vara medverkande.")
    activity = signed(
        Activity(agreement=agreement, number=next_number(agreement, "next_activity_number"), **fields),
        by=by,
        at=at,
    )
    checked(activity)
    activity.focus_areas.set(focus_areas)
    activity.needs.set(needs)
    activity.reporters.set(reporters)
    for party, what in contributions:
        checked(signed(Contribution(activity=activity, party=party, what=what), by=by, at=at))
    for milestone in milestones:
        checked(signed(Milestone(activity=activity, **milestone), by=by, at=at))
    return activity


@transaction.atomic
def tick_milestones(
    *,
    activity: Activity,
    milestones: Iterable[Milestone],
    by: User,
    at: datetime,
    along_with: FollowUp | None = None,
) -> None:
    """Marks milestones as done on the day; raises the plan's version. Those already done stay as they are."""
    require(policies.can_follow_up(by, activity))
    ticked = [
        milestone
        for milestone in milestones
        if milestone.done_on is None and milestone.activity_id == activity.pk
    ]
    if ticked:
        raise_version(activity)
    for milestone in ticked:
        milestone.done_on, milestone.ticked_by = clock.local(at).date(), along_with
        signed(milestone, by=by, at=at).save()


@transaction.atomic
def untick_milestones(*, follow_up: FollowUp, by: User, at: datetime) -> None:
    """Takes back what was ticked along with a follow-up that is being withdrawn; raises the plan's version."""
    ticked = list(follow_up.ticked.all())
    if ticked:
        raise_version(follow_up.activity)
    for milestone in ticked:
        milestone.done_on = milestone.ticked_by = None
        signed(milestone, by=by, at=at).save()


@transaction.atomic
def add_round(*, by: User | None, agreement: Agreement, **fields: Any) -> Round:
    """A follow-up round, planned or past."""
    require(policies.can_register(by))
    round: Round = checked(Round(agreement=agreement, **fields))
    return round


def _refuse_what_does_not_belong(agreement: Agreement, parts: Iterable[Any]) -> None:
    if any(part.agreement_id != agreement.pk for part in parts):
        raise ValidationError(
            "Område, plats och behov måste höra till samma överenskommelse som aktiviteten."
        )
