"""Two at the same moment: an administrator remains, an address stays one person's, deputies do not overlap."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from parties.accounts.actions import add_user, change_user
from parties.deputies.actions import name_deputy
from parties.models import Deputy, User
from parties.roles import Role
from tests.factories import UserFactory
from tests.support.at_once import People

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_close_each_others_accounts_do_not_both_succeed(admin, tmp_path):
    other = UserFactory(administrator=True, email="annan@example.com")

    def closes(by, user):
        return lambda: change_user(by=by, user=user, is_active=False)

    people = People(tmp_path)
    answers = people.do(closes(admin, other), closes(other, admin))

    assert sorted(type(answer).__name__ for answer in answers) == [User.__name__, ValidationError.__name__]
    assert people.see(User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count) == 1


def test_of_two_who_add_one_address_one_does(admin, tmp_path):
    def adds():
        return add_user(by=admin, email="ny@example.com", display_name="Ny", role=Role.READER)

    people = People(tmp_path)
    answers = people.do(adds, adds)

    assert sum(isinstance(answer, User) for answer in answers) == 1
    assert all(isinstance(answer, User | ValidationError | IntegrityError) for answer in answers)
    assert people.see(User.objects.filter(email="ny@example.com").count) == 1


def test_of_two_who_name_a_deputy_for_the_same_days_one_does(samordnare, huge_rep, tmp_path):
    colleague = UserFactory(representative=True, party=huge_rep.party)
    days = {"to_on": date(2024, 10, 31), "today": date(2024, 9, 30)}

    def names(by, day):
        return lambda: name_deputy(
            by=by, person=huge_rep, deputy=colleague, from_on=date(2024, 10, day), **days
        )

    people = People(tmp_path)
    answers = people.do(names(huge_rep, 1), names(samordnare, 2))

    assert sorted(type(answer).__name__ for answer in answers) == [Deputy.__name__, ValidationError.__name__]
    assert people.see(Deputy.objects.count) == 1
