"""Which rounds, and which of them asks?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet

from priorities.models import Agreement

if TYPE_CHECKING:
    from activities.models import Round
    from parties.models import User


class RoundQuerySet(QuerySet["Round"]):
    def visible_to(self, user: User) -> Self:
        """Those of the agreements that the user sees."""
        return self.filter(agreement__in=Agreement.objects.visible_to(user))

    def open_on(self, agreement: Agreement, day: date) -> Round | None:
        """The round that a word written that day belongs to: the newest that has opened, unless it is closed.

        One at a time: a round that nobody closed ends as the next one opens, and does not come back.
        """
        newest = self.newest_on(agreement, day)
        return newest if newest and newest.is_open(day) else None

    def newest_on(self, agreement: Agreement, day: date) -> Round | None:
        """The round that opened last, whether it is open still or has been closed."""
        return self.filter(agreement=agreement, opens_on__lte=day).order_by("-opens_on").first()

    def asking_about(self, agreement: Agreement, day: date, *, today: date) -> Round | None:
        """The round that tells who has not updated: the newest that speaks of the day or before, or was open on it.

        On the present day that is the open round, or between rounds the last one. One that has not opened asks nothing.
        """
        return self.that_ask(day, today=today).filter(agreement=agreement).order_by("-as_of").first()

    def that_ask(self, day: date, *, today: date) -> Self:
        return self.filter(Q(as_of__lte=day) | Q(opens_on__lte=day), opens_on__lte=today)

    def open_now(self, agreements: Iterable[Agreement], day: date) -> list[Round]:
        """The open round of each agreement. One query."""
        opened = self.filter(agreement__in=agreements, opens_on__lte=day).select_related("agreement")
        newest = {round.agreement_id: round for round in opened.order_by("agreement", "opens_on")}
        return [round for round in newest.values() if round.is_open(day)]

    def next_to_open(self, agreements: list[Agreement], day: date) -> Round | None:
        """The planned round whose turn comes next, in any of the agreements."""
        planned = self.filter(opens_on__gt=day, agreement__in=agreements, closed_on=None)
        return planned.order_by("opens_on").first()
