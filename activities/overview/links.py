"""The addresses behind the figures: exactly the rows counted, as of the same day."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from activities.models import Round
from activities.models.activity import address_of
from parties.models import Party
from priorities.models import Agreement
from priorities.which import as_of


@dataclass(frozen=True)
class OverviewLinks:
    """`day`: None for today. `agreed_only`: filter, since the user also sees activities that are not agreed.

    `to_rounds`: whether the user can read the rounds' pages, which always show today.
    """

    agreement: Agreement
    day: date | None
    agreed_only: bool
    to_rounds: bool = False

    def of_round(self, round: Round, day: date) -> "OverviewLinks":
        """The links behind the round's figures, which are as of its day and not of a later one looked at."""
        return replace(self, day=round.as_of) if round.as_of < day else self

    def activities(self, **filters: str) -> str:
        """The list with those filters: `omrade`, `plats`, `part`, `status`."""
        if self.agreed_only and "status" not in filters:
            filters["status"] = "beslutad"
        return self._as_of_the_day(reverse("activity_list", args=[self.agreement.slug]), filters)

    def gaps(self, **filters: str) -> str:
        """The needs and places that lack an activity, with those filters: `omrade`, `plats`."""
        needs = reverse("need_list", args=[self.agreement.slug])
        return self._as_of_the_day(needs, {"visa": "luckor", **filters})

    def place(self, slug: str) -> str:
        return self._as_of_the_day(reverse("place", args=[self.agreement.slug, slug]), {})

    def rounds(self) -> str:
        return reverse("round_list", args=[self.agreement.slug]) if self.to_rounds else ""

    def round(self, round: Round) -> str:
        return reverse("round", args=[self.agreement.slug, round.as_of]) if self.to_rounds else ""

    def close(self, round: Round) -> str:
        return reverse("close_round", args=[self.agreement.slug, round.as_of]) if self.to_rounds else ""

    def remind(self, round: Round, party: Party) -> str:
        """Where the coordinator reminds the party; empty for an earlier day."""
        if not self.to_rounds or self.day:
            return ""
        return reverse("remind_party", args=[self.agreement.slug, round.as_of, party.slug])

    def activity(self, number: int) -> str:
        return address_of(self.agreement.slug, number)

    def _as_of_the_day(self, address: str, filters: dict[str, str]) -> str:
        return as_of(f"{address}?{urlencode(filters)}" if filters else address, self.day)
