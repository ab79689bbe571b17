"""The choices of the plan form: areas, places, needs, parties, units and people. Seven queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from activities.models import Activity, Contribution
from parties.models import Party, Unit, User
from parties.roles import Role
from priorities.models import Agreement, AgreementParty, FocusArea, Need, PriorityArea
from priorities.querysets import still_in
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class Choices:
    """Everything that the user may choose among. Make it with `of`.

    Rows that can be ticked have `is_chosen`: whether the plan has them. Parties have `is_in`: whether they are in the
    agreement today.
    """

    areas: list[PriorityArea]
    places: list[FocusArea]
    needs: list[Need]
    parties: list[Party]
    units: list[Unit]
    people: list[User]

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        user: User,
        *,
        today: date,
        plan: Activity | None,
        lead: int | None,
        keep: bool,
    ) -> "Choices":
        """`plan` is the activity that is edited or copied, None for a new one; `lead` is the responsible party's key if fixed.

        `keep` also offers the plan's own parties and people that have left since.
        """
        had = plan.pk if plan else 0
        members = _members(agreement, today)
        ours = Q(party=lead) if lead else Q(party__in=members.values("party"))
        parties = Party.objects.visible_to(user).annotate(
            is_in=Exists(members.filter(party=OuterRef("pk"))), is_chosen=_has(Contribution, "party", had)
        )
        offered = Q(is_in=True) | Q(is_chosen=True) if keep else Q(is_in=True)
        places = FocusArea.objects.filter(agreement=agreement).select_related("place").order_by("order")
        needs = Need.objects.visible_to(user).in_agreement(agreement)
        return cls(
            areas=list(PriorityArea.objects.filter(agreement=agreement).order_by("order")),
            places=list(places.annotate(is_chosen=_has(Activity.focus_areas.through, "focusarea", had))),
            needs=list(
                needs.annotate(is_chosen=_has(Activity.needs.through, "need", had))
                .select_related("priority_area")
                .prefetch_related("places")
                .order_by("number")
            ),
            parties=list(parties.filter(offered).by_name()),
            units=_units(ours, plan.unit_id if plan and keep else None),
            people=_people(ours, had, keep=keep),
        )

    @property
    def leads(self) -> list[Party]:
        """The parties that can be responsible: those in the agreement today."""
        return [party for party in self.parties if party.is_in]  # type: ignore[attr-defined] # annotated above

    @property
    def people_by_party(self) -> list[tuple[Party, list[User]]]:
        return [
            (party, list(people))
            for (_, party), people in groupby(self.people, key=lambda person: (person.party_id, person.party))
            if party
        ]

    @property
    def units_by_party(self) -> list[tuple[Party, list[Unit]]]:
        return [
            (party, list(units))
            for (_, party), units in groupby(self.units, key=lambda unit: (unit.party_id, unit.party))
        ]

    def places_of(self, need: Need) -> list[FocusArea]:
        """The agreement's places among those of the need."""
        where = {place.pk for place in need.places.all()}
        return [place for place in self.places if place.place_id in where]


def chosen(rows: Iterable[Any]) -> list[int]:
    """The keys of the rows that the plan has."""
    return [row.pk for row in rows if row.is_chosen]


def _has(pairs: Any, name: str, had: int) -> Exists:
    return Exists(pairs.objects.filter(**{"activity": had, name: OuterRef("pk")}))


def _members(agreement: Agreement, today: date) -> QuerySet[AgreementParty]:
    return AgreementParty.objects.filter(still_in(today), agreement=agreement)


def _units(members: Q, had: int | None) -> list[Unit]:
    rows = Unit.objects.filter(members | Q(pk=had)).select_related("party")
    return list(rows.order_by("party", in_swedish_order("name")))


def _people(members: Q, had: int, *, keep: bool) -> list[User]:
    """Active accounts that can report for their party: representatives and coordinators."""
    report = Q(members, is_active=True, role__in=Role.speakers())
    rows = User.objects.annotate(is_chosen=_has(Activity.reporters.through, "user", had))
    found = rows.filter(report | Q(is_chosen=True) if keep else report).select_related("party")
    return list(found.order_by("party", in_swedish_order("display_name"), "pk"))
