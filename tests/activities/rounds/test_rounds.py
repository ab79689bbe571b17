"""Which round does a day belong to, and which one asks?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Round
from activities.rounds import standings
from tests.factories import AgreementFactory, RoundFactory

pytestmark = pytest.mark.django_db

MARCH, AUGUST, DECEMBER = date(2024, 3, 31), date(2024, 8, 31), date(2024, 12, 31)


def march():
    return RoundFactory(
        as_of=MARCH, opens_on=date(2024, 4, 1), due_on=date(2024, 4, 12), closed_on=date(2024, 4, 26)
    )


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        (date(2024, 8, 31), False),
        (date(2024, 9, 1), True),
        (date(2024, 9, 14), True),
        (date(2024, 9, 19), True),
        (date(2024, 9, 20), False),
    ],
)
def test_a_round_is_open_from_its_first_day_until_the_day_that_it_is_closed(day, is_open):
    round = RoundFactory(closed=True)
    assert round.is_open(day) is is_open
    assert Round.objects.open_on(round.agreement, day) == (round if is_open else None)


def test_a_round_that_nobody_has_closed_is_open():
    round = RoundFactory()
    assert round.is_open(date(2025, 3, 1)) is True


def test_a_planned_round_is_not_open():
    round = RoundFactory(planned=True)
    assert round.is_open(DECEMBER) is False
    assert Round.objects.open_on(round.agreement, DECEMBER) is None


@pytest.mark.parametrize(
    ("day", "today", "asks"),
    [
        (date(2024, 3, 30), date(2024, 9, 30), None),
        (MARCH, date(2024, 9, 30), MARCH),
        (date(2024, 8, 30), date(2024, 9, 30), MARCH),
        (AUGUST, date(2024, 9, 30), AUGUST),
        (date(2024, 9, 30), date(2024, 9, 30), AUGUST),
        (AUGUST, AUGUST, MARCH),
        (DECEMBER, DECEMBER, AUGUST),
    ],
)
def test_the_round_that_asks_is_the_newest_as_of_the_day_that_has_opened(day, today, asks):
    march()
    agreement = RoundFactory().agreement
    RoundFactory(planned=True)
    RoundFactory(
        agreement=AgreementFactory(next_period=True), as_of=MARCH + timedelta(days=1), opens_on=MARCH
    )
    round = Round.objects.asking_about(agreement, day, today=today)
    assert (round.as_of if round else None) == asks


def test_the_next_to_open_is_the_first_that_has_not():
    agreement = march().agreement
    planned = RoundFactory(planned=True)
    RoundFactory(as_of=date(2025, 3, 31), opens_on=date(2025, 4, 1), due_on=date(2025, 4, 14))
    assert Round.objects.next_to_open([agreement], date(2024, 5, 1)) == planned
    assert Round.objects.next_to_open([], date(2024, 5, 1)) is None


days = st.dates(date(2024, 1, 1), date(2024, 1, 12))


@st.composite
def periods(draw):
    """Up to three rounds as (opens, closed or None), one after another."""
    opens = sorted(draw(st.sets(days, max_size=3)))
    return [(day, draw(st.none() | st.dates(day, date(2024, 1, 14)))) for day in opens]


@given(periods=periods(), day=days)
def test_however_it_is_asked_the_same_round_is_open(periods, day):
    """The newest that has opened, unless it is closed: an earlier one does not come back."""
    agreement = AgreementFactory()
    agreement.rounds.all().delete()
    rounds = [
        RoundFactory(
            agreement=agreement, as_of=MARCH + timedelta(days=number), opens_on=opens, closed_on=closed
        )
        for number, (opens, closed) in enumerate(periods)
    ]
    newest = next((round for round in reversed(rounds) if round.opens_on <= day), None)
    opened = newest if newest and newest.is_open(day) else None
    assert Round.objects.open_on(agreement, day) == opened
    assert Round.objects.open_now([agreement], day) == ([opened] if opened else [])
    assert [told.round for told in standings(rounds, day) if told.is_open] == ([opened] if opened else [])
