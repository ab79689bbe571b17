"""The list of an agreement's needs, sorted by what is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from activities.gaps import Gap, answering, gaps
from activities.models import Activity
from activities.querysets import earlier
from parties.models import User
from priorities.models import Agreement, Need, Place
from priorities.querysets import NeedQuerySet
from priorities.which import EVERYWHERE
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class NeedRow:
    """A need, the number of its activities that the viewer sees, and its places without an agreed activity."""

    need: Need
    activity_count: int
    missing: list[Place]
    is_bare: bool


@dataclass(frozen=True)
class NeedsPage:
    """The needs in three groups as of a day: bare, with gaps, covered. A constant number of queries."""

    rows: list[NeedRow]
    gaps: list[Gap]

    @classmethod
    def of(cls, agreement: Agreement, *, viewer: User, day: date, today: date) -> "NeedsPage":
        """Gaps are counted over all agreed activities; `activity_count` only over those that the viewer sees."""
        found = gaps(agreement, day, today=today)
        missing: dict[int, list[Place]] = {}
        for gap in found:
            missing.setdefault(gap.need.pk, []).append(gap.place)
        visible = Activity.objects.visible_to(viewer).in_agreement(agreement).filter(needs__isnull=False)
        counts = Counter(answering(visible, day, today=today).values_list("needs", flat=True))
        needs = Need.objects.visible_to(viewer).in_agreement(agreement).known_on(earlier(day, today))
        rows = [
            NeedRow(need, counts[need.pk], missing.get(need.pk, []), not need.is_met)
            for need in for_list(needs, day, today=today)
        ]
        return cls(rows, found)

    def within(self, area: str, place: str) -> "NeedsPage":
        """The needs and gaps of a priority area and a place, by slug. An empty slug means all."""
        rows = [row for row in self.rows if lies_in(row.need, area, place)]
        found = [
            gap
            for gap in self.gaps
            if area in {"", gap.need.priority_area.slug} and place in {"", gap.place.slug}
        ]
        return NeedsPage(rows, found)

    @property
    def bare(self) -> list[NeedRow]:
        """Needs that no agreed activity answers."""
        return [row for row in self.rows if row.is_bare]

    @property
    def with_gaps(self) -> list[NeedRow]:
        return [row for row in self.rows if row.missing and not row.is_bare]

    @property
    def covered(self) -> list[NeedRow]:
        return [row for row in self.rows if not row.missing and not row.is_bare]


def for_list(needs: NeedQuerySet, day: date, *, today: date) -> NeedQuerySet:
    """With area and places, by number. Annotates `is_met`: an agreed activity, not cancelled on the day, answers the need."""
    answers = answering(Activity.objects.filter(needs=OuterRef("pk")), day, today=today)
    places = Prefetch("places", Place.objects.order_by(in_swedish_order("name")))
    rows = needs.annotate(is_met=Exists(answers))  # type: ignore[no-redef] # the model names it for its readers
    rows = rows.select_related("agreement", "priority_area")
    return rows.prefetch_related(places).order_by("number")


def lies_in(need: Need, area: str, place: str) -> bool:
    slugs = [each.slug for each in need.places.all()] or [EVERYWHERE]
    return area in {"", need.priority_area.slug} and (not place or place in slugs)
