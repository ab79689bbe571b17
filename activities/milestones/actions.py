"""Plans and ticks milestones.

Keyword-only and atomic. Each change raises the plan's version and is saved in the history.
Raises PermissionDenied when `by` may not, ValidationError when a rule is broken, Stale when the plan has changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import notices, policies
from activities.editing.seen import locked, raise_version, refuse_stale_plan
from activities.models import Activity, FollowUp, Milestone
from parties.models import User
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.dates import in_words
from samverkan.lib.history import signed


@dataclass(frozen=True)
class MilestoneInput:
    """A milestone as typed; `pk` is None for a new one."""

    title: str
    due_on: date
    pk: int | None = None


@transaction.atomic
def set_milestones(
    *, activity: Activity, by: User, at: datetime, version: int, wanted: list[MilestoneInput]
) -> bool:
    """Replaces the activity's milestones; False when nothing differs. A milestone that is done cannot be changed.

    Mails the lead party when the activity is agreed.
    """
    activity = locked(activity)
    require(policies.can_edit_plan(by, activity))
    had = {milestone.pk: milestone for milestone in activity.milestones.all()}
    if sorted((each.title, each.due_on) for each in wanted) == sorted(
        (milestone.title, milestone.due_on) for milestone in had.values()
    ):
        return False
    refuse_stale_plan(activity, version)
    kept = {each.pk for each in wanted if each.pk is not None}
    if not kept <= had.keys():
        raise ValidationError("Delmålet finns inte längre.")
    gone = [milestone for pk, milestone in had.items() if pk not in kept]
    if any(milestone.done_on for milestone in gone):
        raise ValidationError("Ett delmål som är klart tas inte bort.")
    changed = [each for each in wanted if each.pk is None or _differs(had[each.pk], each)]
    if any(each.pk and had[each.pk].done_on for each in changed):
        raise ValidationError("Ett delmål som är klart ändras inte.")
    _refuse_outside(activity.agreement, changed)
    raise_version(activity)
    for milestone in gone:
        signed(milestone, by=by, at=at).delete()
    for each in changed:
        milestone = had[each.pk] if each.pk else Milestone(activity=activity)
        milestone.title, milestone.due_on = each.title, each.due_on
        checked(signed(milestone, by=by, at=at))
    notices.notify_of_change(activity, at=at)
    return True


def outside(agreement: Agreement, due_on: date) -> str:
    """Why a milestone cannot be due that day, in Swedish; empty when the agreement covers it.

    It may be outside the activity's own days.
    """
    if agreement.covers(due_on):
        return ""
    years = f"{in_words(agreement.starts_on)} till {in_words(agreement.ends_on)}"
    return f"Delmålet måste ligga inom överenskommelsens tid, {years}."


def _refuse_outside(agreement: Agreement, wanted: list[MilestoneInput]) -> None:
    for each in wanted:
        if sentence := outside(agreement, each.due_on):
            raise ValidationError(f"{each.title}: {sentence}")


def _differs(milestone: Milestone, wanted: MilestoneInput) -> bool:
    return (milestone.title, milestone.due_on) != (wanted.title, wanted.due_on)


@transaction.atomic
def tick_milestone(*, milestone: Milestone, by: User, at: datetime, done: bool) -> None:
    """Marks one milestone as done on the day of `at`, or as not done. Does nothing when it is already so."""
    activity = locked(milestone.activity)
    require(policies.can_follow_up(by, activity))
    found = activity.milestones.filter(pk=milestone.pk).first()
    if found is None:
        raise ValidationError("Delmålet finns inte längre.")
    milestone = found
    if done:
        tick_milestones(activity=activity, milestones=[milestone], by=by, at=at)
    elif milestone.done_on:
        raise_version(activity)
        milestone.done_on = milestone.ticked_by = None
        signed(milestone, by=by, at=at).save()


@transaction.atomic
def tick_milestones(
    *,
    activity: Activity,
    milestones: Iterable[Milestone],
    by: User,
    at: datetime,
    along_with: FollowUp | None = None,
) -> None:
    """Marks milestones as done on the day of `at`. Skips those already done.

    `along_with` is the follow-up saved in the same form: they are done on the day that it speaks of, and undoing it unticks
    them.
    """
    require(policies.can_follow_up(by, activity))
    ticked = [
        milestone
        for milestone in milestones
        if milestone.done_on is None and milestone.activity_id == activity.pk
    ]
    if ticked:
        raise_version(activity)
    day = along_with.refers_on if along_with else clock.local(at).date()
    for milestone in ticked:
        milestone.done_on, milestone.ticked_by = day, along_with
        signed(milestone, by=by, at=at).save()


@transaction.atomic
def untick_milestones(*, follow_up: FollowUp, by: User, at: datetime) -> None:
    """Unticks the milestones that were ticked with a follow-up, when that is undone."""
    ticked = list(follow_up.ticked.all())
    if ticked:
        raise_version(follow_up.activity)
    for milestone in ticked:
        milestone.done_on = milestone.ticked_by = None
        signed(milestone, by=by, at=at).save()
