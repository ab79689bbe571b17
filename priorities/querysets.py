"""Which agreements?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from parties.querysets import is_shut_out
from parties.roles import Role

if TYPE_CHECKING:
    from parties.models import User
    from priorities.models import Agreement  # noqa: F401 -- QuerySet["…"] names it


class AgreementQuerySet(QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Adopted and archived ones to everybody who is let in; drafts to coordinators and administrators."""
        if is_shut_out(user):
            return self.none()
        if user.role in {Role.COORDINATOR, Role.ADMINISTRATOR}:
            return self.all()
        return self.exclude(status="draft")

    def latest_first(self) -> Self:
        return self.order_by("-starts_on", "pk")
