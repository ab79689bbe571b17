"""Which activities wait for the responsible party in a follow-up round, and which plans wait for the coordinator."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, reduce
from operator import or_

from django.db.models import OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from activities.models import Activity, Question, Round
from activities.querysets import ActivityQuerySet, missing_in
from activities.states import Preparation
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


_proposals = Activity.history.filter(id=OuterRef("pk"), preparation=Preparation.PROPOSED)
# Built once: every page with the menu asks it.
PROPOSED_BY_LEAD_ON = Subquery(_proposals.order_by("-history_date", "-history_id").values("lead_yes_on")[:1])


def with_proposer(rows: ActivityQuerySet) -> ActivityQuerySet:
    """Adds `proposed_by_lead_on`: the day of the last proposal by the lead party; None when the coordinator made it."""
    return rows.alias(proposed_by_lead_on=PROPOSED_BY_LEAD_ON)


def waits_for_coordinator() -> Q:
    """Proposals of the parties, and the coordinator's own that a party returned; after `with_proposer`."""
    return Q(preparation=Preparation.PROPOSED, coordinator_yes_on=None) | Q(
        preparation=Preparation.RETURNED, proposed_by_lead_on=None
    )
