"""A query that refers to nothing outside itself is compiled as it stands where its rows are asked for by another."""

import pytest

from parties.models import Party, User
from priorities.models import AgreementParty
from samverkan.lib.db import keys_of
from tests.factories import UserFactory


@pytest.fixture
def people(huge, polisen):
    return [UserFactory(representative=True, party=party) for party in (huge, polisen)]


def test_the_keys_of_rows_and_the_column_that_was_chosen(people, huge, polisen, agreement):
    members = AgreementParty.objects.exclude(party=polisen)

    assert list(Party.objects.filter(pk__in=keys_of(Party.objects.filter(slug=huge.slug)))) == [huge]
    assert list(User.objects.filter(party__in=keys_of(members.values("party")))) == [people[0]]


def test_the_others_are_those_that_are_not_among_the_keys(people, huge, polisen):
    assert list(User.objects.exclude(party__in=keys_of(Party.objects.filter(slug=huge.slug)))) == [people[1]]


def test_nothing_is_among_the_keys_of_a_query_that_can_find_nothing(people):
    for nothing in (Party.objects.none(), Party.objects.filter(pk__in=[])):
        assert not User.objects.filter(party__in=keys_of(nothing)).exists()


def test_the_same_text_of_a_query_serves_two_places_with_their_own_values(people, huge, polisen):
    mine, theirs = (keys_of(Party.objects.filter(slug=party.slug)) for party in (huge, polisen))

    both = User.objects.filter(party__in=mine) | User.objects.filter(party__in=theirs)
    assert set(both) == set(people)
    assert not User.objects.filter(party__in=mine).filter(party__in=theirs).exists()
