"""*Parter*: what each party of an agreement leads and contributes to, and its representatives."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404

from activities.models import Activity, Contribution, FollowUp
from activities.periods import Rounds
from activities.querysets import ActivityQuerySet
from activities.states import Preparation, State
from parties.models import Party, User
from parties.policies import can_name_deputy
from parties.querysets import PartyQuerySet
from parties.roles import Role
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.db import in_swedish_order


@dataclass(frozen=True)
class PartyFigure:
    """A number of activities. `slug` filters the list to exactly those; `state` is empty for activities not agreed."""

    slug: str
    label: str
    count: int
    state: str = ""


@dataclass(frozen=True)
class Speaker:
    """A function that speaks for a party. `email` is empty when the viewer may not see the account.

    `account` is its key when the viewer may name a deputy for the person, else None.
    """

    function: str
    unit: str
    email: str
    account: int | None


@dataclass
class PartySummary:
    """A party as of today: activities led, by (preparation, state); number contributed to; day it last wrote; speakers."""

    party: Party
    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    contributed: int = 0
    last_on: date | None = None
    speakers: list[Speaker] = field(default_factory=list)

    @property
    def led(self) -> int:
        return self.states.total()

    @property
    def figures(self) -> list[PartyFigure]:
        """Agreed activities by state, worst first, then by preparation. Zeros are left out."""
        agreed = [
            PartyFigure(state.slug, state.label, self.states[Preparation.AGREED, state], state.value)
            for state in State
        ]
        before = [
            PartyFigure(each.slug, each.label, self._count_before(each))
            for each in Preparation.before_agreed()
        ]
        return [figure for figure in (*agreed, *before) if figure.count]

    def _count_before(self, stage: Preparation) -> int:
        return sum(count for (preparation, _), count in self.states.items() if preparation == stage)


@dataclass(frozen=True)
class PartyPage:
    """One party with its activities. A constant number of queries."""

    row: PartySummary
    leads: Sequence[Activity]
    contributes: Sequence[Activity]

    @classmethod
    def of(cls, agreement: Agreement, slug: str, *, viewer: User, today: date) -> "PartyPage":
        """Only activities that the viewer sees. Raises Http404 for a party that is not in the agreement."""
        party = get_object_or_404(_parties(agreement, viewer).prefetch_related("units"), slug=slug)
        visible = Activity.objects.visible_to(viewer).in_agreement(agreement)
        mine = Contribution.objects.standing().filter(party=party)
        found = list(
            visible.filter(Q(lead=party) | Exists(mine.filter(activity=OuterRef("pk"))))
            .as_of(today)
            .with_flags(today=today, round=Rounds.of(agreement).asking_about(today, today=today))
            .for_list()
            .prefetch_related(Prefetch("contributions", mine, to_attr="partys_own"))
            .order_by("number")
        )
        leads = [activity for activity in found if activity.lead_id == party.pk]
        contributes = [activity for activity in found if activity.lead_id != party.pk]
        row = PartySummary(party, Counter((each.preparation, each.state) for each in leads), len(contributes))
        row.last_on = _last_days(visible, [party.pk], today=today).get(party.pk)
        row.speakers = _speakers([party.pk], viewer)[party.pk]
        return cls(row, leads, contributes)


def gather(agreement: Agreement, *, viewer: User, today: date) -> list[PartySummary]:
    """A summary for each party of the agreement, over the activities that the viewer sees. A constant number of queries."""
    found = {party.pk: PartySummary(party) for party in _parties(agreement, viewer).by_name()}
    visible = Activity.objects.visible_to(viewer).in_agreement(agreement)
    states = visible.as_of(today).values_list("lead", "preparation", "state")  # type: ignore[misc] # annotated by as_of
    for lead, preparation, state in states:
        if lead in found:
            found[lead].states[preparation, state] += 1
    for party in Contribution.objects.standing().filter(activity__in=visible).values_list("party", flat=True):
        if party in found:
            found[party].contributed += 1
    for party, last_on in _last_days(visible, found, today=today).items():
        found[party].last_on = last_on
    for party, speakers in _speakers(found, viewer).items():
        found[party].speakers = speakers
    return list(found.values())


def _parties(agreement: Agreement, viewer: User) -> PartyQuerySet:
    """The agreement's parties, including those that have left it."""
    return Party.objects.visible_to(viewer).filter(memberships__agreement=agreement).select_related("kind")


def _last_days(activities: ActivityQuerySet, parties: Iterable[int], *, today: date) -> dict[int, date]:
    """The day on which each party last wrote a follow-up that counts. Parties without one are left out."""
    follow_ups = FollowUp.objects.counting().filter(
        activity__in=activities, party__in=list(parties), refers_on__lte=today
    )
    newest = follow_ups.order_by().values_list("party").annotate(Max("saved_at"))
    return {party: clock.local(saved_at).date() for party, saved_at in newest}


def _speakers(parties: Iterable[int], viewer: User) -> defaultdict[int, list[Speaker]]:
    """The functions that speak for each party, shown to everybody who sees the party; addresses only by `visible_to`."""
    seen = User.objects.visible_to(viewer).filter(pk=OuterRef("pk"))
    people = User.objects.filter(party__in=list(parties), role__in=Role.speakers(), is_active=True)
    rows = people.annotate(is_seen=Exists(seen)).select_related("unit")
    found: defaultdict[int, list[Speaker]] = defaultdict(list)
    for person in rows.order_by("role", in_swedish_order("title"), "pk"):
        function = person.title or person.get_role().label
        unit = person.unit.name if person.unit else ""
        if person.party_id:
            email = person.email if person.is_seen else ""
            account = person.pk if can_name_deputy(viewer, person) else None
            found[person.party_id].append(Speaker(function, unit, email, account))
    return found
