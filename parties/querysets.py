"""Querysets of parties and users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db.models import Q, QuerySet

from parties.roles import Role
from samverkan.lib.db import in_swedish_order
from samverkan.lib.guard import refuse_doubtful_numbers

if TYPE_CHECKING:
    from parties.models import Party, User  # noqa: F401 -- QuerySet["…"] names them


class PartyQuerySet(QuerySet["Party"]):
    def visible_to(self, user: User) -> Self:
        """All parties; none for a user who is shut out."""
        return self.none() if is_shut_out(user) else self.all()

    def by_name(self) -> Self:
        """The leading party first, then in Swedish order."""
        return self.order_by("-leads", in_swedish_order("name"))


class UserQuerySet(QuerySet["User"]):
    def visible_to(self, user: User) -> Self:
        """All accounts for coordinators and administrators. Others see themselves and the active coordinators."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.get_role().traits.sees_accounts:
            return self.all()
        return self.filter(Q(pk=user.pk) | Q(role=Role.COORDINATOR, is_active=True))

    def contacts(self) -> Self:
        """The active coordinators, longest serving first: the people to ask."""
        return (
            self.filter(role=Role.COORDINATOR, is_active=True)
            .select_related("party")
            .order_by("joined_at", "pk")
        )


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc] # a class made at run time
    def get_by_natural_key(self, username: str | None) -> User:
        """Finds the account by its e-mail address in any case. Raises User.DoesNotExist."""
        return self.get(email__iexact=username)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Adds the first administrator, for `manage.py createsuperuser`."""
        for name in ("display_name", "title"):
            refuse_doubtful_numbers(fields.get(name, ""))
        user: User = self.model(email=email.lower(), role=Role.ADMINISTRATOR, **fields)
        user.set_password(password)
        user.full_clean()
        user.save()
        return user


def is_shut_out(user: User) -> bool:
    """True without an active account, and for a representative without a party. Such a user sees nothing."""
    return (
        not user.is_authenticated
        or not user.is_active
        or (user.role == Role.REPRESENTATIVE and user.party_id is None)
    )
