"""Adds, changes and removes needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties.models import User
from priorities import policies
from priorities.agreements.actions import next_number
from priorities.editing.stale import held, recorded, refuse_archived
from priorities.models import Agreement, Need, Place, PriorityArea, Source
from priorities.places.actions.add import get_or_add_source
from samverkan.lib.access import require
from samverkan.lib.checking import changed, checked


@transaction.atomic
def add_need(
    *,
    by: User | None,
    agreement: Agreement,
    priority_area: PriorityArea,
    problem: str,
    places: Iterable[Place] = (),
    sources: Iterable[Source | dict[str, Any]] = (),
    at: datetime | None = None,
    predecessor: Need | None = None,
    **fields: Any,
) -> Need:
    """Adds a need with the agreement's next number. A source given as fields is a new one.

    Raises ValidationError for an area or a place of another agreement, for a predecessor that is not in an earlier
    agreement, and for a problem that another need of the area already states.
    """
    require(policies.can_keep_agreements(by))
    refuse_archived(agreement)
    places = list(places)
    _refuse_another_agreements(agreement, priority_area, places)
    _refuse_later_predecessor(agreement, predecessor)
    # Locks the agreement, so that the check below sees a form that is sent twice.
    number = next_number(agreement, "next_need_number")
    if same := agreement.needs.filter(priority_area=priority_area, problem=problem).first():
        raise ValidationError({"problem": f"Behov {same.number} säger redan det. Ändra det i stället."})
    need = Need(
        agreement=agreement,
        number=number,
        priority_area=priority_area,
        problem=problem,
        predecessor=predecessor,
        **fields,
    )
    checked(recorded(need, by=by, at=at))
    need.places.set(places)
    need.sources.set([get_or_add_source(source, by=by) for source in sources])
    return need


@transaction.atomic
def edit_need(
    *,
    by: User | None,
    at: datetime,
    need: Need,
    seen: int | None,
    priority_area: PriorityArea,
    places: Iterable[Place],
    sources: Iterable[Source | dict[str, Any]],
    **fields: Any,
) -> Need:
    """Changes a need of a draft or adopted agreement. `fields` are its texts, its predecessor and its outcome."""
    require(policies.can_keep_agreements(by))
    need = held(need, seen=seen, by=by, at=at)
    refuse_archived(need.agreement)
    places = list(places)
    _refuse_another_agreements(need.agreement, priority_area, places)
    _refuse_later_predecessor(need.agreement, fields.get("predecessor"))
    changed(need, {"priority_area": priority_area, **fields})
    need.places.set(places)
    need.sources.set([get_or_add_source(source, by=by) for source in sources])
    return need


@transaction.atomic
def remove_need(*, by: User | None, at: datetime, need: Need, seen: int | None) -> None:
    """Removes a need that nothing refers to. Its number is never used again, and its history stays."""
    require(policies.can_keep_agreements(by))
    need = held(need, seen=seen, by=by, at=at)
    refuse_archived(need.agreement)
    if reason := why_not_removable(need):
        raise ValidationError(reason, code="in_use")
    need.delete()


def why_not_removable(need: Need) -> str:
    """The message that says why the need cannot be removed; empty if it can. Three queries."""
    if need.activities.exists():
        return "Behovet har aktiviteter och kan inte tas bort. Ändra det, eller koppla aktiviteterna till ett annat behov först."
    if need.planned_days.exists():
        return "Behovet har haft aktiviteter, och det som gällde då ska gå att läsa. Det kan ändras men inte tas bort."
    if need.successors.exists():
        return "Ett behov i en senare överenskommelse följer på det här, så det kan inte tas bort."
    return ""


def _refuse_another_agreements(
    agreement: Agreement, priority_area: PriorityArea, places: list[Place]
) -> None:
    if priority_area.agreement_id != agreement.pk:
        raise ValidationError({"priority_area": "Området hör till en annan överenskommelse."})
    own = set(agreement.focus_areas.values_list("place", flat=True)) if places else set()
    if not {place.pk for place in places} <= own:
        raise ValidationError({"places": "Platsen hör inte till överenskommelsens geografiska områden."})


def _refuse_later_predecessor(agreement: Agreement, predecessor: Need | None) -> None:
    if predecessor and predecessor.agreement.starts_on >= agreement.starts_on:
        raise ValidationError({"predecessor": "Välj ett behov i en tidigare överenskommelse."})
