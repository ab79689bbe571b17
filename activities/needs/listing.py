"""Which needs does an agreement have, and what is missing?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from activities.gaps import Gap, gaps
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from activities.states import State
from parties.models import User
from priorities.models import Agreement, Need, Place
from priorities.querysets import NeedQuerySet
from samverkan.lib.db import in_swedish_order

WHOLE_MUNICIPALITY = "hela-kommunen"


@dataclass(frozen=True)
class NeedRow:
    """A need, how many of the activities that answer to it the viewer sees, and the places where nothing is agreed."""

    need: Need
    activity_count: int
    missing: list[Place]
    is_bare: bool


@dataclass(frozen=True)
class NeedsPage:
    """The needs by what is missing as of the day: nothing agreed, then gaps, then covered. A constant number of queries."""

    rows: list[NeedRow]
    gaps: list[Gap]

    @classmethod
    def of(cls, agreement: Agreement, *, viewer: User, day: date) -> "NeedsPage":
        """What is missing is counted over all agreed activities, whoever looks; the number to read is the viewer's own."""
        found = gaps(agreement, day)
        missing: dict[int, list[Place]] = {}
        for gap in found:
            missing.setdefault(gap.need.pk, []).append(gap.place)
        visible = Activity.objects.visible_to(viewer).in_agreement(agreement).filter(needs__isnull=False)
        counts = Counter(standing(visible, day).values_list("needs", flat=True))
        rows = [
            NeedRow(need, counts[need.pk], missing.get(need.pk, []), not need.is_met)
            for need in for_list(Need.objects.visible_to(viewer).in_agreement(agreement), day)
        ]
        return cls(rows, found)

    def within(self, area: str, place: str) -> "NeedsPage":
        """What lies in a priority area and a place, by slug; an empty one means all."""
        rows = [row for row in self.rows if lies_in(row.need, area, place)]
        found = [
            gap
            for gap in self.gaps
            if area in {"", gap.need.priority_area.slug} and place in {"", gap.place.slug}
        ]
        return NeedsPage(rows, found)

    @property
    def bare(self) -> list[NeedRow]:
        """Nobody has agreed to do anything about them."""
        return [row for row in self.rows if row.is_bare]

    @property
    def with_gaps(self) -> list[NeedRow]:
        return [row for row in self.rows if row.missing and not row.is_bare]

    @property
    def covered(self) -> list[NeedRow]:
        return [row for row in self.rows if not row.missing and not row.is_bare]


def for_list(needs: NeedQuerySet, day: date) -> NeedQuerySet:
    """With area and places, by number; `is_met`: some agreed activity answers to it, which is not cancelled as of the day."""
    stands = standing(Activity.objects.filter(needs=OuterRef("pk")), day)
    places = Prefetch("places", Place.objects.order_by(in_swedish_order("name")))
    rows = needs.annotate(is_met=Exists(stands))  # type: ignore[no-redef] # the model names it for its readers
    rows = rows.select_related("agreement", "priority_area")
    return rows.prefetch_related(places).order_by("number")


def standing(activities: ActivityQuerySet, day: date) -> ActivityQuerySet:
    """Those that answer to a need: agreed, and not cancelled as of the day."""
    return activities.as_of(day).in_state(*(state for state in State if state != State.CANCELLED))


def lies_in(need: Need, area: str, place: str) -> bool:
    slugs = [each.slug for each in need.places.all()] or [WHOLE_MUNICIPALITY]
    return area in {"", need.priority_area.slug} and (not place or place in slugs)
