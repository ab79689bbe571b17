"""Which mails of the rounds?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Prefetch, Q, QuerySet

from parties.querysets import is_shut_out

if TYPE_CHECKING:
    from activities.models import Mail, Round  # noqa: F401 -- QuerySet["…"] names them
    from parties.models import User

# A run that has had a mail in hand for so long has died.
PATIENCE = timedelta(minutes=15)


class MailQuerySet(QuerySet["Mail"]):
    def visible_to(self, user: User) -> Self:
        """The log is the coordinator's: it tells who has not done what."""
        return self.none() if is_shut_out(user) or not user.is_coordinator else self.all()

    def of_round(self, round: Round) -> Self:
        from activities.models import MailReason  # noqa: PLC0415 -- the models take these querysets as managers

        return self.filter(pk__in=MailReason.objects.filter(round=round).values("mail"))

    def to_be_tried_again(self, at: datetime) -> Self:
        """Not sent: left in the hand of a run that has died, or refused fewer times than we try."""
        left = Q(fault="", claimed_at__lt=at - PATIENCE)
        refused = ~Q(fault__in=["", self.model.NEEDLESS]) & Q(tries__lt=self.model.MOST_TRIES)
        return self.filter(left | refused, sent_at=None)

    def with_reasons(self) -> Self:
        """With why each was written. One query more."""
        from activities.models import MailReason  # noqa: PLC0415 -- the models take these querysets as managers

        return self.prefetch_related(
            Prefetch("reasons", MailReason.objects.select_related("round", "person").order_by("pk"))
        )

    def for_log(self) -> Self:
        """With what a row of the log tells, the newest first."""
        return self.select_related("person__party").with_reasons().order_by("-day", "-pk")
