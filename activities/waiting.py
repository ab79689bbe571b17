"""Which activities wait for the responsible party in a follow-up round."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q
from django.db.models.expressions import RawSQL

from activities.models import Question, Round
from activities.querysets import missing_in
from samverkan.lib.db import keys_of


def waiting_in(rounds: Iterable[Round], today: date) -> Q:
    """Activities without a follow-up in one of the rounds, and those whose follow-up there came back with a question.

    Nothing waits without rounds.
    """
    asking = list(rounds)
    if not asking:
        return Q(pk__in=[])
    asked = Q(pk__in=asked_about(asking))
    return reduce(or_, (Q(pk__in=missing_in(round, today)) for round in asking), asked)


def asked_about(rounds: Iterable[Round]) -> RawSQL | list[int]:
    """The keys of the activities with an open question in one of the rounds."""
    return _asked_about(tuple(round.pk for round in rounds))


@lru_cache(maxsize=200)  # compiled once: every page asks about the same few rounds
def _asked_about(rounds: tuple[int, ...]) -> RawSQL | list[int]:
    return keys_of(Question.objects.open_in(rounds).values("follow_up__activity"))
