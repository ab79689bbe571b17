"""Querysets of agreements, needs and lägesbilder."""

from __future__ import annotations

from typing import Self

from django.db.models import Count, Q, QuerySet

from parties.models import User
from parties.querysets import is_shut_out
from priorities import models
from samverkan.lib.db import keys_of


class AgreementQuerySet(QuerySet["models.Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Adopted and archived ones; drafts too for coordinators and administrators. None for a user who is shut out."""
        if is_shut_out(user):
            return self.none()
        if user.get_role().traits.sees_drafts:
            return self.all()
        return self.exclude(status=self.model.Status.DRAFT)

    def latest_first(self) -> Self:
        return self.order_by("-starts_on", "pk")


class NeedQuerySet(QuerySet["models.Need"]):
    def visible_to(self, user: User) -> Self:
        """Needs of the agreements that the user sees."""
        return self.filter(agreement__in=keys_of(models.Agreement.objects.visible_to(user)))

    def in_agreement(self, agreement: models.Agreement) -> Self:
        return self.filter(agreement=agreement)


class PictureQuerySet(QuerySet["models.SituationalPicture"]):
    def visible_to(self, user: User) -> Self:
        """Adopted ones; drafts too for coordinators, who write them. None for a user who is shut out."""
        if is_shut_out(user):
            return self.none()
        if user.is_coordinator:
            return self.all()
        return self.filter(status=self.model.Status.ADOPTED)

    def for_list(self) -> Self:
        """Latest first. `source_count` counts the sources, `undated_count` those without the day they were fetched."""
        undated = Count("uses", filter=Q(uses__retrieved_on=None))
        return self.annotate(source_count=Count("uses"), undated_count=undated).order_by("-year")
