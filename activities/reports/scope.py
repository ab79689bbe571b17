"""What a report covers: the whole agreement, or one party, one priority area or one place."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects

from activities.models import Contribution
from activities.querysets import as_planned
from priorities.models import Agreement, AgreementParty, FocusArea
from priorities.which import EVERYWHERE

# The kinds, as in addresses, with their Swedish labels.
PARTY, AREA, PLACE = "part", "omrade", "plats"
LABELS = {PARTY: "Part", AREA: "Prioriterat område", PLACE: "Geografiskt område"}


@dataclass(frozen=True)
class Scope:
    """One party, area or place; without arguments the whole agreement."""

    kind: str = ""
    slug: str = ""
    name: str = ""
    short_name: str = ""

    @property
    def is_whole(self) -> bool:
        return not self.kind

    @property
    def is_everywhere(self) -> bool:
        """Whether it covers the activities for the whole municipality, which have no place."""
        return (self.kind, self.slug) == (PLACE, EVERYWHERE)

    @property
    def key(self) -> str:
        """The choice in the form: `part:polisen`; empty for the whole agreement."""
        return f"{self.kind}:{self.slug}" if self.kind else ""

    @property
    def label(self) -> str:
        """`Part`; empty for the whole agreement."""
        return LABELS.get(self.kind, "")

    @property
    def covers(self) -> str:
        """The sentence on which activities the report covers; empty for the whole agreement."""
        if self.is_everywhere:
            return "Aktiviteter som gäller hela kommunen och inte ett visst geografiskt område"
        return {
            PARTY: "Aktiviteter som parten ansvarar för eller medverkar i",
            AREA: "Aktiviteter i det prioriterade området",
            PLACE: "Aktiviteter i det geografiska området, men inte de som gäller hela kommunen",
        }.get(self.kind, "")

    def rows(self, day: date | None) -> Q:
        """Filters activities planned as of the day; None is now. A party has those that it leads or contributes to."""
        if self.is_everywhere:
            return Q(focus_areas=None)
        contributions = as_planned(Contribution.objects.standing(), day)
        contributes = contributions.filter(activity=OuterRef("pk"), party__slug=self.slug)
        return {
            PARTY: Q(lead__slug=self.slug) | Q(Exists(contributes)),
            AREA: Q(priority_area__slug=self.slug),
            PLACE: Q(focus_areas__place__slug=self.slug),
        }.get(self.kind, Q())


WHOLE = Scope()


def address_of(day: date, scope: Scope) -> str:
    """The query string of a report: `per=2024-08-31&part=polisen`."""
    return urlencode({"per": day.isoformat()} | ({scope.kind: scope.slug} if scope.kind else {}))


def fetch_parts(agreement: Agreement) -> None:
    """Prefetches the agreement's parties, areas and places where they are missing. At most three queries."""
    memberships = AgreementParty.objects.select_related("party__kind").order_by("-party__leads", "pk")
    places = FocusArea.objects.select_related("place")
    prefetch_related_objects(
        [agreement], Prefetch("memberships", memberships), "priority_areas", Prefetch("focus_areas", places)
    )


def scopes(agreement: Agreement) -> dict[str, list[Scope]]:
    """The choices of the form, by kind."""
    fetch_parts(agreement)
    parties = [one.party for one in agreement.memberships.all()]
    places = [one.place for one in agreement.focus_areas.all()]
    return {
        PARTY: [Scope(PARTY, one.slug, one.name, one.short_name) for one in parties],
        AREA: [Scope(AREA, one.slug, one.name, one.short_name) for one in agreement.priority_areas.all()],
        PLACE: [
            *(Scope(PLACE, one.slug, one.name, one.name) for one in places),
            Scope(PLACE, EVERYWHERE, "Hela kommunen", "Hela kommunen"),
        ],
    }
