"""Writes a draft's priority areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from parties.models import User
from priorities import policies
from priorities.editing.stale import held_draft
from priorities.models import Agreement, PriorityArea
from priorities.places.actions import free_slug
from samverkan.lib.access import require
from samverkan.lib.checking import checked


@dataclass(frozen=True)
class AreaInput:
    """A priority area as somebody typed it. `pk` is None for a new one."""

    pk: int | None
    name: str
    short_name: str
    effect_goal: str = ""


@transaction.atomic
def write_areas(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    areas: Iterable[AreaInput],
    removed: Iterable[int] = (),
) -> None:
    """Writes the areas in the given order. Areas that are not in `areas` follow after them.

    Raises ValidationError for an area of another agreement, and for removing one that is in use.
    """
    require(policies.can_keep_agreements(by))
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    agreement.save()
    stored = {area.pk: area for area in agreement.priority_areas.all()}
    areas, removed = list(areas), set(removed)
    if not {*removed, *(area.pk for area in areas if area.pk)} <= stored.keys():
        raise ValidationError("Ett av områdena finns inte längre i överenskommelsen. Ladda om sidan.")
    for pk in removed:
        _remove(stored.pop(pk))
    _free_positions(stored.values())
    taken = {area.slug for area in stored.values()}
    mentioned = {area.pk for area in areas}
    kept = [*areas, *(_unchanged(area) for pk, area in stored.items() if pk not in mentioned)]
    for order, written in enumerate(kept, 1):
        area = stored.get(written.pk or 0) or PriorityArea(
            agreement=agreement, slug=free_slug(written.short_name, taken)
        )
        taken.add(area.slug)
        area.order, area.name, area.short_name = order, written.name, written.short_name
        area.effect_goal = written.effect_goal
        checked(area)


def _unchanged(area: PriorityArea) -> AreaInput:
    return AreaInput(area.pk, area.name, area.short_name, area.effect_goal)


def _remove(area: PriorityArea) -> None:
    if area.needs.exists() or area.activities.exists() or area.successors.exists():
        raise ValidationError(
            f"”{area.short_name}” har behov eller aktiviteter och kan inte tas bort. Flytta dem först."
        )
    area.delete()


def _free_positions(areas: Iterable[PriorityArea]) -> None:
    """Moves every area beyond the last position, since two may not share one even for a moment."""
    areas = list(areas)
    last = max([len(areas), *(area.order for area in areas)]) + len(areas)
    for place, area in enumerate(areas, 1):
        PriorityArea.objects.filter(pk=area.pk).update(order=last + place)
