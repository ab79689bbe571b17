"""The actions that add parties, accounts, matters and declarations."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from parties.accounts.actions import add_user
from parties.declarations.actions import register_declaration, register_matter
from parties.directory.actions import add_party, add_unit
from parties.models import Declaration, Matter, Party, Unit, User
from parties.roles import Role
from tests.factories import PASSWORD, PartyFactory, PartyKindFactory, UnitFactory

pytestmark = pytest.mark.django_db

PARTY = {
    "slug": "kriminalvarden",
    "name": "Kriminalvården",
    "short_name": "Kriminalvården",
}


def new_party() -> dict[str, Any]:
    return PARTY | {"kind": PartyKindFactory()}


ACCOUNT = {"email": "Ny@Example.com", "display_name": "Frivårdsinspektör", "role": Role.REPRESENTATIVE}
MATTER = {"case_number": "KS-2024/1", "title": "Ny avsiktsförklaring", "committee": "Kommunstyrelsen"}
DECLARATION = {
    "title": "Avsiktsförklaring 2027–2030",
    "valid_from": date(2027, 1, 1),
    "valid_to": date(2030, 12, 31),
}


# --- Parties and accounts ----------------------------------------------------------------------------------
def test_the_administrator_adds_a_party_with_its_units(admin):
    party = add_party(by=admin, units=["Frivården", "Häktet"], **new_party())
    assert (party.name, list(party.units.values_list("name", flat=True))) == (
        "Kriminalvården",
        ["Frivården", "Häktet"],
    )


def test_a_party_with_a_bad_unit_is_not_added_by_halves(admin):
    with pytest.raises(ValidationError):
        add_party(by=admin, units=["Frivården", ""], **new_party())
    assert (Party.objects.filter(slug="kriminalvarden").exists(), Unit.objects.exists()) == (False, False)


def test_the_same_unit_twice_is_refused(admin):
    unit = UnitFactory(name="Kansliet")
    with pytest.raises(ValidationError):
        add_unit(by=admin, party=unit.party, name="KANSLIET")
    assert Unit.objects.get() == unit


def test_the_administrator_adds_an_account(admin, huge):
    user = add_user(by=admin, party=huge, password=PASSWORD, **ACCOUNT)
    assert (user.email, user.party, user.role) == ("ny@example.com", huge, Role.REPRESENTATIVE)
    assert user.check_password(PASSWORD)


def test_without_a_password_nobody_signs_in_until_one_is_set(admin):
    assert add_user(by=admin, **ACCOUNT).has_usable_password() is False


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "inte en adress"}, "email"),
        ({"display_name": ""}, "display_name"),
        ({"role": "chef"}, "role"),
    ],
)
def test_an_account_that_does_not_hold_is_refused(fields, field, admin):
    with pytest.raises(ValidationError) as refused:
        add_user(by=admin, **ACCOUNT | fields)
    assert field in refused.value.message_dict
    assert User.objects.get() == admin


# --- Matters and declarations ------------------------------------------------------------------------------
def test_a_matter_is_registered_as_it_stands(samordnare):
    points = [
        {"number": 1, "text": "Godkänns."},
        {"number": 2, "text": "Ges i uppdrag.", "assignee": "Kommundirektören"},
    ]
    matter = register_matter(by=samordnare, points=points, **MATTER)
    assert list(matter.points.values_list("number", "text", "assignee")) == [
        (1, "Godkänns.", ""),
        (2, "Ges i uppdrag.", "Kommundirektören"),
    ]
    assert (matter.memo_on, matter.decided_on, matter.outcome) == (None, None, "")


def test_a_matter_with_two_points_of_one_number_is_not_registered_by_halves(samordnare):
    with pytest.raises(ValidationError):
        register_matter(
            by=samordnare, points=[{"number": 1, "text": "Ett."}, {"number": 1, "text": "Två."}], **MATTER
        )
    assert not Matter.objects.exists()


def test_a_declaration_is_registered_with_those_who_sign_it(samordnare, huge, polisen):
    declaration = register_declaration(
        by=samordnare,
        signatories=[{"party": huge}, {"party": polisen, "reason": "Parten är viktig."}],
        attachments=[{"number": 1, "title": "Avsiktsförklaring"}],
        **DECLARATION,
    )
    assert list(declaration.signatories.values_list("party", "reason")) == [
        (huge.pk, ""),
        (polisen.pk, "Parten är viktig."),
    ]
    assert [str(attachment) for attachment in declaration.attachments.all()] == [
        "Bilaga 1. Avsiktsförklaring"
    ]


def test_a_declaration_that_ends_before_it_begins_is_refused(samordnare):
    with pytest.raises(ValidationError):
        register_declaration(by=samordnare, **DECLARATION | {"valid_to": date(2026, 1, 1)})
    assert not Declaration.objects.exists()


# --- Who may -----------------------------------------------------------------------------------------------
ADMINISTRATORS = {
    "add_party": lambda by: add_party(by=by, **new_party()),
    "add_unit": lambda by: add_unit(by=by, party=PartyFactory(), name="Frivården"),
    "add_user": lambda by: add_user(by=by, **ACCOUNT),
}
COORDINATORS = {
    "register_matter": lambda by: register_matter(by=by, **MATTER),
    "register_declaration": lambda by: register_declaration(by=by, **DECLARATION),
}


@pytest.mark.parametrize("who", ["samordnare", "handlaggare", "huge_rep", "lasare"])
@pytest.mark.parametrize("action", ADMINISTRATORS.values(), ids=ADMINISTRATORS)
def test_others_than_the_administrator_are_refused(who, action, request):
    with pytest.raises(PermissionDenied):
        action(request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["admin", "handlaggare", "huge_rep", "lasare"])
@pytest.mark.parametrize("action", COORDINATORS.values(), ids=COORDINATORS)
def test_others_than_the_coordinator_are_refused(who, action, request):
    with pytest.raises(PermissionDenied):
        action(request.getfixturevalue(who))


@pytest.mark.parametrize(
    "action", (ADMINISTRATORS | COORDINATORS).values(), ids=ADMINISTRATORS | COORDINATORS
)
def test_a_set_up_command_may(action):
    assert action(None).pk
