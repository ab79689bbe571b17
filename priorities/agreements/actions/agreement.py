"""Drafts, edits and adopts an agreement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q

from parties import audit
from parties.audit import Act
from parties.models import Party, User
from priorities import policies
from priorities.agreements.actions.decision import write_decision
from priorities.declarations.actions.matter import lock_matter_of
from priorities.editing.stale import ADOPTED, held_draft, recorded
from priorities.models import (
    Agreement,
    AgreementAttachment,
    AgreementParty,
    FocusArea,
    Place,
    PriorityArea,
)
from samverkan.lib.access import require
from samverkan.lib.checking import checked


@transaction.atomic
def draft_agreement(
    *,
    by: User | None,
    at: datetime | None = None,
    parties: Iterable[Party],
    places: Iterable[Place],
    priority_areas: Iterable[dict[str, Any]],
    attachments: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Agreement:
    """Adds a draft agreement. Keeps the order of `places` and `priority_areas`."""
    require(policies.can_keep_agreements(by))
    agreement: Agreement = checked(recorded(Agreement(**fields), by=by, at=at))
    for party in parties:
        checked(AgreementParty(agreement=agreement, party=party))
    for order, place in enumerate(places, 1):
        checked(FocusArea(agreement=agreement, place=place, order=order))
    for order, area in enumerate(priority_areas, 1):
        checked(PriorityArea(agreement=agreement, order=order, **area))
    for attachment in attachments:
        checked(AgreementAttachment(agreement=agreement, **attachment))
    audit.record(Act.ADDED, by=by, of=agreement)
    return agreement


@transaction.atomic
def edit_agreement(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    title: str,
    starts_on: date,
    ends_on: date,
    purposes: str,
) -> Agreement:
    """Edits a draft. Raises ValidationError for a period that leaves an activity outside."""
    require(policies.can_keep_agreements(by))
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": "Slutdatum ska vara efter startdatum."})
    outside = agreement.activities.filter(Q(starts_on__lt=starts_on) | Q(ends_on__gt=ends_on)).order_by(
        "number"
    )
    if activity := outside.first():
        raise ValidationError(f"Aktivitet {activity.number} ligger utanför perioden. Ändra den först.")
    agreement.title, agreement.purposes = title, purposes
    agreement.starts_on, agreement.ends_on = starts_on, ends_on
    saved: Agreement = checked(agreement)
    return saved


@transaction.atomic
def set_effect_goal(*, by: User | None, area: PriorityArea, effect_goal: str) -> None:
    """Raises ValidationError unless the agreement is a draft: adopted areas stand until the next agreement."""
    require(policies.can_keep_agreements(by))
    if not area.agreement.is_draft:
        raise ValidationError(ADOPTED, code="adopted")
    area.effect_goal = effect_goal
    checked(area)


@transaction.atomic
def adopt_agreement(
    *,
    by: User | None,
    agreement: Agreement,
    at: datetime | None = None,
    seen: int | None = None,
    decision: dict[str, Any] | None = None,
) -> None:
    """Adopts a draft: its activities can be agreed and followed up, and what is written in it no longer changes.

    `decision` has the fields of `record_decision`; None leaves the matter as it is. Raises ValidationError with a message
    for each thing that is missing.
    """
    require(policies.can_keep_agreements(by))
    lock_matter_of(agreement)
    stored = held_draft(agreement, seen=seen, by=by, at=at)
    if missing := missing_before_adoption(stored):
        raise ValidationError([each.sentence for each in missing], code="missing")
    if decision:
        write_decision(stored, by=by, at=at, **decision)
    old = audit.before(stored)
    stored.status = agreement.status = Agreement.Status.ADOPTED
    audit.record_change(checked(stored), old, by=by, act=Act.ADOPTED)


@dataclass(frozen=True)
class Missing:
    """What an agreement lacks before adoption. `part` is the step where it is written."""

    part: str
    sentence: str


def missing_before_adoption(agreement: Agreement) -> list[Missing]:
    """Everything that the agreement lacks before adoption. One query.

    Lag (2023:196) 9 §: a written agreement states at least its purposes and its areas.
    """
    numbers = {
        "parties": Count("memberships", distinct=True),
        "areas": Count("priority_areas", distinct=True),
    }
    there = Agreement.objects.filter(pk=agreement.pk).aggregate(**numbers)
    is_there = {
        Missing("grunder", "Skriv överenskommelsens syften."): bool(agreement.purposes.strip()),
        Missing("parter", "Välj minst två parter."): there["parties"] > 1,
        Missing("omraden", "Skriv minst ett prioriterat område."): there["areas"] > 0,
        Missing("arende", "Ange vilket ärende överenskommelsen hör till."): agreement.matter_id is not None,
    }
    return [missing for missing, is_written in is_there.items() if not is_written]


def next_number(agreement: Agreement, counter: str) -> int:
    """Takes the next number from the agreement's `counter`. Two writers at once get two numbers, on both databases."""
    Agreement.objects.filter(pk=agreement.pk).update(**{counter: F(counter) + 1})
    number: int = Agreement.objects.values_list(counter, flat=True).get(pk=agreement.pk)
    return number - 1
