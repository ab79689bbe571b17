"""What does one need's page show? The chain: lägesbild, need, activities."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from activities.gaps import gaps
from activities.models import Activity, Round
from activities.needs.listing import for_list
from parties.models import User
from priorities.models import Agreement, Need, Place, SituationalPicture, Source, SourceUse
from priorities.querysets import PictureQuerySet
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class Spot:
    """A place of the need (None: elsewhere or the whole municipality) with what is done there."""

    place: Place | None
    activities: list[Activity]
    is_gap: bool = False


@dataclass(frozen=True)
class NeedPage:
    """A need with the sources that it rests on and the activities that answer to it as of today. A constant number of queries."""

    need: Need
    sources: list[Source]
    activities: list[Activity]
    predecessor: Need | None
    successors: list[Need]
    missing: set[int]
    is_bare: bool

    @classmethod
    def of(cls, agreement: Agreement, number: int, *, viewer: User, today: date) -> "NeedPage":
        """With what the viewer may know of. Raises Http404 when the agreement has no such need."""
        needs = Need.objects.visible_to(viewer)
        need = get_object_or_404(for_list(needs.in_agreement(agreement), today), number=number)
        kin = list(needs.filter(Q(predecessor=need) | Q(pk=need.predecessor_id)).select_related("agreement"))
        round = Round.objects.asking_about(agreement, today, today=today)
        rows = Activity.objects.visible_to(viewer).filter(needs=need).as_of(today)
        return cls(
            need,
            _sources(need, SituationalPicture.objects.visible_to(viewer)),
            list(rows.with_flags(today=today, round=round).for_list().order_by("number")),
            next((each for each in kin if each.pk == need.predecessor_id), None),
            [each for each in kin if each.predecessor_id == need.pk],
            {gap.place.pk for gap in gaps(agreement, today) if gap.need.pk == need.pk},
            not need.is_met,
        )

    @property
    def spots(self) -> list[Spot]:
        """Each of the need's places, then what is done in none of them. No place at all means the whole municipality."""
        places = list(self.need.places.all())
        here = {place.pk: [each for each in self.activities if place.pk in _places(each)] for place in places}
        placed = [Spot(place, here[place.pk], place.pk in self.missing) for place in places]
        elsewhere = [each for each in self.activities if not _places(each) & here.keys()]
        return [*placed, Spot(None, elsewhere)] if elsewhere or not places else placed

    @property
    def causes(self) -> list[str]:
        """One for each line that was written."""
        return [line.strip() for line in self.need.causes.splitlines() if line.strip()]

    @property
    def pictures(self) -> list[SituationalPicture]:
        """The lägesbilder that used the sources, the latest first, each once."""
        found = {use.picture.year: use.picture for source in self.sources for use in source.uses_in_sight}  # type: ignore[attr-defined] # the prefetch in _sources puts it there
        return [found[year] for year in sorted(found, reverse=True)]


def _sources(need: Need, pictures: PictureQuerySet) -> list[Source]:
    """The need's sources, each with its use in the lägesbilder that the user sees."""
    uses = SourceUse.objects.filter(picture__in=pictures).select_related("picture").order_by("-picture__year")
    rows = need.sources.order_by(in_swedish_order("name"))
    return list(rows.prefetch_related(Prefetch("uses", uses, to_attr="uses_in_sight")))


def _places(activity: Activity) -> set[int]:
    return {area.place_id for area in activity.focus_areas.all()}
