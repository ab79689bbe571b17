"""Querysets of the rounds' mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from activities import models
from activities.states import Occasion
from parties.models import User
from parties.querysets import is_shut_out

# A run that has not sent a mail it claimed this long ago has died.
PATIENCE = timedelta(minutes=15)


class MailQuerySet(QuerySet["models.Mail"]):
    def visible_to(self, user: User) -> Self:
        """Coordinators only: the log shows who has not followed up."""
        return self.none() if is_shut_out(user) or not user.is_coordinator else self.all()

    def of_round(self, round: models.Round) -> Self:
        return self.filter(pk__in=models.MailReason.objects.filter(round=round).values("mail"))

    def to_be_tried_again(self, at: datetime) -> Self:
        """Unsent mails that a dead run claimed, and refused ones with tries left."""
        left = Q(fault="", claimed_at__lt=at - PATIENCE)
        refused = ~Q(fault__in=["", self.model.NEEDLESS]) & Q(tries__lt=self.model.MOST_TRIES)
        return self.filter(left | refused, sent_at=None)

    def with_reasons(self, only: Q | None = None) -> Self:
        """Prefetches `reasons`. One query more."""
        reasons = (
            models.MailReason.objects.filter(only or Q()).select_related("round", "person").order_by("pk")
        )
        return self.prefetch_related(Prefetch("reasons", reasons))

    def for_log(self) -> Self:
        """With what a row of the log shows, newest first.

        Where the coordinator reminded, the turn that the mail covered besides is left out: that was not why it was sent.
        """
        same = {name: OuterRef(name) for name in ("mail", "round", "person")}
        reminded = Exists(models.MailReason.objects.filter(occasion=Occasion.NUDGE, **same))
        reasons = ~Q(reminded, occasion__in=Occasion.in_turn())
        return self.select_related("person__party").with_reasons(reasons).order_by("-day", "-pk")
