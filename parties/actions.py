"""What happens when parties, accounts and declarations are set up?

Every verb is keyword-only and atomic. `by` is the person who does it, None for a set-up command.
Raises PermissionDenied when `by` may not, ValidationError when something does not hold.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Model

from parties import policies
from parties.models import (
    Declaration,
    DeclarationAttachment,
    Matter,
    MatterPoint,
    Party,
    Signatory,
    Unit,
    User,
)
from parties.roles import Role
from samverkan.lib.access import require


class Point(TypedDict, total=False):
    """One numbered point of a matter."""

    number: int
    text: str
    assignee: str


def checked(instance: Any) -> Any:
    """Saves the instance once everything about it holds; raises ValidationError otherwise."""
    instance.full_clean()
    instance.save()
    return instance


@transaction.atomic
def add_party(*, by: User | None, units: Iterable[str] = (), **fields: Any) -> Party:
    """A new party with its units."""
    require(policies.can_keep_parties(by))
    party: Party = checked(Party(**fields))
    for name in units:
        add_unit(by=by, party=party, name=name)
    return party


@transaction.atomic
def add_unit(*, by: User | None, party: Party, name: str) -> Unit:
    require(policies.can_keep_parties(by))
    unit: Unit = checked(Unit(party=party, name=name))
    return unit


@transaction.atomic
def add_user(
    *,
    by: User | None,
    email: str,
    display_name: str,
    role: Role,
    title: str = "",
    party: Party | None = None,
    unit: Unit | None = None,
    password: str | None = None,
) -> User:
    """A new account. Without a password nobody can sign in with it until one is set by mail."""
    require(policies.can_keep_accounts(by))
    user = User(email=email, display_name=display_name, role=role, title=title, party=party, unit=unit)
    user.set_password(password)
    saved: User = checked(user)
    return saved


@transaction.atomic
def register_matter(*, by: User | None, points: Iterable[Point] = (), **fields: Any) -> Matter:
    """A matter as it stands in its document; what the document does not say stays empty."""
    require(policies.can_keep_declarations(by))
    matter: Matter = checked(Matter(**fields))
    _children(MatterPoint, points, matter=matter)
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
    """A declaration of intent with those who sign it."""
    require(policies.can_keep_declarations(by))
    declaration: Declaration = checked(
        Declaration(title=title, valid_from=valid_from, valid_to=valid_to, matter=matter, **fields)
    )
    _children(Signatory, signatories, declaration=declaration)
    _children(DeclarationAttachment, attachments, declaration=declaration)
    return declaration


def _children(model: type[Model], rows: Iterable[Any], **parent: Model) -> None:
    for row in rows:
        checked(model(**parent, **row))
