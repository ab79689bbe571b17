"""The plan form makes as many queries with 1 as with 3 and 300 needs, parties, units and accounts."""

import pytest

from parties.models import Party, Unit, User
from priorities.models import AgreementParty, FocusArea, Need, Place
from tests.factories import ActivityFactory, ContributionFactory, MilestoneFactory, PriorityAreaFactory
from tests.support.queries import MOST, queries_by_size

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NEW = "/2023-2024/aktiviteter/ny/"
PAGES = {
    "a new one": NEW,
    "at a need": f"{NEW}?behov=1",
    "a copy": f"{NEW}?kopiera=1",
    "a replacement": f"{NEW}?ersatter=1",
    "a draft": "/2023-2024/aktiviteter/2/redigera/",
    "an agreed one": "/2023-2024/aktiviteter/1/redigera/",
    "removing a draft": "/2023-2024/aktiviteter/2/ta-bort/",
}
FOR_A_PARTY = {"a new one", "at a need", "a copy", "a draft", "removing a draft"}


@pytest.fixture
def fill(agreement, huge, samordnare, huge_rep):
    """Makes `count` of everything that can be chosen, all of it chosen by both activities."""
    area = PriorityAreaFactory()
    activities = [ActivityFactory(on_track=True), ActivityFactory(draft=True)]

    def fill(count: int) -> None:
        numbers = range(Need.objects.count() + 1, count + 1)
        focus_areas, needs = where_and_why(agreement, area, numbers)
        parties = organisations(agreement, huge, numbers)
        users = User.objects.bulk_create(
            User(email=f"ny-{n}@example.com", display_name="Områdeschef", party=huge, role="representative")
            for n in numbers
        )
        for activity in activities:
            activity.needs.add(*needs)
            activity.focus_areas.add(*focus_areas)
            activity.reporters.add(*users)
            for party in parties[:5]:
                ContributionFactory(activity=activity, party=party)
            MilestoneFactory(activity=activity)

    return fill


def where_and_why(agreement, area, numbers) -> tuple[list[FocusArea], list[Need]]:
    """Makes places, and needs with two of them each."""
    places = Place.objects.bulk_create(Place(slug=f"plats-{n}", name=f"Plats {n}") for n in numbers)
    focus_areas = FocusArea.objects.bulk_create(
        FocusArea(agreement=agreement, place=place, order=n) for n, place in zip(numbers, places, strict=True)
    )
    needs = Need.objects.bulk_create(
        Need(agreement=agreement, number=n, priority_area=area, problem=f"Problem {n}") for n in numbers
    )
    found_at = Need.places.through
    found_at.objects.bulk_create(found_at(need=need, place=place) for need in needs for place in places[:2])
    return focus_areas, needs


def organisations(agreement, huge, numbers) -> list[Party]:
    """Makes parties to the agreement with a unit each; Huge gets as many units."""
    parties = Party.objects.bulk_create(
        Party(slug=f"ny-{n}", name=f"Ny part {n}", short_name=f"Ny {n}", kind=huge.kind) for n in numbers
    )
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, party=party) for party in parties)
    Unit.objects.bulk_create(Unit(party=party, name="Enhet") for party in parties)
    Unit.objects.bulk_create(Unit(party=huge, name=f"Enhet {n}") for n in numbers)
    return parties


@pytest.mark.parametrize("who", ["samordnare", "huge_rep"])
def test_a_page_costs_the_same_whatever_there_is_to_choose(who, fill, client_for, request):
    client = client_for(request.getfixturevalue(who))
    pages = {name: page for name, page in PAGES.items() if who == "samordnare" or name in FOR_A_PARTY}

    costs = queries_by_size(client, pages.values(), fill, (1, 3, 300))

    for name, page in pages.items():
        found = costs[page]
        assert len(found[1]) == len(found[3]) == len(found[300]), "\n".join([name, *found[300]])
        assert len(found[300]) <= MOST, "\n".join([name, *found[300]])
