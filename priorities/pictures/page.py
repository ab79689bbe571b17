"""What a lägesbild's page shows."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from parties.models import Party
from priorities.models import Need, Place, SituationalPicture, SourceUse
from priorities.querysets import NeedQuerySet, PictureQuerySet
from samverkan.lib.db import in_swedish_order

PARTS = (
    ("kartlaggning", "Kartläggning", "mapping"),
    ("annan-information", "Annan information", "other_information"),
    ("analys", "Analys", "analysis"),
)


@dataclass(frozen=True)
class PicturePage:
    """A lägesbild with its sources, and for each source the needs that cite it. A constant number of queries."""

    picture: SituationalPicture
    uses: list[SourceUse]

    @classmethod
    def of(cls, visible: PictureQuerySet, needs: NeedQuerySet, year: int) -> "PicturePage":
        """`needs` holds those that the user may see. Raises Http404 if `visible` has no lägesbild of the year."""
        whole = visible.prefetch_related("attachments", Prefetch("participants", Party.objects.by_name()))
        picture = get_object_or_404(whole, year=year)
        resting = needs.select_related("agreement").order_by("-agreement__starts_on", "number")
        uses = picture.uses.select_related("source").prefetch_related(
            Prefetch("places", Place.objects.order_by(in_swedish_order("name"))),
            Prefetch("source__needs", resting, to_attr="needs_in_sight"),
        )
        return cls(picture, list(uses))

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """The law's three parts, each with its anchor on the page, its heading and its text."""
        return [(place, heading, getattr(self.picture, name)) for place, heading, name in PARTS]

    @property
    def undated_count(self) -> int:
        """The number of sources without the day when they were fetched."""
        return sum(use.retrieved_on is None for use in self.uses)

    @property
    def needs(self) -> list[Need]:
        """The needs that cite any of the sources, each once, those of the newest agreement first."""
        found = {need.pk: need for use in self.uses for need in use.source.needs_in_sight}  # type: ignore[attr-defined] # the prefetch above puts it there
        return sorted(
            found.values(),
            key=lambda need: (-need.agreement.starts_on.toordinal(), need.agreement_id, need.number),
        )
