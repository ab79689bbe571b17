"""Where does a need lack an activity?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from activities.models import Activity
from activities.states import State
from priorities.models import Agreement, Need, Place
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class Gap:
    """A need in a place where nobody has agreed to do anything about it (lucka)."""

    need: Need
    place: Place


def gaps(agreement: Agreement, day: date) -> list[Gap]:
    """Each need × place without an agreed activity that is not cancelled as of the day, by need and name of place.

    A need without places is for the whole municipality and never a gap, and an activity without places fills none.
    Counted over all agreed activities, whoever looks. Three queries; each need comes with its `priority_area` and `places`.
    """
    places = Prefetch("places", Place.objects.order_by(in_swedish_order("name")))
    needs = agreement.needs.select_related("priority_area").prefetch_related(places).order_by("number")
    met = _met(agreement, day)
    return [
        Gap(need, place) for need in needs for place in need.places.all() if (need.pk, place.pk) not in met
    ]


def _met(agreement: Agreement, day: date) -> set[tuple[int, int]]:
    """The pairs of need and place that an activity answers to."""
    placed = Activity.objects.in_agreement(agreement).filter(needs__isnull=False, focus_areas__isnull=False)
    rows = placed.as_of(day).in_state(*(state for state in State if state != State.CANCELLED))
    return set(rows.order_by().values_list("needs", "focus_areas__place"))
