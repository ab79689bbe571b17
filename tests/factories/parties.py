"""Parties, accounts and declarations."""

from datetime import UTC, date, datetime

import factory
from factory.django import Password

from parties.models import (
    CalendarAddress,
    Declaration,
    DeclarationAttachment,
    Deputy,
    Matter,
    MatterPoint,
    Party,
    PartyKind,
    Signatory,
    Unit,
    User,
)
from parties.roles import Role
from tests.factories.base import Row, RowFactory

PASSWORD = "samverkan-test-2024"


class PartyKindFactory(RowFactory):
    class Meta:
        model = PartyKind
        django_get_or_create = ["name"]

    name = "Kommunalt bolag"


class PartyFactory(RowFactory):
    """A new party each time, or one of the cast: `PartyFactory(huge=True)`."""

    class Meta:
        model = Party
        django_get_or_create = ["slug"]

    class Params:
        kommunen = factory.Trait(
            slug="huddinge-kommun",
            name="Huddinge kommun",
            short_name="Huddinge kommun",
            kind=Row(PartyKindFactory, name="Kommun"),
            leads=True,
        )
        huge = factory.Trait(slug="huge", name="Huge Bostäder AB", short_name="Huge")
        polisen = factory.Trait(
            slug="polisen",
            name="Polismyndigheten, polisområde Stockholm syd",
            short_name="Polisen",
            kind=Row(PartyKindFactory, name="Statlig myndighet"),
        )

    slug = factory.Sequence("part-{}".format)
    name = factory.Sequence("Part {}".format)
    short_name = factory.SelfAttribute("name")
    kind = Row(PartyKindFactory)


class UnitFactory(RowFactory):
    class Meta:
        model = Unit
        django_get_or_create = ["party", "name"]

    party = Row(PartyFactory, kommunen=True)
    name = "Socialförvaltningen"


class UserFactory(RowFactory):
    """A reader without a party; `role=` or a trait makes another. The password is PASSWORD."""

    class Meta:
        model = User
        django_get_or_create = ["email"]

    class Params:
        representative = factory.Trait(role=Role.REPRESENTATIVE, party=Row(PartyFactory, huge=True))
        official = factory.Trait(role=Role.OFFICIAL, party=Row(PartyFactory, kommunen=True))
        coordinator = factory.Trait(role=Role.COORDINATOR, party=Row(PartyFactory, kommunen=True))
        administrator = factory.Trait(role=Role.ADMINISTRATOR, party=Row(PartyFactory, kommunen=True))

    email = factory.Sequence("konto-{}@example.com".format)
    display_name = "Områdesutvecklare"
    title = ""
    role = Role.READER
    party = None
    password = Password(PASSWORD)


class DeputyFactory(RowFactory):
    """A second representative of Huge is deputy for the first one in October."""

    class Meta:
        model = Deputy

    person = Row(UserFactory, representative=True, email="huge@example.com")
    deputy = Row(UserFactory, representative=True, email="huge-2@example.com", display_name="Fastighetschef")
    from_on = date(2024, 10, 1)
    to_on = date(2024, 10, 31)


class CalendarAddressFactory(RowFactory):
    class Meta:
        model = CalendarAddress
        django_get_or_create = ["user"]

    user = Row(UserFactory, representative=True, email="huge@example.com")
    made_at = datetime(2024, 9, 30, 10, tzinfo=UTC)


class MatterFactory(RowFactory):
    class Meta:
        model = Matter
        django_get_or_create = ["case_number"]

    case_number = "KS-2022/941.142"
    title = "Avsiktsförklaring för ökad trygghet, 2023–2026"
    memo_on = date(2022, 9, 4)
    committee = "Kommunstyrelsen"


class DeclarationFactory(RowFactory):
    class Meta:
        model = Declaration
        django_get_or_create = ["title"]

    title = "Avsiktsförklaring för ökad trygghet, 2023–2026"
    valid_from = date(2023, 1, 1)
    valid_to = date(2026, 12, 31)
    matter = Row(MatterFactory)


class MatterPointFactory(RowFactory):
    class Meta:
        model = MatterPoint

    matter = Row(MatterFactory)
    number = 1
    text = "Avsiktsförklaringen godkänns."


class SignatoryFactory(RowFactory):
    class Meta:
        model = Signatory

    declaration = Row(DeclarationFactory)
    party = Row(PartyFactory, huge=True)


class DeclarationAttachmentFactory(RowFactory):
    class Meta:
        model = DeclarationAttachment

    declaration = Row(DeclarationFactory)
    number = 1
    title = "Avsiktsförklaring 2023–2026"
