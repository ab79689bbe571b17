"""What happens when the matter behind a draft agreement, and its declaration, are written down?"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties.actions import checked, register_declaration, register_matter
from parties.models import Declaration, Matter, User
from parties.policies import can_keep_declarations
from priorities import policies
from priorities.actions.stale import held_draft
from priorities.models import Agreement
from samverkan.lib.access import require


@transaction.atomic
def write_matter(
    *,
    by: User | None,
    at: datetime,
    agreement: Agreement,
    seen: int | None,
    matter: Matter | dict[str, Any] | None,
    declaration: Declaration | dict[str, Any],
) -> None:
    """The matter and the declaration of a draft: one that is there already, or one told by its fields.

    Fields change the agreement's own, when nothing else has it; else they make a new one. Raises ValidationError
    for a case number that is taken.
    """
    require(policies.can_keep_agreements(by) and can_keep_declarations(by))
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    agreement.matter = _matter(agreement, matter, by) if isinstance(matter, dict) else matter
    agreement.declaration = (
        _declaration(agreement, declaration, by) if isinstance(declaration, dict) else declaration
    )
    checked(agreement)


def own_matter(agreement: Agreement) -> Matter | None:
    """The matter that is this agreement's alone, and can be changed with it."""
    matter = agreement.matter
    if matter is None or matter.declarations.exists() or matter.agreements.exclude(pk=agreement.pk).exists():
        return None
    return matter


def own_declaration(agreement: Agreement) -> Declaration | None:
    """The declaration that is this agreement's alone, and can be changed with it."""
    declaration = agreement.declaration
    return None if declaration.agreements.exclude(pk=agreement.pk).exists() else declaration


def _matter(agreement: Agreement, fields: dict[str, Any], by: User | None) -> Matter:
    own = own_matter(agreement)
    taken = Matter.objects.filter(case_number=fields["case_number"])
    if taken.exclude(pk=own.pk if own else 0).exists():
        raise ValidationError({"case_number": "Diarienumret finns redan. Välj ärendet i listan i stället."})
    if own is None:
        return register_matter(by=by, **fields)
    return _changed(own, fields)


def _declaration(agreement: Agreement, fields: dict[str, Any], by: User | None) -> Declaration:
    if fields["valid_to"] <= fields["valid_from"]:
        raise ValidationError({"valid_to": "Slutdatum ska vara efter startdatum."})
    own = own_declaration(agreement)
    if own is None:
        return register_declaration(by=by, **fields)
    return _changed(own, fields)


def _changed(row: Any, fields: dict[str, Any]) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    return checked(row)
