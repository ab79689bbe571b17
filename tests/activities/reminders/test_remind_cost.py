"""The queries of a run: the same number for 30 and 300 people, beyond one write for each mail."""

import pytest

from tests.benchmarks.reminders import queries_beyond_mails

pytestmark = pytest.mark.one_database


@pytest.mark.django_db
@pytest.mark.parametrize("again", [False, True], ids=["first run", "taken over"])
def test_queries_do_not_grow_with_people(again):
    costs = {people: queries_beyond_mails(people, again=again) for people in (30, 300)}

    assert costs[30] == costs[300] <= 40
