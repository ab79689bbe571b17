"""Which follow-ups, and which questions about them?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db.models import Q, QuerySet

from activities import models
from activities.querysets.standing import IsReplaced
from activities.states import Voice
from parties.models import User
from samverkan.lib.db import whether


class FollowUpQuerySet(QuerySet["models.FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        return self.filter(activity__in=models.Activity.objects.visible_to(user))

    def counting(self) -> Self:
        """Follow-ups that stand: not withdrawals, and not replaced by one or by a correction that itself stands."""
        return self.filter(~Q(IsReplaced()), is_withdrawal=False)

    def states(self) -> Self:
        """The responsible party's words that stand: the ones that decide an activity's state."""
        return self.counting().filter(voice=Voice.RESPONSIBLE)

    def newest_first(self) -> Self:
        return self.order_by("-refers_on", "-saved_at", "-pk")

    def in_answer_to(self, round: models.Round, day: date) -> Self:
        """Words in the round; once it is closed, later ones until the day too: between rounds nobody is asked an old question."""
        answers = Q(round=round)
        later = Q(refers_on__gt=round.as_of, refers_on__lte=day)
        return self.filter(answers | later if round.is_closed(day) else answers)

    def for_log(self) -> Self:
        """With what a log row shows, newest first, withdrawals included, and whether each still counts (`counts`)."""
        rows = self.annotate(counts=whether(~Q(IsReplaced()) & Q(is_withdrawal=False)))
        return rows.select_related("author", "party", "round").newest_first()


class QuestionQuerySet(QuerySet["models.Question"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        return self.filter(follow_up__activity__in=models.Activity.objects.visible_to(user))

    def open_in(self, rounds: Iterable[models.Round]) -> Self:
        """Those that wait for a correction: of a word of one of the rounds that counts still, and not taken back."""
        return self.filter(
            ~Q(IsReplaced("follow_up")),
            taken_back_at=None,
            follow_up__round__in=list(rounds),
            follow_up__voice=Voice.RESPONSIBLE,
            follow_up__is_withdrawal=False,
        )
