"""What a place's page shows: its needs with gaps, the activities there, and the sources about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.shortcuts import get_object_or_404

from activities.gaps import gaps
from activities.models import Activity
from activities.periods import Rounds
from activities.querysets import earlier
from parties.models import User
from priorities.models import Agreement, Need, Place, SituationalPicture, Source, SourceUse
from samverkan.lib.db import in_swedish_order
from samverkan.lib.names import listing
from samverkan.lib.numbers import counted


@dataclass(frozen=True)
class PlaceNeed:
    """A need of the place. `is_gap` when no agreed activity answers it there on the day, whoever looks."""

    need: Need
    is_gap: bool


@dataclass
class PlaceSource:
    """A source about the place: used for it in lägesbilder that the viewer sees, or cited by needs there."""

    source: Source
    uses: list[SourceUse] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)


@dataclass(frozen=True)
class PlacePage:
    """A place as of a day, over what the viewer sees. What needs and sources say is of today. A constant number of queries."""

    place: Place
    day: date
    today: date
    needs: Sequence[PlaceNeed]
    activities: Sequence[Activity]
    sources: Sequence[PlaceSource]

    @classmethod
    def of(cls, agreement: Agreement, slug: str, *, viewer: User, day: date, today: date) -> "PlacePage":
        """Raises Http404 for a place that neither the agreement nor one of its needs names."""
        ours = Q(focus_areas__agreement=agreement) | Q(needs__agreement=agreement)
        place = get_object_or_404(Place.objects.filter(ours).distinct(), slug=slug)
        missing = {gap.need.pk for gap in gaps(agreement, day, today=today) if gap.place.pk == place.pk}
        known = Need.objects.visible_to(viewer).in_agreement(agreement).known_on(earlier(day, today))
        rows = known.filter(places=place)
        found = list(
            rows.select_related("agreement", "priority_area").prefetch_related("sources").order_by("number")
        )
        needs = [PlaceNeed(need, need.pk in missing) for need in found]
        return cls(
            place,
            day,
            today,
            sorted(needs, key=lambda each: not each.is_gap),
            _activities(agreement, place, viewer=viewer, day=day, today=today),
            _sources(place, found, viewer),
        )

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def in_words(self) -> str:
        """`3 behov, 1 lucka och 6 aktiviteter.` Leaves out zero gaps."""
        missing = sum(each.is_gap for each in self.needs)
        parts = [
            counted(len(self.needs), "behov", "behov"),
            *([counted(missing, "lucka", "luckor")] if missing else []),
            counted(len(self.activities), "aktivitet", "aktiviteter"),
        ]
        return f"{listing(parts)}."


def _activities(
    agreement: Agreement, place: Place, *, viewer: User, day: date, today: date
) -> list[Activity]:
    """Those planned for the place on the day, the worst first; drafts and proposals last."""
    round = Rounds.of(agreement).asking_about(day, today=today)
    rows = Activity.objects.visible_to(viewer).in_agreement(agreement).as_of(day, today=today)
    there = rows.filter(focus_areas__place=place).with_flags(today=day, round=round)
    return sorted(there.for_list().worst_first(), key=lambda each: not each.is_agreed)


def _sources(place: Place, needs: Sequence[Need], viewer: User) -> list[PlaceSource]:
    """By name. A use for other places only is left out; one without places is for the whole municipality."""
    cited = {source.pk for need in needs for source in need.sources.all()}
    pictures = SituationalPicture.objects.visible_to(viewer)
    uses = SourceUse.objects.filter(
        Q(places=place) | Q(source__in=cited, places=None), picture__in=pictures
    ).distinct()
    named = {use.pk: use for use in uses.select_related("picture", "source").order_by("-picture__year")}
    known = Source.objects.filter(pk__in=cited | {use.source_id for use in named.values()})
    found = {source.pk: PlaceSource(source) for source in known.order_by(in_swedish_order("name"))}
    for use in named.values():
        found[use.source_id].uses.append(use)
    for need in needs:
        for source in need.sources.all():
            found[source.pk].needs.append(need)
    return list(found.values())
