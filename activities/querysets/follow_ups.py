"""Querysets of follow-ups and of the questions about them.

A follow-up counts unless a withdrawal replaces it, or a correction that is not itself withdrawn: withdrawing a
correction brings the original back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Self

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from activities import models
from activities.querysets.standing import IsReplaced
from activities.states import State, Status, Voice
from parties.models import User
from samverkan.lib.db import keys_of, whether


class FollowUpQuerySet(QuerySet["models.FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        return self.filter(activity__in=keys_of(models.Activity.objects.visible_to(user)))

    def counting(self) -> Self:
        """The follow-ups that count, without the withdrawals themselves."""
        return self.filter(~Q(IsReplaced()), is_withdrawal=False)

    def states(self) -> Self:
        """The responsible party's follow-ups that count. The newest one decides the activity's state."""
        return self.counting().filter(voice=Voice.RESPONSIBLE)

    def newest_first(self) -> Self:
        return self.order_by("-refers_on", "-saved_at", "-pk")

    def with_questions(self) -> Self:
        """With the questions about each and who asked. One query more."""
        return self.prefetch_related(
            Prefetch("questions", models.Question.objects.select_related("asked_by"))
        )

    def worst_first(self, *then: str) -> Self:
        """Off track first, cancelled last, and `then` by those fields. Annotates `state_code`, the value of the State."""
        code = Case(When(status=Status.ONGOING, then=F("assessment")), default=F("status"))
        return self.annotate(state_code=code).order_by(
            StrIndex(Value(" ".join(State)), F("state_code")), *then
        )

    def with_read_by(self, user: User) -> Self:
        """Annotates `is_read`: the user has marked it as read."""
        marks = models.ReadMark.objects.filter(reader=user, follow_up=OuterRef("pk"))
        return self.annotate(is_read=Exists(marks))

    def for_log(self) -> Self:
        """With what a row of the log shows, newest first, including withdrawals. Annotates `counts`."""
        rows = self.annotate(counts=whether(~Q(IsReplaced()) & Q(is_withdrawal=False)))
        return rows.select_related("author", "party", "round").newest_first()


def answered_in(round: models.Round, day: date) -> RawSQL | list[int]:
    """The keys of the activities that the lead has followed up in the round up to the day; when it is over, also later.

    Otherwise a party would be *inte uppdaterad* the day after writing between two rounds.
    """
    return _answered_in(round.pk, day, round.as_of if round.is_over(day) else None)


def answers_in(round: int, day: date) -> RawSQL | list[int]:
    """The keys of the activities with a follow-up in the round, up to the day."""
    return _answered_in(round, day, None)


@lru_cache(maxsize=200)  # compiled once: every page asks about the same few rounds
def _answered_in(round: int, day: date, over_as_of: date | None) -> RawSQL | list[int]:
    answers = Q(round=round)
    if over_as_of:
        answers |= Q(refers_on__gt=over_as_of)
    return keys_of(models.FollowUp.objects.states().filter(answers, refers_on__lte=day).values("activity"))


class QuestionQuerySet(QuerySet["models.Question"]):
    def visible_to(self, user: User) -> Self:
        """Those of the activities that the user sees."""
        return self.filter(follow_up__activity__in=keys_of(models.Activity.objects.visible_to(user)))

    def unanswered(self) -> Self:
        """Those not taken back, and about a follow-up that counts."""
        return self.filter(
            ~Q(IsReplaced("follow_up")),
            taken_back_at=None,
            follow_up__voice=Voice.RESPONSIBLE,
            follow_up__is_withdrawal=False,
        )

    def open_in(self, rounds: Iterable[models.Round | int]) -> Self:
        """The questions that wait for an answer in the rounds."""
        return self.unanswered().filter(follow_up__round__in=list(rounds))
