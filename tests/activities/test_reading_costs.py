"""The pages to be read cost the same whether an agreement has one party, need, source and attachment, or thirty of each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
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
from tests.queries import beyond_the_visit

PAGES = (
    "/2023-2024/overenskommelse/",
    "/2023-2024/avsiktsforklaring/",
    "/2023-2024/parter/",
    "/2023-2024/parter/part-nr-1/",
    "/2023-2024/behov/",
    "/2023-2024/behov/?visa=luckor",
    "/2023-2024/behov/1/",
    "/lagesbilder/",
    "/lagesbilder/2021/",
)


def add(n: int, agreement) -> None:
    """One more of everything; the first need has every source and place, and later needs come after it."""
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


@pytest.mark.parametrize("address", PAGES)
def test_a_page_costs_the_same_however_much_there_is_to_read(address, agreement, samordnare, client_for):
    client, costs, made = client_for(samordnare), {}, 0

    for count in (1, 3, 30):
        while made < count:
            made += 1
            add(made, agreement)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        costs[count] = len(beyond_the_visit(captured))

    assert costs[1] == costs[3] == costs[30] <= 12
