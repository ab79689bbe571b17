"""Querysets of agreements, needs and lägesbilder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q, QuerySet

from parties.querysets import is_shut_out
from parties.roles import Role

if TYPE_CHECKING:
    from parties.models import User
    from priorities.models import Agreement, Need, SituationalPicture  # noqa: F401 -- QuerySet["…"] names them


class AgreementQuerySet(QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Adopted and archived ones; drafts too for coordinators and administrators. None for a user who is shut out."""
        if is_shut_out(user):
            return self.none()
        if user.role in {Role.COORDINATOR, Role.ADMINISTRATOR}:
            return self.all()
        return self.exclude(status="draft")

    def latest_first(self) -> Self:
        return self.order_by("-starts_on", "pk")


class NeedQuerySet(QuerySet["Need"]):
    def visible_to(self, user: User) -> Self:
        """Needs of the agreements that the user sees."""
        from priorities.models import Agreement  # noqa: PLC0415 -- the models take these querysets as managers

        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def in_agreement(self, agreement: Agreement) -> Self:
        return self.filter(agreement=agreement)


class PictureQuerySet(QuerySet["SituationalPicture"]):
    def visible_to(self, user: User) -> Self:
        """Adopted ones; drafts too for coordinators, who write them. None for a user who is shut out."""
        if is_shut_out(user):
            return self.none()
        if user.role == Role.COORDINATOR:
            return self.all()
        return self.filter(status="adopted")

    def for_list(self) -> Self:
        """Latest first. `source_count` counts the sources, `undated_count` those without the day they were fetched."""
        undated = Count("uses", filter=Q(uses__retrieved_on=None))
        return self.annotate(source_count=Count("uses"), undated_count=undated).order_by("-year")
