"""Writes a declaration of intent: itself, its signatories, its matter and the matter's points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties import audit
from parties.audit import Act
from parties.declarations.actions import Point
from parties.models import Declaration, Matter, MatterPoint, Party, Signatory, User
from parties.policies import can_keep_declarations
from priorities.declarations.actions.matter import (
    lock_matter_of,
    own_matter_of_declaration,
    refuse_uncovered,
    save_matter,
)
from priorities.editing.stale import held
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import changed, checked
from samverkan.lib.history import signed

CLOSED = "Alla överenskommelser under avsiktsförklaringen är arkiverade, så den ändras inte."
FACTS = ("signed_on", "title", "case_number", "reason")


@dataclass(frozen=True)
class Signature:
    """What somebody typed about a party of the declaration."""

    party: Party
    signed_on: date | None
    title: str
    case_number: str
    reason: str


@transaction.atomic
def edit_declaration(
    *,
    by: User | None,
    at: datetime,
    declaration: Declaration,
    seen: int | None,
    valid_from: date,
    valid_to: date,
    predecessor: Declaration | None = None,
    **texts: str,
) -> Declaration:
    """Edits a declaration. `texts` are title, purpose and predecessors_in_words.

    Raises ValidationError for a period that leaves an agreement outside, and for one that does not begin after the
    predecessor's or before a successor's.
    """
    require(can_keep_declarations(by))
    own = _held(declaration, seen, by, at)
    if valid_to <= valid_from:
        raise ValidationError({"valid_to": "Slutdatum ska vara efter startdatum."})
    refuse_uncovered(own.agreements.all(), valid_from, valid_to)
    if predecessor and predecessor.valid_from >= valid_from:
        raise ValidationError({"predecessor": "Den börjar inte före den här. Välj en tidigare."})
    if own.successors.filter(valid_from__lte=valid_from).exists():
        raise ValidationError({"valid_from": "En avsiktsförklaring som följer på den här börjar tidigare."})
    times = {"valid_from": valid_from, "valid_to": valid_to, "predecessor": predecessor}
    saved: Declaration = changed(own, {**texts, **times})
    return saved


@transaction.atomic
def write_signatories(
    *,
    by: User | None,
    at: datetime,
    declaration: Declaration,
    seen: int | None,
    signatures: Iterable[Signature],
    added: Iterable[Party] = (),
    removed: Iterable[Party] = (),
) -> None:
    """Writes the signatures, then adds and removes parties.

    Raises ValidationError for removing a party that has signed, and for a day in the future, at the field
    `<party slug>-signed_on`.
    """
    require(can_keep_declarations(by))
    own = _held(declaration, seen, by, at)
    own.save()
    stored = {each.party_id: each for each in own.signatories.select_related("party")}
    for party in removed:
        if each := stored.pop(party.pk, None):
            _remove(signed(each, by=by, at=at))
    for signature in signatures:
        _write_signature(stored.get(signature.party.pk), signature, by=by, at=at)
    for party in added:
        if party.pk not in stored:
            checked(signed(Signatory(declaration=own, party=party), by=by, at=at))


@transaction.atomic
def write_declaration_matter(
    *,
    by: User | None,
    at: datetime,
    declaration: Declaration,
    seen: int | None,
    matter: Matter | dict[str, Any] | None,
) -> None:
    """Sets the matter to an existing one or to None. Fields change the declaration's own matter or add a new one."""
    require(can_keep_declarations(by))
    lock_matter_of(declaration)
    own = _held(declaration, seen, by, at)
    own.matter = (
        save_matter(
            own_matter_of_declaration(own), matter, by=by, at=at, held_already=[own, *_only_draft(own)]
        )
        if isinstance(matter, dict)
        else matter
    )
    checked(own)


@transaction.atomic
def write_points(
    *, by: User | None, at: datetime, declaration: Declaration, seen: int | None, points: Iterable[Point]
) -> None:
    """Replaces all points of the declaration's own matter; the earlier ones stay in the history.

    Raises ValidationError if it has no matter of its own.
    """
    require(can_keep_declarations(by))
    own = _held(declaration, seen, by, at)
    own.save()
    matter = own_matter_of_declaration(own)
    if matter is None:
        raise ValidationError("Punkterna går inte att skriva: avsiktsförklaringen har inget eget ärende.")
    for stored in matter.points.all():
        signed(stored, by=by, at=at).delete()
    for point in points:
        checked(signed(MatterPoint(matter=matter, **point), by=by, at=at))


def is_closed(declaration: Declaration) -> bool:
    """True if the declaration has agreements and all are archived. One query."""
    agreements = declaration.agreements.all()
    return bool(agreements) and all(each.is_archived for each in agreements)


def _held(declaration: Declaration, seen: int | None, by: User | None, at: datetime) -> Declaration:
    """Locks the declaration and raises its version.

    If its only agreement is a draft, also raises the draft's version, since the draft has a step that edits both.
    """
    for draft in _only_draft(declaration):
        held(draft, seen=None, by=by, at=at).save()
    own = held(declaration, seen=seen, by=by, at=at)
    if is_closed(own):
        raise ValidationError(CLOSED, code="archived")
    return own


def _only_draft(declaration: Declaration) -> list[Agreement]:
    """The declaration's only agreement, if that is a draft. One query."""
    agreements = list(declaration.agreements.all())
    return agreements if len(agreements) == 1 and agreements[0].is_draft else []


def _remove(signatory: Signatory) -> None:
    if signatory.signed_on:
        raise ValidationError(
            f"{signatory.party} har undertecknat avsiktsförklaringen och kan inte tas bort. "
            "Är datumet fel: töm det och spara först."
        )
    signatory.delete()


def _write_signature(
    stored: Signatory | None, signature: Signature, *, by: User | None, at: datetime
) -> None:
    if stored is None:
        raise ValidationError(f"{signature.party} är inte längre med i avsiktsförklaringen.")
    if signature.signed_on and signature.signed_on > clock.local(at).date():
        raise ValidationError({f"{signature.party.slug}-signed_on": "Dagen har inte varit än."})
    facts = {name: getattr(signature, name) for name in FACTS}
    if any(getattr(stored, name) != value for name, value in facts.items()):
        old = audit.before(stored)
        label = f"{stored.declaration}: {signature.party}"
        saved = changed(signed(stored, by=by, at=at), facts)
        audit.record_change(saved, old, by=by, act=Act.SIGNED, label=label)
