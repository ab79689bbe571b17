"""What happens when an agreement, its needs and the shared picture are written down?

Keyword-only and atomic. `by` is the person who does it, None for a set-up command. Raises PermissionDenied
when `by` may not, ValidationError when something does not hold.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from parties.actions import checked
from parties.models import Party, User
from priorities import policies
from priorities.models import (
    Agreement,
    AgreementAttachment,
    AgreementParty,
    FocusArea,
    Need,
    Place,
    PriorityArea,
    SituationalPicture,
    SituationalPictureAttachment,
    Source,
    SourceUse,
)
from samverkan.lib.access import require


@transaction.atomic
def add_place(*, by: User | None, **fields: Any) -> Place:
    require(policies.can_keep_agreements(by))
    place: Place = checked(Place(**fields))
    return place


@transaction.atomic
def add_source(*, by: User | None, **fields: Any) -> Source:
    require(policies.can_keep_agreements(by))
    source: Source = checked(Source(**fields))
    return source


@transaction.atomic
def draft_agreement(
    *,
    by: User | None,
    parties: Iterable[Party],
    places: Iterable[Place],
    priority_areas: Iterable[dict[str, Any]],
    attachments: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Agreement:
    """A draft agreement with its parties, priority areas and places in the order given."""
    require(policies.can_keep_agreements(by))
    agreement: Agreement = checked(Agreement(**fields))
    for party in parties:
        checked(AgreementParty(agreement=agreement, party=party))
    for order, place in enumerate(places, 1):
        checked(FocusArea(agreement=agreement, place=place, order=order))
    for order, area in enumerate(priority_areas, 1):
        checked(PriorityArea(agreement=agreement, order=order, **area))
    for attachment in attachments:
        checked(AgreementAttachment(agreement=agreement, **attachment))
    return agreement


@transaction.atomic
def set_effect_goal(*, by: User | None, area: PriorityArea, effect_goal: str) -> None:
    """Only in a draft: what an adopted agreement says of its areas stands until the next one."""
    require(policies.can_keep_agreements(by))
    _refuse_unless_draft(area.agreement)
    area.effect_goal = effect_goal
    checked(area)


@transaction.atomic
def adopt_agreement(*, by: User | None, agreement: Agreement) -> None:
    """Opens the agreement for work: activities can be agreed and followed up, the areas stand."""
    require(policies.can_keep_agreements(by))
    _refuse_unless_draft(agreement)
    agreement.status = Agreement.Status.ADOPTED
    checked(agreement)


@transaction.atomic
def draft_picture(
    *,
    by: User | None,
    uses: Iterable[dict[str, Any]] = (),
    attachments: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> SituationalPicture:
    """A draft lägesbild with the sources that it uses."""
    require(policies.can_keep_agreements(by))
    picture: SituationalPicture = checked(SituationalPicture(**fields))
    for use in uses:
        checked(SourceUse(picture=picture, **use))
    for attachment in attachments:
        checked(SituationalPictureAttachment(picture=picture, **attachment))
    return picture


@transaction.atomic
def adopt_picture(*, by: User | None, picture: SituationalPicture, **texts: str) -> None:
    """Writes the last texts and locks the lägesbild, with its sources, for good."""
    require(policies.can_keep_agreements(by))
    for name, text in texts.items():
        setattr(picture, name, text)
    picture.status = SituationalPicture.Status.ADOPTED
    checked(picture)


@transaction.atomic
def add_need(
    *,
    by: User | None,
    agreement: Agreement,
    priority_area: PriorityArea,
    problem: str,
    places: Iterable[Place] = (),
    sources: Iterable[Source] = (),
    **fields: Any,
) -> Need:
    """A need with the agreement's next number. Raises ValidationError for an area of another agreement."""
    require(policies.can_keep_agreements(by))
    if priority_area.agreement_id != agreement.pk:
        raise ValidationError({"priority_area": "Området hör till en annan överenskommelse."})
    number = next_number(agreement, "next_need_number")
    need: Need = checked(
        Need(agreement=agreement, number=number, priority_area=priority_area, problem=problem, **fields)
    )
    need.places.set(places)
    need.sources.set(sources)
    return need


def next_number(agreement: Agreement, counter: str) -> int:
    """Takes the next number from a counter on the agreement. Two writers at once get two numbers, on both databases."""
    Agreement.objects.filter(pk=agreement.pk).update(**{counter: F(counter) + 1})
    number: int = Agreement.objects.values_list(counter, flat=True).get(pk=agreement.pk)
    return number - 1


def _refuse_unless_draft(agreement: Agreement) -> None:
    if not agreement.is_draft:
        raise ValidationError("Överenskommelsen är redan fastställd.")
