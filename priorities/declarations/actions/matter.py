"""Writes the matter and the declaration of a draft agreement."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from parties.declarations.actions import register_declaration, register_matter
from parties.models import Declaration, Matter, User
from parties.policies import can_keep_declarations
from priorities import policies
from priorities.editing.stale import held, held_draft
from priorities.models import Agreement
from samverkan.lib.access import require
from samverkan.lib.checking import changed, checked
from samverkan.lib.dates import in_words
from samverkan.lib.history import signed


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
    """Sets the matter and the declaration of a draft, each to an existing one or from fields.

    Fields change the agreement's own matter or declaration; if it has none of its own, they add a new one. Raises
    ValidationError for a case number that is taken.
    """
    require(policies.can_keep_agreements(by) and can_keep_declarations(by))
    lock_matter_of(agreement)
    agreement = held_draft(agreement, seen=seen, by=by, at=at)
    agreement.matter = (
        save_matter(own_matter(agreement), matter, by=by, at=at, held_already=[agreement])
        if isinstance(matter, dict)
        else matter
    )
    agreement.declaration = (
        _declaration(agreement, declaration, by, at) if isinstance(declaration, dict) else declaration
    )
    checked(agreement)


def own_matter(agreement: Agreement) -> Matter | None:
    """The agreement's matter if nothing else uses it, so that editing it is safe; else None."""
    matter = agreement.matter
    return None if matter is None or others_with(matter, agreement) else matter


def others_with(matter: Matter, agreement: Agreement) -> list[str]:
    """The titles of the declarations, and of the other agreements, that the matter also belongs to. One query."""
    declarations = matter.declarations.order_by().values_list("title", flat=True)
    agreements = matter.agreements.exclude(pk=agreement.pk).order_by().values_list("title", flat=True)
    return list(declarations.union(agreements, all=True))


def own_declaration(agreement: Agreement) -> Declaration | None:
    """The agreement's declaration if no other agreement uses it, so that editing it is safe; else None."""
    declaration = agreement.declaration
    return None if declaration.agreements.exclude(pk=agreement.pk).exists() else declaration


def own_matter_of_declaration(declaration: Declaration) -> Matter | None:
    """The declaration's matter if no other declaration uses it, nor an agreement under another one; else None."""
    matter = declaration.matter
    if (
        matter is None
        or matter.declarations.exclude(pk=declaration.pk).exists()
        or matter.agreements.exclude(declaration=declaration).exists()
    ):
        return None
    return matter


def lock_matter_of(row: Agreement | Declaration) -> None:
    """Before anything else is held, so that two who write one matter from two places do not wait for each other."""
    list(Matter.objects.select_for_update().filter(pk=row.matter_id or 0))


def save_matter(
    matter: Matter | None,
    fields: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
    held_already: Sequence[Agreement | Declaration],
) -> Matter:
    """Changes the matter, or registers a new one for None. Raises ValidationError for a case number that is taken.

    Raises the version of whatever else the matter belongs to, since its pages also show and write it. An archived
    agreement has no such pages.
    """
    if matter is None:
        return register_matter(by=by, **fields)
    saved: Matter = changed(signed(matter, by=by, at=at), fields)
    open_ones = matter.agreements.exclude(status=Agreement.Status.ARCHIVED).order_by("pk")
    others: list[Any] = [*open_ones, *matter.declarations.order_by("pk")]
    for row in others:
        if row not in held_already:
            held(row, seen=None, by=by, at=at).save()
    return saved


def refuse_uncovered(agreements: Iterable[Agreement], valid_from: date, valid_to: date) -> None:
    """Raises ValidationError if an agreement begins before `valid_from` or ends after `valid_to`."""
    for agreement in agreements:
        if agreement.starts_on < valid_from:
            first = in_words(agreement.starts_on)
            raise ValidationError({"valid_from": f"{agreement} börjar gälla redan {first}."})
        if agreement.ends_on > valid_to:
            raise ValidationError({"valid_to": f"{agreement} gäller till {in_words(agreement.ends_on)}."})


def _declaration(agreement: Agreement, fields: dict[str, Any], by: User | None, at: datetime) -> Declaration:
    if fields["valid_to"] <= fields["valid_from"]:
        raise ValidationError({"valid_to": "Slutdatum ska vara efter startdatum."})
    refuse_uncovered([agreement], fields["valid_from"], fields["valid_to"])
    own = own_declaration(agreement)
    if own is None:
        return register_declaration(by=by, **fields)
    saved: Declaration = changed(held(own, seen=None, by=by, at=at), fields)
    return saved
