"""Registers what was decided about an agreement: in its matter, whose earlier values stay in the history."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties import audit
from parties.audit import Act
from parties.models import Matter, User
from parties.policies import can_keep_declarations
from priorities import policies
from priorities.declarations.actions.matter import lock_matter_of, others_with, save_matter
from priorities.editing.stale import held_open
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked
from samverkan.lib.matching import for_matching, match
from samverkan.lib.values import shown


@transaction.atomic
def record_decision(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    committee: str,
    case_number: str,
    decided_on: date | None = None,
    section: str = "",
) -> None:
    """Registers or corrects the decision of a draft or an adopted agreement. What is not known yet stays empty.

    An agreement that was adopted without a matter gets one. Raises ValidationError for a day in the future, and for a
    case number that another matter has.
    """
    require(policies.can_keep_agreements(by))
    lock_matter_of(agreement)
    stored = held_open(agreement, seen=seen, by=by, at=at)
    write_decision(
        stored,
        by=by,
        at=at,
        committee=committee,
        case_number=case_number,
        decided_on=decided_on,
        section=section,
    )
    checked(stored)


def write_decision(
    agreement: Agreement,
    *,
    by: User | None,
    at: datetime | None,
    committee: str,
    case_number: str,
    decided_on: date | None = None,
    section: str = "",
) -> None:
    """Writes the decision into the agreement's matter, and records it. The agreement is not saved.

    A draft may name another matter by its case number: the agreement gets that one, in which only what was empty is
    written. Raises ValidationError for what stands otherwise there.
    """
    require(can_keep_declarations(by))
    moment = at or clock.now()
    if decided_on and decided_on > clock.local(moment).date():
        raise ValidationError({"decided_on": "Dagen har inte varit än."})
    fields: dict[str, Any] = {
        "committee": committee,
        "case_number": case_number,
        "decided_on": decided_on,
        "section": section,
    }
    matter = _matter_for(agreement, case_number)
    if matter is None:
        fields["title"] = agreement.title
        agreement.matter = save_matter(None, fields, by=by, at=moment, held_already=[agreement])
        return
    if matter != agreement.matter:
        agreement.matter, fields = matter, _what_is_new(matter, fields)
    if any(getattr(matter, name) != value for name, value in fields.items()):
        _refuse_archived(matter, agreement)
        old = audit.before(matter)
        agreement.matter = saved = save_matter(matter, fields, by=by, at=moment, held_already=[agreement])
        audit.record_change(saved, old, by=by, act=Act.CHANGED, label=f"{agreement}: beslut")


def _matter_for(agreement: Agreement, case_number: str) -> Matter | None:
    """The stored matter, locked, in which the decision belongs; None for a new one. An adopted agreement keeps its matter."""
    own, matters = agreement.matter, Matter.objects.select_for_update()
    if own and (agreement.is_adopted or match(own.case_number, case_number)):
        return matters.get(pk=own.pk)
    named = matters.filter(case_number_key=for_matching(case_number)).first()
    if named is None and own and not others_with(own, agreement):
        return matters.get(pk=own.pk)
    return named


def _what_is_new(matter: Matter, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are empty in another's matter. Raises ValidationError for those that stand otherwise there."""
    others = {
        name: f"I ärendet {matter.case_number} står {shown(matter, name)}. Skriv det, eller rätta diarienumret."
        for name, value in fields.items()
        if value and getattr(matter, name) and not match(str(value), str(getattr(matter, name)))
    }
    if others:
        raise ValidationError(others)
    return {name: value for name, value in fields.items() if value and not getattr(matter, name)}


def _refuse_archived(matter: Matter, agreement: Agreement) -> None:
    """Raises ValidationError if the matter also belongs to an archived agreement, which shows it as it is."""
    archived = matter.agreements.filter(status=Agreement.Status.ARCHIVED)
    if other := archived.exclude(pk=agreement.pk).first():
        raise ValidationError(f"Ärendet hör också till {other}, som är arkiverad, och ändras därför inte.")
