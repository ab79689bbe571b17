"""Where does a need lack an activity?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

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
    Counted over all agreed activities, whoever looks. One query; each need comes with its `priority_area`.
    """
    pairs = Need.places.through.objects.filter(need__agreement=agreement)
    answer = Activity.objects.filter(needs=OuterRef("need"), focus_areas__place=OuterRef("place"))
    stands = answer.as_of(day).in_state(*(state for state in State if state != State.CANCELLED))
    unmet = pairs.filter(~Exists(stands)).select_related("need__priority_area", "place")
    rows = unmet.order_by("need__number", in_swedish_order("place__name"))
    return [Gap(pair.need, pair.place) for pair in rows]
