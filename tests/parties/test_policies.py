"""What each role is, and who may keep parties, accounts, declarations and agreements."""

import pytest
from django.contrib.auth.models import AnonymousUser

from parties import policies
from parties.models import Party
from parties.querysets import is_shut_out
from parties.roles import Role
from priorities.policies import can_keep_agreements, can_keep_lists
from tests.factories import PartyFactory, UserFactory
from tests.support.tables import rows

pytestmark = pytest.mark.django_db

MAY = rows("""
    role            can_keep_parties  can_keep_accounts  can_invite  can_keep_lists  can_keep_declarations  can_keep_agreements
    reader          –                 –                  –           –               –                      –
    representative  –                 –                  –           –               –                      –
    official        –                 –                  –           –               –                      –
    coordinator     –                 –                  yes         yes             yes                    yes
    administrator   yes               yes                yes         yes             –                      –
""")
QUESTIONS = {
    "can_keep_parties": policies.can_keep_parties,
    "can_keep_accounts": policies.can_keep_accounts,
    "can_invite": policies.can_invite,
    "can_keep_lists": can_keep_lists,
    "can_keep_declarations": policies.can_keep_declarations,
    "can_keep_agreements": can_keep_agreements,
}
everyone = pytest.mark.parametrize("role", Role.values)


def test_the_table_names_every_role():
    assert [row["role"] for row in MAY] == Role.values


@pytest.mark.parametrize("row", MAY, ids=lambda row: row["role"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_each_role_may_what_the_table_says(row, question):
    assert QUESTIONS[question](UserFactory(role=row["role"])) is (row[question] == "yes")


@everyone
@pytest.mark.parametrize("question", QUESTIONS)
def test_whoever_has_left_may_nothing(role, question):
    assert QUESTIONS[question](UserFactory(role=role, is_active=False)) is False


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_set_up_command_may(question):
    assert QUESTIONS[question](None) is True


@everyone
def test_every_role_is_described_to_whoever_has_it(role):
    assert UserFactory(role=role).get_role().description.startswith("Du ")


@pytest.mark.parametrize(
    ("role", "coordinates", "represents", "makes_reports", "administers"),
    [
        (Role.READER, False, False, False, False),
        (Role.REPRESENTATIVE, False, True, False, False),
        (Role.OFFICIAL, False, False, True, False),
        (Role.COORDINATOR, True, False, True, False),
        (Role.ADMINISTRATOR, False, False, False, True),
    ],
)
def test_a_coordinator_is_an_official_too_and_nobody_else_is_two(
    role, coordinates, represents, makes_reports, administers
):
    user = UserFactory(role=role)
    answers = (user.is_coordinator, user.is_representative, user.is_official, user.is_administrator)
    assert answers == (coordinates, represents, makes_reports, administers)


@everyone
@pytest.mark.parametrize("has_party", [True, False])
@pytest.mark.parametrize("is_active", [True, False])
def test_who_is_shut_out_sees_no_party_and_the_others_see_every_one(role, has_party, is_active):
    party = PartyFactory()
    user = UserFactory(role=role, party=party if has_party else None, is_active=is_active)
    shut_out = not is_active or (role == Role.REPRESENTATIVE and not has_party)
    assert is_shut_out(user) is shut_out
    assert list(Party.objects.visible_to(user)) == ([] if shut_out else [party])


def test_whoever_has_not_signed_in_is_shut_out():
    PartyFactory()
    assert is_shut_out(AnonymousUser()) is True
    assert list(Party.objects.visible_to(AnonymousUser())) == []
