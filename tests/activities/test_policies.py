"""Who may do what with activities, as tables."""

from datetime import timedelta

import pytest

from activities import policies
from activities.states import State
from parties.roles import Role
from tests.factories import FollowUpFactory, UserFactory
from tests.support.tables import rows

pytestmark = pytest.mark.django_db

MAY = rows("""
    role            has_own_work  can_make_reports  can_read_reports  can_register
    reader          –             –                 yes               –
    representative  yes           –                 –                 –
    official        –             yes               yes               –
    coordinator     yes           yes               yes               yes
    administrator   –             –                 –                 –
""")
QUESTIONS = ["has_own_work", "can_make_reports", "can_read_reports", "can_register"]


def test_the_table_names_every_role():
    assert [row["role"] for row in MAY] == Role.values


@pytest.mark.parametrize("row", MAY, ids=lambda row: row["role"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_each_role_may_what_the_table_says(row, question):
    assert getattr(policies, question)(UserFactory(role=row["role"])) is (row[question] == "yes")


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("question", QUESTIONS)
def test_whoever_has_left_may_nothing(role, question):
    assert getattr(policies, question)(UserFactory(role=role, is_active=False)) is False


def test_a_set_up_command_registers():
    assert policies.can_register(None) is True


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("state", State)
def test_only_the_coordinator_cancels(role, state):
    is_allowed = role == Role.COORDINATOR or state != State.CANCELLED
    assert policies.can_set(UserFactory(role=role), state) is is_allowed


def test_a_follow_up_is_on_behalf_when_it_is_not_the_lead_partys_own(huge_rep, polis_rep, samordnare):
    activity = FollowUpFactory().activity
    on_behalf = [policies.speaks_on_behalf(user, activity) for user in (huge_rep, polis_rep, samordnare)]
    assert on_behalf == [False, True, True]


@pytest.mark.parametrize(
    ("after", "may"),
    [
        (timedelta(0), True),
        (timedelta(minutes=14, seconds=59), True),
        (timedelta(minutes=15), True),
        (timedelta(minutes=15, microseconds=1), False),
        (timedelta(days=1), False),
        (timedelta(seconds=-30), True),
        (timedelta(seconds=-31), False),
        (timedelta(hours=-1), False),
    ],
)
def test_the_author_may_undo_for_fifteen_minutes(after, may, huge_rep):
    follow_up = FollowUpFactory(author=huge_rep)
    assert policies.can_undo(huge_rep, follow_up, now=follow_up.saved_at + after) is may


def test_nobody_but_the_author_may_undo(samordnare, polis_rep, huge):
    follow_up = FollowUpFactory()
    others = [samordnare, polis_rep, UserFactory(representative=True, party=huge)]
    assert [policies.can_undo(user, follow_up, now=follow_up.saved_at) for user in others] == [
        False,
        False,
        False,
    ]


def test_an_author_who_has_left_may_not_undo():
    gone = UserFactory(representative=True, is_active=False)
    follow_up = FollowUpFactory(author=gone)
    assert policies.can_undo(gone, follow_up, now=follow_up.saved_at) is False


def test_a_withdrawal_is_not_undone(huge_rep):
    withdrawal = FollowUpFactory(withdrawal=True, replaces=FollowUpFactory(), author=huge_rep)
    assert policies.can_undo(huge_rep, withdrawal, now=withdrawal.saved_at) is False
