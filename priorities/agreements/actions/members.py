"""Chooses the parties and the places of a draft."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from parties.models import Party, User
from priorities import policies
from priorities.editing.stale import held_draft
from priorities.models import Agreement, AgreementParty, FocusArea, Place
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.history import signed


@transaction.atomic
def choose_parties(
    *, by: User | None, at: datetime, agreement: Agreement, seen: int | None, parties: Iterable[Party]
) -> None:
    """Makes exactly these the parties. Raises ValidationError for removing one that has signed or has activities."""
    require(policies.can_keep_agreements(by))
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    agreement.save()
    wanted = {party.pk: party for party in parties}
    for membership in agreement.memberships.select_related("party"):
        if wanted.pop(membership.party_id, None) is None:
            _remove_party(signed(membership, by=by, at=at))
    for party in wanted.values():
        checked(signed(AgreementParty(agreement=agreement, party=party), by=by, at=at))


def _remove_party(membership: AgreementParty) -> None:
    party = membership.party
    theirs = Q(lead=party) | Q(contributions__party=party)
    if membership.agreement.activities.filter(theirs).exists():
        raise ValidationError(f"{party} har aktiviteter i överenskommelsen och kan inte tas bort.")
    if membership.signed_on or membership.file:
        raise ValidationError(f"{party} har undertecknat överenskommelsen och kan inte tas bort.")
    membership.delete()


@transaction.atomic
def choose_places(
    *, by: User | None, at: datetime, agreement: Agreement, seen: int | None, places: Iterable[Place]
) -> None:
    """Makes exactly these the agreement's places, in the given order.

    Raises ValidationError for removing a place that needs or activities refer to.
    """
    require(policies.can_keep_agreements(by))
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    agreement.save()
    places = list(places)
    wanted = {place.pk for place in places}
    stored = {area.place_id: area for area in agreement.focus_areas.select_related("place")}
    for area in [area for pk, area in stored.items() if pk not in wanted]:
        _remove_place(area)
    last = max([len(places), *(area.order for area in stored.values())])
    # First beyond the last position: two places may not share one even for a moment.
    for order, place in enumerate(places, 1):
        area = stored.get(place.pk) or FocusArea(agreement=agreement, place=place)
        area.order = last + order
        stored[place.pk] = checked(area)
    for order, place in enumerate(places, 1):
        stored[place.pk].order = order
        stored[place.pk].save()


def _remove_place(area: FocusArea) -> None:
    if area.activities.exists() or area.agreement.needs.filter(places=area.place_id).exists():
        raise ValidationError(
            f"{area.place} har behov eller aktiviteter och kan inte tas bort. Flytta dem först."
        )
    if area.planned_days.exists():
        raise ValidationError(
            f"{area.place} har haft aktiviteter, och det som gällde då ska gå att läsa. Platsen kan inte tas bort."
        )
    area.delete()
