"""Registers an activity, changes its plan, and removes a draft.

Keyword-only and atomic. `by` is None for a set-up command.
Raises PermissionDenied when `by` may not, ValidationError when a rule is broken (keyed by the field to change), Stale
when somebody has changed the plan since `version`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from activities import notices, policies
from activities.editing.seen import locked, raise_version, refuse_stale_plan
from activities.models import Activity, Contribution, Milestone
from activities.planning.actions import rules
from parties.models import Party, User
from priorities.agreements.actions import next_number
from priorities.models import Agreement, FocusArea, Need
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.history import signed


@dataclass(frozen=True)
class Plan:
    """A plan as typed: the activity's own fields by name, and its lists."""

    fields: dict[str, Any]
    focus_areas: list[FocusArea] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    reporters: list[User] = field(default_factory=list)
    contributors: list[Party] = field(default_factory=list)


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
    submission_key: UUID | None = None,
    **fields: Any,
) -> Activity:
    """Creates a draft with the agreement's next number. The same form sent twice creates one."""
    require(by is None or (policies.can_plan_in(by, agreement) and policies.can_plan_for(by, fields["lead"])))
    require(by is None or "preparation" not in fields)  # only a set-up command registers agreed activities
    Agreement.objects.select_for_update().get(pk=agreement.pk)  # two identical forms at once take turns
    if submission_key and (made := Activity.objects.filter(submission_key=submission_key).first()):
        require(made.agreement_id == agreement.pk)
        return made
    contributions = list(contributions)
    plan = Plan(
        fields, list(focus_areas), list(needs), list(reporters), [party for party, _ in contributions]
    )
    rules.check(plan, agreement)
    rules.check_members(plan, agreement, today=clock.local(at).date())
    number = next_number(agreement, "next_activity_number")
    fields |= {"agreement": agreement, "number": number, "submission_key": submission_key}
    activity: Activity = checked(signed(Activity(**fields), by=by, at=at))
    activity.focus_areas.set(plan.focus_areas)
    activity.needs.set(plan.needs)
    activity.reporters.set(plan.reporters)
    for party, what in contributions:
        checked(signed(Contribution(activity=activity, party=party, what=what), by=by, at=at))
    for milestone in milestones:
        checked(signed(Milestone(activity=activity, **milestone), by=by, at=at))
    return activity


@transaction.atomic
def edit_plan(*, activity: Activity, by: User, at: datetime, version: int, plan: Plan) -> bool:
    """Saves the changes. False when nothing differs.

    When the activity is agreed the lead party gets a mail, and so do contributors that are added or removed.
    """
    activity = locked(activity)
    require(policies.can_edit_plan(by, activity))
    refuse_stale_plan(activity, version)
    require(policies.can_plan_for(by, plan.fields["lead"]))
    rules.check(plan, activity.agreement)
    rules.check_agreed(plan, activity)
    rules.check_members(plan, activity.agreement, today=clock.local(at).date(), had=activity)
    if not _differs(activity, plan):
        return False
    raise_version(activity)
    for name, value in plan.fields.items():
        setattr(activity, name, value)
    checked(signed(activity, by=by, at=at))
    activity.focus_areas.set(plan.focus_areas)
    activity.needs.set(plan.needs)
    activity.reporters.set(plan.reporters)
    added, removed = _set_contributors(activity, plan.contributors, by=by, at=at)
    notices.notify_of_change(activity, at=at)
    if activity.is_agreed:
        notices.notify_of_asking(activity, parties=added)
        notices.notify_of_removal(activity, removed)
    return True


@transaction.atomic
def remove_draft(*, activity: Activity, by: User, at: datetime, version: int) -> None:
    """Deletes a draft that neither side has said yes to, with its parts. Its number is not used again."""
    activity = locked(activity)
    require(policies.can_remove(by, activity))
    refuse_stale_plan(activity, version)
    rules.refuse_to_remove(activity)
    for part in [*activity.milestones.all(), *activity.contributions.all()]:
        signed(part, by=by, at=at).delete()
    signed(activity, by=by, at=at).delete()


def _differs(activity: Activity, plan: Plan) -> bool:
    lists: dict[str, list[Any]] = {
        "focus_areas": plan.focus_areas,
        "needs": plan.needs,
        "reporters": plan.reporters,
        "contributors": plan.contributors,
    }
    return any(getattr(activity, name) != value for name, value in plan.fields.items()) or any(
        {row.pk for row in rows} != set(getattr(activity, name).values_list("pk", flat=True))
        for name, rows in lists.items()
    )


def _set_contributors(
    activity: Activity, parties: list[Party], *, by: User, at: datetime
) -> tuple[list[Party], list[Contribution]]:
    """Adds and removes contributions; the others keep their texts and confirmations. Returns the new parties and the removed."""
    had = {contribution.party_id: contribution for contribution in activity.contributions.all()}
    kept = {party.pk for party in parties}
    removed = [contribution for party, contribution in had.items() if party not in kept]
    for contribution in removed:
        signed(contribution, by=by, at=at).delete()
    added = [party for party in parties if party.pk not in had]
    for party in added:
        checked(signed(Contribution(activity=activity, party=party), by=by, at=at))
    return added, removed
