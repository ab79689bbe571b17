"""Which activities answer a need, and gaps (luckor): needs without an activity in one of their places.

Gaps are counted over all agreed activities, whoever looks: a need must not look unanswered because the answer is
internal. A cancelled activity fills no gap.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from activities.models import Activity
from activities.querysets import ActivityQuerySet, earlier
from activities.states import State
from priorities.models import Agreement, Need, Place
from samverkan.lib.db import in_swedish_order, is_one_of


def answering(activities: ActivityQuerySet, day: date, *, today: date) -> ActivityQuerySet:
    """The activities that count as an answer to a need: agreed, and not cancelled on the day, as planned then."""
    return activities.as_of(day, today=today).in_state(*State.not_cancelled())


@dataclass(frozen=True)
class Gap:
    """A need and one of its places that no agreed activity covers."""

    need: Need
    place: Place


def gaps(agreement: Agreement, day: date, *, today: date) -> list[Gap]:
    """Every gap on the day, by need and name of place. One query; each need comes with its `priority_area`.

    A need without places is for the whole municipality and has no gaps; an activity without places fills none.
    """
    needs = Need.objects.in_agreement(agreement).known_on(earlier(day, today))
    pairs = Need.places.through.objects.filter(need__in=needs)
    there = Activity.objects.filter(needs__agreement=agreement, focus_areas__isnull=False)
    met = answering(there, day, today=today).values_list("needs", "focus_areas__place")
    unmet = pairs.filter(~Q(is_one_of(("need_id", "place_id"), met))).select_related(
        "need__priority_area", "place"
    )
    rows = unmet.order_by("need__number", in_swedish_order("place__name"))
    return [Gap(pair.need, pair.place) for pair in rows]
