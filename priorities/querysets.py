"""Querysets of agreements, needs and lägesbilder."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from parties.models import User
from parties.querysets import is_shut_out
from priorities import models
from samverkan.lib import clock
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


def still_in(day: date) -> Q:
    """Memberships of parties that have not left by the day, which may be their last; also of those that join later."""
    return Q(left_on=None) | Q(left_on__gte=day)


def party_on(day: date) -> Q:
    """Memberships of parties to the agreement on the day, from their first to their last."""
    return still_in(day) & (Q(joined_on=None) | Q(joined_on__lte=day))


class NeedQuerySet(QuerySet["models.Need"]):
    def visible_to(self, user: User) -> Self:
        """Needs of the agreements that the user sees."""
        return self.filter(agreement__in=keys_of(models.Agreement.objects.visible_to(user)))

    def in_agreement(self, agreement: models.Agreement) -> Self:
        return self.filter(agreement=agreement)

    def known_on(self, day: date | None) -> Self:
        """Without those that were added to the adopted agreement after the day; all of them when it is None, for now.

        What was written before the agreement was adopted is a part of it, on all of its days; so is what a set-up command
        wrote, which nobody has signed.
        """
        if day is None:
            return self
        adopted = models.Agreement.history.model.objects.filter(
            id=OuterRef("agreement_id"),
            status=models.Agreement.Status.ADOPTED,
            history_date__lte=OuterRef("history_date"),
        )
        added = models.Need.history.model.objects.filter(
            id=OuterRef("pk"),
            history_type="+",
            history_date__gte=clock.midnight(day + timedelta(days=1)),
            history_user__isnull=False,
        )
        return self.filter(~Exists(added.filter(Exists(adopted))))


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
