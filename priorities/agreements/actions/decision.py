"""Registers what was decided about an agreement: in its matter, whose earlier values stay in the history."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from parties import audit
from parties.audit import Act
from parties.models import Matter, User
from parties.policies import can_keep_declarations
from priorities import policies
from priorities.declarations.actions.matter import save_own_matter
from priorities.editing.stale import held_open
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.checking import checked


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
    """Writes the decision into the matter of an agreement that is held, and records it. The agreement is not saved."""
    require(can_keep_declarations(by))
    moment = at or clock.now()
    if decided_on and decided_on > clock.local(moment).date():
        raise ValidationError({"decided_on": "Dagen har inte varit än."})
    fields = {
        "committee": committee,
        "case_number": case_number,
        "decided_on": decided_on,
        "section": section,
    }
    matter: Matter | None = agreement.matter
    if matter is None:
        agreement.matter = save_own_matter(None, fields | {"title": agreement.title}, by=by, at=moment)
        return
    stored = Matter.objects.select_for_update().get(pk=matter.pk)
    old = audit.before(stored)
    agreement.matter = saved = save_own_matter(stored, fields, by=by, at=moment)
    audit.record_change(saved, old, by=by, act=Act.CHANGED, label=f"{agreement}: beslut")
