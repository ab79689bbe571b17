"""Accounts: the address in any case as the login, who sees whom, and whom to ask."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from parties.models import User
from parties.roles import Role
from tests.factories import PASSWORD, UserFactory
from tests.support.tables import rows

pytestmark = pytest.mark.django_db

SEEN = rows("""
    role            themselves  the_coordinator  a_colleague  a_coordinator_who_left
    reader          yes         yes              –            –
    representative  yes         yes              –            –
    official        yes         yes              –            –
    coordinator     yes         yes              yes          yes
    administrator   yes         yes              yes          yes
""")
WHOM = ["themselves", "the_coordinator", "a_colleague", "a_coordinator_who_left"]


def test_the_table_names_every_role():
    assert [row["role"] for row in SEEN] == Role.values


@pytest.mark.parametrize("row", SEEN, ids=lambda row: row["role"])
def test_each_role_sees_the_accounts_that_the_table_says(row, samordnare, huge, huge_rep):
    user = UserFactory(role=row["role"], party=huge)
    left = UserFactory(coordinator=True, is_active=False)
    people = dict(zip(WHOM, [user, samordnare, huge_rep, left], strict=True))
    seen = set(User.objects.visible_to(user))
    assert [whom for whom in WHOM if people[whom] in seen] == [whom for whom in WHOM if row[whom] == "yes"]


@pytest.mark.parametrize("role", Role.values)
def test_whoever_has_left_sees_nobody(role, samordnare):
    assert list(User.objects.visible_to(UserFactory(role=role, is_active=False))) == []


def test_whoever_has_not_signed_in_sees_nobody(samordnare):
    assert list(User.objects.visible_to(AnonymousUser())) == []


def test_the_active_coordinators_are_asked_and_the_longest_serving_first(samordnare, handlaggare, admin):
    older = UserFactory(coordinator=True)
    User.objects.filter(pk=older.pk).update(joined_at=samordnare.joined_at - timedelta(days=1))
    UserFactory(coordinator=True, is_active=False)
    assert list(User.objects.contacts()) == [older, samordnare]


@pytest.mark.parametrize("address", ["huge@example.com", "Huge@Example.com", "HUGE@EXAMPLE.COM"])
def test_an_account_is_found_by_its_address_in_any_case(address, huge_rep):
    assert User.objects.get_by_natural_key(address) == huge_rep


def test_an_unknown_address_is_nobodys(huge_rep):
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("hug@example.com")


def test_an_address_is_kept_in_lower_case():
    user = UserFactory.build(email="Ny.Person@Example.COM")
    user.full_clean()
    assert user.email == "ny.person@example.com"


def test_two_accounts_cannot_share_an_address_in_different_case(huge_rep):
    with pytest.raises(ValidationError):
        UserFactory.build(email="Huge@example.com").full_clean()


def test_the_first_administrator_comes_from_the_command_line():
    User.objects.create_superuser("Admin@Example.com", PASSWORD, display_name="Systemförvaltare")
    user = User.objects.get()
    assert (user.email, user.role, user.party) == ("admin@example.com", Role.ADMINISTRATOR, None)
    assert user.check_password(PASSWORD)


def test_an_account_is_called_by_its_name(huge_rep):
    assert str(huge_rep) == "Områdesutvecklare"


@pytest.mark.parametrize(
    ("email", "is_demo"),
    [("huge@example.com", True), ("huge@example.com.se", False), ("huge@huge.se", False)],
)
def test_a_demo_account_is_known_by_its_reserved_address(email, is_demo):
    assert UserFactory.build(email=email).is_demo_account is is_demo
