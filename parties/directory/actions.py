from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties import audit, policies
from parties.audit import Act
from parties.models import Party, PartyKind, Unit, User
from samverkan.lib.access import require
from samverkan.lib.matching import for_matching
from samverkan.lib.numbers import counted

YEARS = range(1800, 2101)


def refuse_invalid_party(party: Party) -> None:
    """Raises ValidationError for a year outside YEARS. Makes no query."""
    if party.since_year is not None and party.since_year not in YEARS:
        raise ValidationError(
            {"since_year": f"Skriv ett år mellan {YEARS[0]} och {YEARS[-1]}, till exempel 2016."}
        )


@transaction.atomic
def add_party(*, by: User | None, units: Iterable[str] = (), **fields: Any) -> Party:
    require(policies.can_keep_parties(by))
    party = Party(**fields)
    refuse_invalid_party(party)
    audit.add(party, by=by)
    for name in units:
        add_unit(by=by, party=party, name=name)
    return party


@transaction.atomic
def change_party(*, by: User | None, party: Party, **fields: Any) -> Party:
    """Changes a party. Raises ValidationError for a new slug, since links use the old one."""
    require(policies.can_keep_parties(by))
    refuse_invalid_party(Party(since_year=fields.get("since_year")))
    if fields.get("slug", party.slug) != party.slug:
        raise ValidationError({"slug": "Adressdelen ändras inte: länkar leder dit."})
    return audit.change(party, fields, by=by)


@transaction.atomic
def add_kind(*, by: User | None, name: str) -> PartyKind:
    require(policies.can_keep_parties(by))
    return audit.add(PartyKind(name=name), by=by)


def get_or_add_kind(*, by: User | None, name: str) -> PartyKind:
    """The kind with that name, however it is written, or a new one."""
    return PartyKind.objects.filter(name_key=for_matching(name)).first() or add_kind(by=by, name=name)


@transaction.atomic
def change_kind(*, by: User | None, kind: PartyKind, name: str) -> PartyKind:
    """Renames a kind, also for the parties that have it."""
    require(policies.can_keep_parties(by))
    return audit.change(kind, {"name": name}, by=by)


@transaction.atomic
def remove_kind(*, by: User | None, kind: PartyKind) -> None:
    """Removes a kind. Raises ValidationError while a party has it."""
    require(policies.can_keep_parties(by))
    stored = PartyKind.objects.select_for_update().filter(pk=kind.pk).first()
    if stored is None:
        return
    if used := stored.parties.count():
        parties = counted(used, "part", "parter")
        raise ValidationError(f"{parties} är av slaget {stored}. Byt slag på dem först.", code="used")
    audit.record(Act.REMOVED, by=by, of=stored)
    stored.delete()


@transaction.atomic
def add_unit(*, by: User | None, party: Party, name: str) -> Unit:
    require(policies.can_keep_parties(by))
    return audit.add(Unit(party=party, name=name), by=by)


@transaction.atomic
def change_unit(*, by: User | None, unit: Unit, name: str) -> Unit:
    """Renames a unit. It cannot move to another party, since accounts and activities refer to it."""
    require(policies.can_keep_parties(by))
    return audit.change(unit, {"name": name}, by=by)
