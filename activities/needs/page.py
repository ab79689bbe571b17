"""One need's page: the situational pictures behind it, the need, and the activities that answer it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from activities.gaps import gaps
from activities.models import Activity
from activities.needs.listing import for_list
from activities.periods import Rounds
from parties.models import User
from priorities.models import Agreement, Need, Place, SituationalPicture, Source, SourceUse
from priorities.querysets import PictureQuerySet
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class Spot:
    """A place with the activities there. `place` is None for activities elsewhere or in the whole municipality."""

    place: Place | None
    activities: list[Activity]
    is_gap: bool = False


@dataclass(frozen=True)
class NeedPage:
    """A need with its sources and the activities that answer it, as of today. A constant number of queries.

    `missing` holds the keys of places without an agreed activity; `is_bare` when no agreed activity answers the need.
    """

    need: Need
    sources: list[Source]
    activities: list[Activity]
    predecessor: Need | None
    successors: list[Need]
    missing: set[int]
    is_bare: bool

    @classmethod
    def of(cls, agreement: Agreement, number: int, *, viewer: User, today: date) -> "NeedPage":
        """Only what the viewer may see. Raises Http404 when the agreement has no such need."""
        needs = Need.objects.visible_to(viewer)
        need = get_object_or_404(for_list(needs.in_agreement(agreement), today, today=today), number=number)
        kin = list(needs.filter(Q(predecessor=need) | Q(pk=need.predecessor_id)).select_related("agreement"))
        round = Rounds.of(agreement).asking_about(today, today=today)
        rows = Activity.objects.visible_to(viewer).filter(needs=need).as_of(today)
        return cls(
            need,
            _sources(need, SituationalPicture.objects.visible_to(viewer)),
            list(rows.with_flags(today=today, round=round).for_list().order_by("number")),
            next((each for each in kin if each.pk == need.predecessor_id), None),
            [each for each in kin if each.predecessor_id == need.pk],
            {gap.place.pk for gap in gaps(agreement, today, today=today) if gap.need.pk == need.pk},
            not need.is_met,
        )

    @property
    def spots(self) -> list[Spot]:
        """One for each place of the need, then one for activities elsewhere."""
        places = list(self.need.places.all())
        here = {place.pk: [each for each in self.activities if place.pk in _places(each)] for place in places}
        placed = [Spot(place, here[place.pk], place.pk in self.missing) for place in places]
        elsewhere = [each for each in self.activities if not _places(each) & here.keys()]
        return [*placed, Spot(None, elsewhere)] if elsewhere or not places else placed

    @property
    def causes(self) -> list[str]:
        """The text's lines, without empty ones."""
        return [line.strip() for line in self.need.causes.splitlines() if line.strip()]

    @property
    def pictures(self) -> list[SituationalPicture]:
        """The situational pictures that used the sources, newest first."""
        found = {use.picture.year: use.picture for source in self.sources for use in source.uses_in_sight}  # type: ignore[attr-defined] # the prefetch in _sources puts it there
        return [found[year] for year in sorted(found, reverse=True)]


def _sources(need: Need, pictures: PictureQuerySet) -> list[Source]:
    """The need's sources; `uses_in_sight` holds their uses in `pictures`. Two queries."""
    uses = SourceUse.objects.filter(picture__in=pictures).select_related("picture").order_by("-picture__year")
    rows = need.sources.order_by(in_swedish_order("name"))
    return list(rows.prefetch_related(Prefetch("uses", uses, to_attr="uses_in_sight")))


def _places(activity: Activity) -> set[int]:
    return {area.place_id for area in activity.focus_areas.all()}
