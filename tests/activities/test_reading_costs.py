"""The reading pages make as many queries with one party, need, source and attachment as with thirty of each."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    AgreementFactory,
    DeclarationAttachmentFactory,
    FocusAreaFactory,
    MatterPointFactory,
    MembershipFactory,
    NeedFactory,
    PartyFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SignatoryFactory,
    SourceFactory,
    SourceUseFactory,
    UserFactory,
)
from tests.support.queries import MOST, queries_by_size
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

PAGES = (
    "/2023-2024/overenskommelse/",
    "/2023-2024/avsiktsforklaring/",
    "/2023-2024/parter/",
    "/2023-2024/parter/part-nr-1/",
    "/2023-2024/behov/",
    "/2023-2024/behov/?visa=luckor",
    "/2023-2024/behov/1/",
    "/2023-2024/platser/plats-1/",
    "/lagesbilder/",
    "/lagesbilder/2021/",
)


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker) -> dict[str, dict[int, list[str]]]:
    """The number of queries of each address for the coordinator, by the number of rows."""
    with kept_for_the_module(django_db_blocker):
        client = Client()
        client.force_login(UserFactory(coordinator=True))
        return queries_by_size(client, PAGES, filling(), (1, 3, 30))


def filling() -> Callable[[int], None]:
    """Makes rows until there are `count` of everything."""
    parties = [PartyFactory(**{name: True}) for name in ("kommunen", "huge", "polisen")]
    agreement, made = AgreementFactory(parties=parties), iter(range(1, 31))

    def fill(count: int) -> None:
        while agreement.needs.count() < count:
            add(next(made), agreement)

    return fill


def add(n: int, agreement) -> None:
    """Makes one more of everything; the first need has every source and place."""
    party = PartyFactory(slug=f"part-nr-{n}", name=f"Part nr {n}")
    UserFactory(representative=True, party=party)
    MembershipFactory(agreement=agreement, party=party)
    SignatoryFactory(declaration=agreement.declaration, party=party)
    place = FocusAreaFactory(place=PlaceFactory(slug=f"plats-{n}"))
    use = SourceUseFactory(source=SourceFactory(name=f"Källa {n}"))
    use.places.add(place.place)
    need = NeedFactory(priority_area=PriorityAreaFactory(slug=f"omrade-{n}"))
    for each in {need, agreement.needs.get(number=1)}:
        each.places.add(place.place)
        each.sources.add(use.source)
        ActivityFactory(lead=party, needs=[each], focus_areas=[place] if n % 2 else [])
    AgreementAttachmentFactory(agreement=agreement, number=n)
    DeclarationAttachmentFactory(declaration=agreement.declaration, number=n)
    MatterPointFactory(matter=agreement.matter, number=n)
    PictureFactory(year=2021 + n)


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_however_much_there_is_to_read(address, costs):
    found = costs[address]

    assert len(found[1]) == len(found[3]) == len(found[30]), "\n".join(found[30])
    assert len(found[30]) <= MOST, "\n".join(found[30])
