"""Which activities wait for the responsible party in a follow-up round."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from activities.models import Question, Round
from activities.querysets import not_updated_on
from samverkan.lib.db import keys_of


def waiting_in(rounds: Iterable[Round], today: date) -> Q:
    """Activities without a follow-up in one of the rounds, and those whose follow-up there came back with a question.

    Filter with it after `as_of(today)`. Nothing waits without rounds. Questions are looked up by a subquery.
    """
    asking = list(rounds)
    if not asking:
        return Q(pk__in=[])
    asked_about = Question.objects.open_in(asking).values("follow_up__activity")
    return reduce(or_, (not_updated_on(today, round) for round in asking), Q(pk__in=keys_of(asked_about)))
