"""An agreement to measure on: six parties, four areas and places, and activities with six follow-ups each, made in bulk."""

from datetime import date, timedelta
from itertools import count
from uuid import UUID

from django.db import connection, transaction
from django.test import Client

from activities.models import Activity, Contribution, FollowUp, Milestone
from activities.states import Assessment, Attainment, DecisionLevel, Status
from tests.benchmarks.history import give_history
from tests.factories import (
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.activities import at_ten

BATCH = 1000
FIRST_DAY, YES = date(2023, 1, 1), date(2022, 12, 1)
# The days that the six follow-ups of each activity speak of; the last one is in the round that is open.
DAYS = [date(2023, 3, 31), date(2023, 8, 31), date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30)]
LAST_DAY = date(2024, 8, 31)
TEXT = (
    "Parterna har gått igenom platsen tillsammans och kommit överens om vem som gör vad till nästa möte. " * 2
)
ANSWERS = (
    {"status": Status.ONGOING, "assessment": Assessment.ON_TRACK},
    {"status": Status.ONGOING, "assessment": Assessment.AT_RISK},
    {
        "status": Status.ONGOING,
        "assessment": Assessment.OFF_TRACK,
        "needed": "Ett beslut om vem som betalar.",
        "decision_by": DecisionLevel.STEERING_GROUP,
    },
    {"status": Status.ONGOING, "assessment": Assessment.ON_TRACK},
    {"status": Status.DONE, "attainment": Attainment.PARTLY},
    {"status": Status.CANCELLED},
    {"status": Status.NOT_STARTED},
)


class World:
    """`grow(300)` adds activities up to 300. `coordinator` and `representative` are signed-in clients."""

    def __init__(self) -> None:
        self.agreement = AgreementFactory()
        self.parties = [
            PartyFactory(kommunen=True),
            PartyFactory(huge=True),
            PartyFactory(polisen=True),
            *PartyFactory.create_batch(3),
        ]
        AgreementFactory(parties=self.parties)
        self.units = [UnitFactory(name=f"Förvaltning {n}") for n in range(3)]
        self.areas = [
            PriorityAreaFactory(slug=f"omrade-{n}", name=f"Prioriterat område {n}") for n in range(4)
        ]
        self.places = [
            FocusAreaFactory(place=PlaceFactory(slug=f"plats-{n}", name=f"Plats {n}")) for n in range(4)
        ]
        self.needs = [
            NeedFactory(priority_area=self.areas[n % 4], problem=f"Behov {n}: {TEXT}") for n in range(12)
        ]
        for n, need in enumerate(self.needs):
            need.places.set([self.places[n % 4].place, self.places[(n + 1) % 4].place])
        self.rounds = [_closed_round(day) for day in DAYS]
        self.rounds.append(RoundFactory(as_of=LAST_DAY))
        people = [UserFactory(representative=True, party=party) for party in self.parties]
        self.people = dict(zip((party.pk for party in self.parties), people, strict=True))
        self.size = 0
        self._keys = count(1)
        self.coordinator = _signed_in(UserFactory(coordinator=True))
        self.representative = _signed_in(self.people[self.parties[1].pk])

    def grow(self, size: int) -> None:
        """Adds activities with all their parts, up to `size` in all."""
        if size <= self.size:
            return
        with transaction.atomic():
            plans = [self._plan(number) for number in range(self.size + 1, size + 1)]
            made = Activity.objects.bulk_create(plans, batch_size=BATCH)
            self._furnish(made)
            give_history(made)
            follow_ups = [self._follow_up(activity, n) for activity in made for n in range(6)]
            FollowUp.objects.bulk_create(follow_ups, batch_size=BATCH)
        self.size = size
        # As its own housekeeping does after a while; of rows that will be rolled back the plans must never hear.
        if connection.vendor == "postgresql" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    def _plan(self, number: int) -> Activity:
        lead = self.parties[number % 6]
        return Activity(
            agreement=self.agreement,
            number=number,
            title=f"Trygghetsvandring och ljus längs stråk {number}",
            purpose=TEXT,
            goal=TEXT,
            measure="Deltagare som känner sig trygga",
            measure_unit="procent",
            baseline=40,
            target=70,
            priority_area=self.areas[number % 4],
            lead=lead,
            unit=self.units[number % 3] if lead.leads else None,
            owner_title="Områdeschef",
            starts_on=FIRST_DAY if number % 7 else date(2024, 9, 1),
            ends_on=date(2024, 12, 31) if number % 5 else date(2024, 9, 15),
            is_internal=number % 20 == 0,
            preparation=Activity.Preparation.AGREED,
            lead_yes_on=YES,
            coordinator_yes_on=YES,
        )

    def _furnish(self, made: list[Activity]) -> None:
        """Adds places, needs, a reporter, two contributors and three milestones to each."""
        placed, needed = Activity.focus_areas.through, Activity.needs.through
        reported = Activity.reporters.through
        parts: dict[type, list] = {placed: [], needed: [], reported: [], Contribution: [], Milestone: []}
        for each in made:
            n = each.number
            chosen = {self.places[n % 4], self.places[(n // 4) % 4]} if n % 9 else set()
            parts[placed] += [placed(activity=each, focusarea=place) for place in chosen]
            needs = {self.needs[n % 12], self.needs[(n + 5) % 12]}
            parts[needed] += [needed(activity=each, need=need) for need in needs]
            parts[reported].append(reported(activity=each, user=self.people[each.lead_id]))
            others = [self.parties[(n + step) % 6] for step in (1, 2)]
            parts[Contribution] += [Contribution(activity=each, party=party, what=TEXT) for party in others]
            dues = [date(2024, month, 15) for month in (3, 6, 11)]
            parts[Milestone] += [
                Milestone(activity=each, title=f"Klart den {due}", due_on=due) for due in dues
            ]
        for model, rows in parts.items():
            model.objects.bulk_create(rows, batch_size=BATCH)

    def _follow_up(self, activity: Activity, n: int) -> FollowUp:
        """The n-th follow-up. Every tenth activity has none in the open round."""
        is_last = n == 5
        is_silent = is_last and activity.number % 10 == 0
        day = date(2024, 7, 15) if is_silent else (*DAYS, LAST_DAY)[n]
        answer = ANSWERS[activity.number % len(ANSWERS)] if is_last else ANSWERS[n % 2]
        return FollowUp(
            activity=activity,
            party=activity.lead,
            author=self.people[activity.lead_id],
            author_title="Områdesutvecklare",
            round=None if is_silent else self.rounds[n],
            refers_on=day,
            saved_at=at_ten(day),
            what_happened=TEXT,
            actual=40 + n,
            submission_key=UUID(int=next(self._keys)),
            **answer,
        )


def _closed_round(day: date):
    due, closed = day + timedelta(days=14), day + timedelta(days=20)
    return RoundFactory(as_of=day, label=f"Per {day}", opens_on=day, due_on=due, closed_on=closed)


def _signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client
