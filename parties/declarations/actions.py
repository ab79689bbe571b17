from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Model

from parties import audit, policies
from parties.audit import Act
from parties.models import Declaration, DeclarationAttachment, Matter, MatterPoint, Signatory, User
from samverkan.lib.access import require
from samverkan.lib.checking import checked


class Point(TypedDict, total=False):
    """The fields of a MatterPoint."""

    number: int
    text: str
    assignee: str


@transaction.atomic
def register_matter(*, by: User | None, points: Iterable[Point] = (), **fields: Any) -> Matter:
    """Registers a matter with its points. What its document does not say stays empty."""
    require(policies.can_keep_declarations(by))
    matter: Matter = checked(Matter(**fields))
    _add_children(MatterPoint, points, matter=matter)
    audit.record(Act.ADDED, by=by, of=matter, changes=audit.after(matter))
    return matter


@transaction.atomic
def register_declaration(
    *,
    by: User | None,
    title: str,
    valid_from: date,
    valid_to: date,
    matter: Matter | None = None,
    signatories: Iterable[dict[str, Any]] = (),
    attachments: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Declaration:
    """Registers a declaration of intent with its signatories and attachments."""
    require(policies.can_keep_declarations(by))
    declaration: Declaration = checked(
        Declaration(title=title, valid_from=valid_from, valid_to=valid_to, matter=matter, **fields)
    )
    _add_children(Signatory, signatories, declaration=declaration)
    _add_children(DeclarationAttachment, attachments, declaration=declaration)
    audit.record(Act.ADDED, by=by, of=declaration, changes=audit.after(declaration))
    return declaration


def _add_children(model: type[Model], rows: Iterable[Any], **parent: Model) -> None:
    for row in rows:
        checked(model(**parent, **row))
