"""Which parties and people?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q, QuerySet

from parties.roles import Role
from samverkan.lib.db import in_swedish_order

if TYPE_CHECKING:
    from parties.models import Party, User  # noqa: F401 -- QuerySet["…"] names them


class PartyQuerySet(QuerySet["Party"]):
    def visible_to(self, user: User) -> Self:
        """Every party to everybody who is let in; nothing to a representative without a party."""
        return self.none() if is_shut_out(user) else self.all()

    def by_name(self) -> Self:
        """The leading party first, then in Swedish order."""
        return self.order_by("-leads", in_swedish_order("name"))


class UserQuerySet(QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """Every account to coordinators and administrators; to others themselves and those to ask."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role in {Role.COORDINATOR, Role.ADMINISTRATOR}:
            return self.all()
        return self.filter(Q(pk=user.pk) | Q(role=Role.COORDINATOR, is_active=True))

    def contacts(self) -> Self:
        """Whom to ask: the active coordinators, the longest serving first."""
        return (
            self.filter(role=Role.COORDINATOR, is_active=True)
            .select_related("party")
            .order_by("joined_at", "pk")
        )


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc] # a class made at run time
    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an e-mail address in any case. Raises User.DoesNotExist."""
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """The first administrator, from `manage.py createsuperuser`."""
        user: User = self.model(email=email.lower(), role=Role.ADMINISTRATOR, **fields)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user


def is_shut_out(user: User) -> bool:
    """Nobody who is not signed in with an active account, and no representative without a party, sees anything."""
    return (
        not user.is_authenticated
        or not user.is_active
        or (user.role == Role.REPRESENTATIVE and user.party_id is None)
    )
