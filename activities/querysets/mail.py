"""Which mails of the rounds?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db.models import Prefetch, Q, QuerySet

from activities import models
from parties.models import User
from parties.querysets import is_shut_out

# A run that has had a mail in hand for so long has died.
PATIENCE = timedelta(minutes=15)


class MailQuerySet(QuerySet["models.Mail"]):
    def visible_to(self, user: User) -> Self:
        """The log is the coordinator's: it tells who has not done what."""
        return self.none() if is_shut_out(user) or not user.is_coordinator else self.all()

    def of_round(self, round: models.Round) -> Self:
        return self.filter(pk__in=models.MailReason.objects.filter(round=round).values("mail"))

    def to_be_tried_again(self, at: datetime) -> Self:
        """Not sent: left in the hand of a run that has died, or refused fewer times than we try."""
        left = Q(fault="", claimed_at__lt=at - PATIENCE)
        refused = ~Q(fault__in=["", self.model.NEEDLESS]) & Q(tries__lt=self.model.MOST_TRIES)
        return self.filter(left | refused, sent_at=None)

    def with_reasons(self) -> Self:
        """With why each was written. One query more."""
        return self.prefetch_related(
            Prefetch("reasons", models.MailReason.objects.select_related("round", "person").order_by("pk"))
        )

    def for_log(self) -> Self:
        """With what a row of the log tells, the newest first."""
        return self.select_related("person__party").with_reasons().order_by("-day", "-pk")
