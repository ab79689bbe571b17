"""Lays up an agreement, puts aside steps of *Kom igång* that it does without, and takes them back."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q

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
from samverkan.lib.dates import Days

LEFT, ASIDE = "Kvar", "Undanlagt"
TAKEN = "Det finns redan en överenskommelse för {}."


def begin_agreement(
    *,
    by: User | None,
    at: datetime,
    title: str,
    starts_on: date,
    ends_on: date,
    slug: str = "",
    declaration_title: str = "",
    declared: Days | None = None,
) -> Agreement:
    """Lays up an empty draft, under the declaration of that title, without one under any that holds for its whole period.

    When there is none it registers one, for the days `declared` or those of the draft. Without `slug` the address has its
    years. It follows the latest agreement that ends before it begins. Raises ValidationError for an address that is taken.
    """
    require(policies.can_keep_agreements(by))
    if ends_on <= starts_on:
        raise ValidationError({"ends_on": "Slutdatum ska vara efter startdatum."})
    slug = slug or _years(starts_on, ends_on).replace("–", "-")
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
                declaration=_declaration(declaration_title, declared, (starts_on, ends_on), by),
                predecessor=Agreement.objects.filter(ends_on__lt=starts_on).order_by("-ends_on").first(),
                parties=[],
                places=[],
                priority_areas=[],
            )
    except IntegrityError as another:  # laid up in between
        raise taken from another


def _declaration(title: str, declared: Days | None, period: Days, by: User | None) -> Declaration:
    is_meant = Q(title=title) if title else Q(valid_from__lte=period[0], valid_to__gte=period[1])
    first, last = declared or period
    return Declaration.objects.filter(is_meant).order_by("-valid_from", "pk").first() or register_declaration(
        by=by, title=title or f"Avsiktsförklaring {_years(first, last)}", valid_from=first, valid_to=last
    )


def _years(first: date, last: date) -> str:
    """`2025–2026`, or `2025` for a single year."""
    return "–".join(dict.fromkeys(str(day.year) for day in (first, last)))


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
