"""What waits for the responsible party's word in a follow-up round?"""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q

from activities.models import Question, Round
from activities.querysets import not_updated_on
from samverkan.lib.db import keys_of


def waiting_in(rounds: Iterable[Round], today: date) -> Q:
    """Activities without a word in one of the rounds, and those whose word there was given back with a question.

    Use it after `as_of(today)`. Without rounds nothing waits. A question makes no query of its own.
    """
    asking = list(rounds)
    if not asking:
        return Q(pk__in=[])
    asked_about = Question.objects.open_in(asking).values("follow_up__activity")
    return reduce(or_, (not_updated_on(today, round) for round in asking), Q(pk__in=keys_of(asked_about)))
