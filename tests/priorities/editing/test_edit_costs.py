"""A page for writing makes the same queries with 1, 3 and 300 rows, and at most twelve."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from parties.models import Declaration, MatterPoint, Party, Signatory
from priorities.models import (
    AgreementParty,
    FocusArea,
    Need,
    Place,
    PriorityArea,
    SituationalPicture,
    Source,
    SourceUse,
)
from tests.factories import (
    AgreementAttachmentFactory,
    AgreementFactory,
    NeedFactory,
    PartyKindFactory,
    PictureAttachmentFactory,
    PriorityAreaFactory,
    UserFactory,
)
from tests.support.queries import MOST, queries_by_size
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

PAGES = {
    "the steps": "/2025-2026/redigera/",
    "title and period": "/2025-2026/redigera/grunder/",
    "the parties": "/2025-2026/redigera/parter/",
    "the areas": "/2025-2026/redigera/omraden/",
    "the places": "/2025-2026/redigera/platser/",
    "the matter": "/2025-2026/redigera/arende/",
    "adopting": "/2025-2026/faststall/",
    "the declaration's steps": "/2025-2026/avsiktsforklaring/redigera/",
    "the declaration": "/2025-2026/avsiktsforklaring/redigera/grunder/",
    "its parties": "/2025-2026/avsiktsforklaring/redigera/parter/",
    "its matter": "/2025-2026/avsiktsforklaring/redigera/arende/",
    "its points": "/2025-2026/avsiktsforklaring/redigera/punkter/",
    "the decision": "/2025-2026/overenskommelse/beslut/",
    "the signatures": "/2025-2026/underskrifter/",
    "one signature": "/2025-2026/underskrifter/?part=part-1",
    "an attachment": "/2025-2026/underskrifter/?bilaga=ny",
    "a new need": "/2025-2026/behov/ny/",
    "a need": "/2025-2026/behov/1/redigera/",
    "removing a need": "/2025-2026/behov/1/ta-bort/",
    "a new lägesbild": "/lagesbilder/ny/",
    "a lägesbild": "/lagesbilder/2024/redigera/",
    "adopting a lägesbild": "/lagesbilder/2024/faststall/",
}


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker) -> dict[str, dict[int, list[str]]]:
    """The queries of each address for the coordinator, by the number of rows."""
    with kept_for_the_module(django_db_blocker):
        client = Client()
        client.force_login(UserFactory(coordinator=True))
        return queries_by_size(client, PAGES.values(), filling(), (1, 3, 300))


def filling() -> Callable[[int], None]:
    """Makes `count` of everything that an agreement, a need and a lägesbild consist of."""
    agreement = AgreementFactory(next_period=True, draft=True)
    earlier = AgreementFactory()
    picture = SituationalPicture.objects.create(year=2024, title="Lägesbild 2024")

    def fill(count: int) -> None:
        numbers = range(agreement.priority_areas.count() + 1, count + 1)
        kind = PartyKindFactory()
        parties = Party.objects.bulk_create(
            Party(slug=f"part-{n}", name=f"Part {n}", short_name=f"Part {n}", kind=kind) for n in numbers
        )
        places = Place.objects.bulk_create(Place(slug=f"plats-{n}", name=f"Plats {n}") for n in numbers)
        sources = Source.objects.bulk_create(Source(name=f"Källa {n}", kind="survey") for n in numbers)
        fill_agreement(agreement, numbers, parties, places)
        fill_declaration(agreement.declaration, numbers, parties)
        fill_picture(picture, numbers, parties, places, sources)
        area = agreement.priority_areas.first()
        need = agreement.needs.first() or NeedFactory(agreement=agreement, priority_area=area)
        old = PriorityAreaFactory(agreement=earlier)
        Need.objects.bulk_create(
            Need(agreement=earlier, number=n, priority_area=old, problem="Ett problem.") for n in numbers
        )
        need.places.add(*places)
        need.sources.add(*sources)

    return fill


def fill_agreement(agreement, numbers, parties, places) -> None:
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, party=party) for party in parties)
    FocusArea.objects.bulk_create(
        FocusArea(agreement=agreement, place=place, order=n) for n, place in zip(numbers, places, strict=True)
    )
    PriorityArea.objects.bulk_create(
        PriorityArea(agreement=agreement, slug=f"omrade-{n}", name=f"Område {n}", order=n) for n in numbers
    )
    for n in numbers[:3]:
        AgreementAttachmentFactory(agreement=agreement, number=n)


def fill_declaration(declaration, numbers, parties) -> None:
    Signatory.objects.bulk_create(Signatory(declaration=declaration, party=party) for party in parties)
    MatterPoint.objects.bulk_create(
        MatterPoint(matter=declaration.matter, number=n, text="Godkänns.") for n in numbers
    )
    Declaration.objects.bulk_create(
        Declaration(title=f"{n}", valid_from=date(1990, 1, 1), valid_to=date(1991, 1, 1)) for n in numbers
    )


def fill_picture(picture, numbers, parties, places, sources) -> None:
    uses = SourceUse.objects.bulk_create(SourceUse(picture=picture, source=source) for source in sources)
    for use in uses[:3]:
        use.places.set(places)
    picture.participants.add(*parties)
    for n in numbers[:3]:
        PictureAttachmentFactory(picture=picture, number=n)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_whatever_it_shows(page, costs):
    found = costs[PAGES[page]]

    assert len(found[1]) == len(found[3]) == len(found[300]), "\n".join(found[300])
    assert len(found[300]) <= MOST, "\n".join(found[300])
