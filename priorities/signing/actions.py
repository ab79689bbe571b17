"""Records signatures and attachments, in draft and adopted agreements but never in archived ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from parties import audit
from parties.audit import Act
from parties.models import Party, User
from priorities import policies
from priorities.editing.stale import held_open
from priorities.models import Agreement, AgreementAttachment, AgreementParty
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.history import signed


@transaction.atomic
def sign_agreement(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    party: Party,
    signed_on: date | None,
    title: str = "",
    file: File[Any] | None = None,
    joined_on: date | None = None,
    left_on: date | None = None,
) -> AgreementParty:
    """Records a party's signature, or corrects it. What was recorded before, with its file, stays in the history.

    Raises ValidationError for a day in the future, and for a party that left before it joined.
    """
    require(policies.can_keep_agreements(by))
    agreement = held_open(agreement, seen=seen, by=by, at=at)
    agreement.save()
    if signed_on and signed_on > clock.local(at).date():
        raise ValidationError({"signed_on": "Dagen har inte varit än."})
    if joined_on and left_on and left_on < joined_on:
        raise ValidationError({"left_on": "Parten kan inte lämna före den dag då den kom med."})
    membership = agreement.memberships.filter(party=party).first()
    if membership is None:
        raise ValidationError(f"{party} är inte längre part i överenskommelsen.")
    old = audit.before(membership)
    membership.signed_on, membership.title = signed_on, title
    membership.joined_on, membership.left_on = joined_on, left_on
    if file:
        file.name = f"{agreement.slug}-{party.slug}.pdf"
        membership.file = file
    saved: AgreementParty = checked(signed(membership, by=by, at=at))
    audit.record_change(saved, old, by=by, act=Act.SIGNED, label=f"{agreement}: {party}")
    return saved


@transaction.atomic
def attach_to_agreement(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    number: int,
    title: str,
    file: File[Any] | None = None,
    attachment: AgreementAttachment | None = None,
) -> AgreementAttachment:
    """Adds an attachment, or changes the one given, whose earlier file stays in the history.

    Raises ValidationError for a number that is taken.
    """
    require(policies.can_keep_agreements(by))
    agreement = held_open(agreement, seen=seen, by=by, at=at)
    agreement.save()
    others = agreement.attachments.exclude(pk=attachment.pk if attachment else 0)
    if others.filter(number=number).exists():
        raise ValidationError({"number": f"Bilaga {number} finns redan."})
    kept = attachment or AgreementAttachment(agreement=agreement)
    old = audit.before(kept) if attachment else None
    kept.number, kept.title = number, title
    if file:
        file.name = f"{agreement.slug}-bilaga-{number}.pdf"
        kept.file = file
    saved: AgreementAttachment = checked(signed(kept, by=by, at=at))
    label = f"{agreement}: {saved}"
    if old is None:
        audit.record(Act.ADDED, by=by, of=saved, label=label, changes=audit.after(saved))
    else:
        audit.record_change(saved, old, by=by, label=label)
    return saved
