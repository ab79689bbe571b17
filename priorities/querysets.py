"""Which agreements?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

from parties.querysets import is_shut_out
from parties.roles import Role

if TYPE_CHECKING:
    from parties.models import User
    from priorities.models import Agreement


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

    @staticmethod
    def current(agreements: list[Agreement], *, today: date) -> Agreement | None:
        """The one that covers the day, else the latest that has begun, else the first to come; None of none."""
        begun = [a for a in agreements if a.starts_on <= today]
        covering = [a for a in begun if a.covers(today)]
        return next(iter(covering or begun), agreements[-1] if agreements else None)
