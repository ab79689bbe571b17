"""Lays up an agreement, puts aside steps of *Kom igång* that it does without, and takes them back."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from parties import audit
from parties.audit import Act
from parties.declarations.actions import register_declaration
from parties.models import Declaration, User
from priorities import policies
from priorities.agreements.actions import draft_agreement
from priorities.editing.stale import locked, refuse_archived
from priorities.models import Agreement, FirstStepKind, StepAside
from samverkan.lib.access import require
from samverkan.lib.checking import checked

LEFT, ASIDE = "Kvar", "Undanlagt"
TAKEN = "Det finns redan en överenskommelse för {}."


def begin_agreement(*, by: User, at: datetime, title: str, starts_on: date, ends_on: date) -> Agreement:
    """Lays up an empty draft, under the declaration that holds for its whole period or a new one.

    It follows the latest agreement that ends before it begins. Raises ValidationError for years that another one has.
    """
    require(policies.can_keep_agreements(by))
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": "Slutdatum ska vara efter startdatum."})
    slug = "-".join(dict.fromkeys(str(day.year) for day in (starts_on, ends_on)))
    taken = ValidationError({"starts_on": TAKEN.format(slug.replace("-", "–"))})
    if Agreement.objects.filter(slug=slug).exists():
        raise taken
    try:
        with transaction.atomic():
            return draft_agreement(
                by=by,
                at=at,
                slug=slug,
                title=title,
                starts_on=starts_on,
                ends_on=ends_on,
                declaration=_declaration(starts_on, ends_on, by),
                predecessor=Agreement.objects.filter(ends_on__lt=starts_on).order_by("-ends_on").first(),
                parties=[],
                places=[],
                priority_areas=[],
            )
    except IntegrityError as another:  # laid up in between
        raise taken from another


def _declaration(first: date, last: date, by: User) -> Declaration:
    holding = Declaration.objects.filter(valid_from__lte=first, valid_to__gte=last)
    years = "–".join(dict.fromkeys(str(day.year) for day in (first, last)))
    return holding.order_by("-valid_from", "pk").first() or register_declaration(
        by=by, title=f"Avsiktsförklaring {years}", valid_from=first, valid_to=last
    )


@transaction.atomic
def put_step_aside(*, by: User | None, agreement: Agreement, step: FirstStepKind) -> None:
    """Does nothing to a step that already is. Raises ValidationError once the agreement is archived."""
    require(policies.can_keep_agreements(by))
    refuse_archived(locked(agreement))
    if not StepAside.objects.filter(agreement=agreement, step=step).exists():
        checked(StepAside(agreement=agreement, step=step))
        _record(agreement, step, (LEFT, ASIDE), by)


@transaction.atomic
def take_step_back(*, by: User | None, agreement: Agreement, step: FirstStepKind) -> None:
    """Does nothing to a step that is not put aside. Raises ValidationError once the agreement is archived."""
    require(policies.can_keep_agreements(by))
    refuse_archived(locked(agreement))
    deleted, _ = StepAside.objects.filter(agreement=agreement, step=step).delete()
    if deleted:
        _record(agreement, step, (ASIDE, LEFT), by)


def _record(agreement: Agreement, step: FirstStepKind, change: tuple[str, str], by: User | None) -> None:
    audit.record(
        Act.CHANGED, by=by, of=agreement, label=f"{agreement}: Kom igång", changes=[(step.label, *change)]
    )
