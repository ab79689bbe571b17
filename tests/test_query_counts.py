"""A page makes the same queries with 1, 3 and 300 activities: at most twelve, without those for session and user.

One page needs one more, see `MORE`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from django.test import Client

from activities.models import Activity, Contribution, FollowUp, Milestone
from activities.states import Assessment, Status
from tests.benchmarks.history import give_history
from tests.factories import (
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
    SourceUseFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.queries import MOST, queries_by_size
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

PAGES = {
    "overview": "/2023-2024/oversikt/?per=2024-09-01",
    "the list": "/2023-2024/aktiviteter/",
    "the list, filtered": "/2023-2024/aktiviteter/?sok=stråk&omrade=omrade-1&status=enligt-plan&sortera=namn&per=2024-09-01",
    "the list, searched": "/2023-2024/aktiviteter/?sok=klart+något+deltar+område",
    "the list, of an earlier day": "/2023-2024/aktiviteter/?per=2024-09-01",
    "the list of what deviates": "/2023-2024/aktiviteter/?status=risk",
    "the list as Excel": "/2023-2024/aktiviteter/export.xlsx?sok=stråk&omrade=omrade-1&status=enligt-plan&per=2024-09-01",
    "one activity": "/2023-2024/aktiviteter/1/",
    "follow up": "/2023-2024/aktiviteter/1/folj-upp/",
    "what has changed": "/2023-2024/aktiviteter/1/historik/",
    "a new activity as a copy": "/2023-2024/aktiviteter/ny/?kopiera=1",
    "a changed plan": "/2023-2024/aktiviteter/1/redigera/",
    "the milestones": "/2023-2024/aktiviteter/1/delmal/",
    "a part": "/2023-2024/aktiviteter/1/medverkan/polisen/",
    "my work": "/mitt-arbete/",
    "the agreement": "/2023-2024/overenskommelse/",
    "the declaration": "/2023-2024/avsiktsforklaring/",
    "the parties": "/2023-2024/parter/",
    "one party": "/2023-2024/parter/polisen/",
    "the needs": "/2023-2024/behov/",
    "the gaps": "/2023-2024/behov/?visa=luckor&per=2024-09-01&omrade=omrade-1",
    "one need": "/2023-2024/behov/1/",
    "one place": "/2023-2024/platser/plats-1/",
    "one place, earlier": "/2023-2024/platser/plats-1/?per=2024-09-01",
    "the lägesbilder": "/lagesbilder/",
    "one lägesbild": "/lagesbilder/2021/",
    "the choice of a report": "/2023-2024/rapporter/",
    "a report": "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30",
    "a report of a part": "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30&part=polisen",
    "a report of an earlier day": "/2023-2024/rapporter/forhandsvisning/?per=2024-09-01",
    "the rounds": "/2023-2024/omgangar/",
    "a new round": "/2023-2024/omgangar/ny/",
    "the open round": "/2023-2024/omgangar/2024-08-31/?part=huddinge-kommun",
    "a closed round": "/2023-2024/omgangar/2024-03-31/",
    "a changed round": "/2023-2024/omgangar/2024-08-31/redigera/",
    "closing a round": "/2023-2024/omgangar/2024-08-31/stang/",
    "removing a round": "/2023-2024/omgangar/2024-12-31/ta-bort/",
    "a round's mail": "/2023-2024/omgangar/2024-08-31/utskick/?mejl=sammanfattning",
    "a planned round's mail": "/2023-2024/omgangar/2024-12-31/utskick/",
    "the log of a round's mail": "/2023-2024/omgangar/2024-08-31/utskick/logg/",
    "reminding a party": "/2023-2024/omgangar/2024-08-31/paminn/polisen/",
    "invite": "/2023-2024/parter/polisen/bjud-in/",
    "account": "/konto/",
    "own calendar": "/konto/kalender/",
    "the year": "/2023-2024/arshjul/",
    "contact": "/kontakt/",
}

# What costs more, with the reason.
MORE = {
    "a report of an earlier day": 1,  # which plans were changed after the day
}


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker) -> dict[str, dict[int, list[str]]]:
    """The queries of each address for the coordinator, by the number of activities."""
    with kept_for_the_module(django_db_blocker):
        samordnare, client = UserFactory(coordinator=True, email="samordnare@example.com"), Client()
        client.force_login(samordnare)
        return queries_by_size(client, PAGES.values(), filling(samordnare), (1, 3, 300))


def filling(samordnare) -> Callable[[int], None]:
    """Makes `count` activities in all, each with places, a need, a contributor, a milestone and six follow-ups."""
    kommunen, huge, polisen = parties = [
        PartyFactory(**{name: True}) for name in ("kommunen", "huge", "polisen")
    ]
    agreement = AgreementFactory(parties=parties)
    areas = [PriorityAreaFactory(slug=f"omrade-{n}", order=n, name=f"Område {n}") for n in (1, 2)]
    places = [
        FocusAreaFactory(place=PlaceFactory(slug=f"plats-{n}", name=f"Plats {n}"), order=n) for n in (1, 2)
    ]
    need = NeedFactory(priority_area=areas[0])
    need.places.set(focus.place for focus in places)
    need.sources.add(SourceUseFactory().source)
    round = RoundFactory()
    RoundFactory(planned=True)
    days = {"as_of": date(2024, 3, 31), "opens_on": date(2024, 4, 1), "due_on": date(2024, 4, 12)}
    RoundFactory(label="Delår per 31 mars 2024", closed_on=date(2024, 4, 26), **days)

    def fill(count: int) -> None:
        numbers = range(Activity.objects.count() + 1, count + 1)
        leads = zip(numbers, cycle([kommunen, huge, polisen]), strict=False)
        made = Activity.objects.bulk_create(plain(agreement, areas[n % 2], lead, n) for n, lead in leads)
        furnish(made, places, need, polisen)
        give_history(made)
        FollowUp.objects.bulk_create(
            follow_up(activity, samordnare, round, n) for activity in made for n in range(6)
        )

    return fill


def plain(agreement, area, lead, number: int) -> Activity:
    dates = {"starts_on": date(2023, 1, 1), "ends_on": date(2024, 6, 30)}
    name = {"number": number, "title": f"Ljus längs stråk {number}", "preparation": "agreed"}
    yes = {"lead_yes_on": date(2023, 1, 1), "coordinator_yes_on": date(2023, 1, 1)}
    return Activity(agreement=agreement, priority_area=area, lead=lead, **name, **dates, **yes)


def furnish(made, places, need, contributor) -> None:
    placed, needed = Activity.focus_areas.through, Activity.needs.through
    placed.objects.bulk_create(
        placed(activity=activity, focusarea=place) for activity in made for place in places
    )
    needed.objects.bulk_create(needed(activity=activity, need=need) for activity in made)
    Contribution.objects.bulk_create(
        Contribution(activity=each, party=contributor, what="Deltar") for each in made
    )
    Milestone.objects.bulk_create(
        Milestone(activity=each, title="Klart", due_on=date(2024, 5, 1)) for each in made
    )


def follow_up(activity, author, round, n: int) -> FollowUp:
    day = date(2024, 3, 1) + timedelta(days=30 * n)
    return FollowUp(
        activity=activity,
        party=activity.lead,
        author=author,
        round=round if n == 5 else None,
        refers_on=day,
        saved_at=at_ten(day),
        status=Status.ONGOING,
        assessment=Assessment.AT_RISK if n % 2 else Assessment.ON_TRACK,
        what_happened="Något",
        submission_key=uuid4(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_whatever_it_shows(page, costs):
    found = costs[PAGES[page]]

    assert len(found[1]) == len(found[3]) == len(found[300]), "\n".join(found[300])
    assert len(found[300]) <= MOST + MORE.get(page, 0), "\n".join(found[300])
