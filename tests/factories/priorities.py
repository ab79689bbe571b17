"""The agreement 2023-2024 with areas, places, needs and lägesbild."""

from datetime import date

import factory

from priorities.agreements.actions import next_number
from priorities.models import (
    Agreement,
    AgreementAttachment,
    AgreementParty,
    FocusArea,
    Need,
    Place,
    PriorityArea,
    SituationalPicture,
    SituationalPictureAttachment,
    Source,
    SourceUse,
)
from tests.factories.base import PlannedFactory, Row, RowFactory
from tests.factories.parties import DeclarationFactory, PartyFactory


def _parties(agreement, create, parties, **_):
    for party in parties or ():
        MembershipFactory(agreement=agreement, party=party)


def _areas(agreement, create, slugs, **_):
    for slug in slugs or ():
        PriorityAreaFactory(agreement=agreement, slug=slug)


def _places(agreement, create, slugs, **_):
    for slug in slugs or ():
        FocusAreaFactory(agreement=agreement, place__slug=slug)


class AgreementFactory(RowFactory):
    """An adopted agreement. `parties=[…]` joins them; `areas=["andts", …]` and `places=["varby", …]` add those by slug."""

    class Meta:
        model = Agreement
        django_get_or_create = ["slug"]
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=Agreement.Status.DRAFT)
        next_period = factory.Trait(
            slug="2025-2026",
            title="Samverkansöverenskommelse 2025–2026",
            starts_on=date(2025, 1, 1),
            ends_on=date(2026, 12, 31),
        )

    declaration = Row(DeclarationFactory)
    matter = factory.SelfAttribute("declaration.matter")
    slug = "2023-2024"
    title = "Samverkansöverenskommelse 2023–2024"
    starts_on = date(2023, 1, 1)
    ends_on = date(2024, 12, 31)
    purposes = "Parterna följer upp gemensamt."
    status = Agreement.Status.ADOPTED
    parties = factory.PostGeneration(_parties)
    areas = factory.PostGeneration(_areas)
    places = factory.PostGeneration(_places)


class MembershipFactory(RowFactory):
    class Meta:
        model = AgreementParty
        django_get_or_create = ["agreement", "party"]

    agreement = Row(AgreementFactory)
    party = Row(PartyFactory, huge=True)


class AgreementAttachmentFactory(RowFactory):
    class Meta:
        model = AgreementAttachment

    agreement = Row(AgreementFactory)
    number = 1
    title = "Samverkansöverenskommelse 2023–2024"


class PriorityAreaFactory(RowFactory):
    """Trygghet i offentlig miljö. Another slug gives another area, named after it."""

    class Meta:
        model = PriorityArea
        django_get_or_create = ["agreement", "slug"]

    class Params:
        names = {"andts": "ANDTS", "offentlig-miljo": "Trygghet i offentlig miljö"}

    agreement = Row(AgreementFactory)
    slug = "offentlig-miljo"
    name = factory.LazyAttribute(lambda area: area.names.get(area.slug, area.slug.capitalize()))
    short_name = factory.SelfAttribute("name")
    order = factory.Sequence(lambda n: n + 1)


class PlaceFactory(RowFactory):
    """Flemingsberg. Another slug gives another place, named after it."""

    class Meta:
        model = Place
        django_get_or_create = ["slug"]

    slug = "flemingsberg"
    name = factory.LazyAttribute(lambda place: place.slug.replace("-", " ").capitalize())


class FocusAreaFactory(RowFactory):
    class Meta:
        model = FocusArea
        django_get_or_create = ["agreement", "place"]

    agreement = Row(AgreementFactory)
    place = Row(PlaceFactory)
    order = factory.Sequence(lambda n: n + 1)


class SourceFactory(RowFactory):
    class Meta:
        model = Source
        django_get_or_create = ["name"]

    name = "NTU Lokal"
    kind = Source.Kind.SURVEY


class NeedFactory(PlannedFactory):
    """A need with the agreement's next number."""

    class Meta:
        model = Need

    agreement = Row(AgreementFactory)
    number = factory.LazyAttribute(lambda need: next_number(need.agreement, "next_need_number"))
    priority_area = Row(PriorityAreaFactory, agreement=factory.SelfAttribute("..agreement"))
    problem = "Många undviker stråket mellan stationen och torget på kvällen."


class PictureFactory(RowFactory):
    """A draft lägesbild; the trait `adopted` adopts it."""

    class Meta:
        model = SituationalPicture
        django_get_or_create = ["year"]

    class Params:
        adopted = factory.Trait(status=SituationalPicture.Status.ADOPTED)

    year = 2021
    title = "Lägesbild 2021"


class SourceUseFactory(RowFactory):
    class Meta:
        model = SourceUse

    picture = Row(PictureFactory)
    source = Row(SourceFactory)
    period = "2021"


class PictureAttachmentFactory(RowFactory):
    class Meta:
        model = SituationalPictureAttachment

    picture = Row(PictureFactory)
    number = 1
    title = "Lägesbild 2021"
