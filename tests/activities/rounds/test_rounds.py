"""Which round is open on a day, which one asks, which opens next and when each ends: in Python and in SQL alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.models import Round
from activities.periods import Period, Rounds, open_rounds
from tests.factories import AgreementFactory, RoundFactory

pytestmark = pytest.mark.django_db

MARCH, AUGUST, DECEMBER = date(2024, 3, 31), date(2024, 8, 31), date(2024, 12, 31)

# The rounds by name: the day that each speaks of, its opening and its closing, and its last day unless that is twelve
# days after the opening.
CONSTELLATIONS = {
    "none": {},
    "alone": {"spring": ("03-31", "04-01", None)},
    "closed_late": {"spring": ("03-31", "04-01", "04-26")},
    "closed_at_once": {"spring": ("03-31", "04-01", "04-01")},
    "open_before_its_day": {"spring": ("03-31", "03-01", None)},
    "closed_both": {"spring": ("03-31", "04-01", "04-26"), "autumn": ("08-31", "09-01", "09-20")},
    "closed_by_nobody": {"spring": ("03-31", "04-01", None, "08-25"), "autumn": ("08-31", "09-01", None)},
    "lapsed": {"spring": ("03-31", "04-01", None), "autumn": ("08-31", "09-01", None)},
    "closed_after_it_lapsed": {"spring": ("03-31", "04-01", "09-20"), "autumn": ("08-31", "09-01", None)},
    "closed_the_second": {"spring": ("03-31", "04-01", None, "08-25"), "autumn": ("08-31", "09-01", "09-20")},
    "closed_after_the_next": {
        "spring": ("03-31", "04-01", "09-20", "08-25"),
        "autumn": ("08-31", "09-01", None),
    },
    "closed_as_the_next": {
        "spring": ("03-31", "04-01", "09-01", "08-25"),
        "autumn": ("08-31", "09-01", None),
    },
    # The forms refuse these, but a file of facts may hold them.
    "opens_out_of_order": {"spring": ("12-31", "04-01", None, "08-25"), "autumn": ("08-31", "09-01", None)},
}

# Each round's phase on the day, with the day of its end; which round asks, and which opens next.
TABLE = """
    constellation          day    spring       autumn       asks    next
    none                   04-01  -            -            -       -
    alone                  03-30  planned      -            -       spring
    alone                  03-31  planned      -            -       spring
    alone                  04-01  open         -            spring  -
    alone                  05-12  open         -            spring  -
    alone                  05-13  ended:05-13  -            spring  -
    alone                  12-31  ended:05-13  -            spring  -
    lapsed                 05-13  ended:05-13  planned      spring  autumn
    lapsed                 10-12  ended:05-13  open         autumn  -
    lapsed                 10-13  ended:05-13  ended:10-13  autumn  -
    closed_after_it_lapsed 10-01  ended:05-13  open         autumn  -
    closed_late            03-31  planned      -            -       spring
    closed_late            04-25  open         -            spring  -
    closed_late            04-26  ended:04-26  -            spring  -
    closed_late            04-27  ended:04-26  -            spring  -
    closed_at_once         03-31  planned      -            -       spring
    closed_at_once         04-01  ended:04-01  -            spring  -
    open_before_its_day    02-28  planned      -            -       spring
    open_before_its_day    03-01  open         -            spring  -
    closed_both            03-31  planned      planned      -       spring
    closed_both            04-01  open         planned      spring  autumn
    closed_both            08-31  ended:04-26  planned      spring  autumn
    closed_both            09-01  ended:04-26  open         autumn  -
    closed_both            09-20  ended:04-26  ended:09-20  autumn  -
    closed_by_nobody       08-31  open         planned      spring  autumn
    closed_by_nobody       09-01  ended:09-01  open         autumn  -
    closed_by_nobody       09-02  ended:09-01  open         autumn  -
    closed_the_second      09-19  ended:09-01  open         autumn  -
    closed_the_second      09-20  ended:09-01  ended:09-20  autumn  -
    closed_after_the_next  08-31  open         planned      spring  autumn
    closed_after_the_next  09-01  ended:09-01  open         autumn  -
    closed_after_the_next  09-20  ended:09-20  open         autumn  -
    closed_as_the_next     09-01  ended:09-01  open         autumn  -
    opens_out_of_order     04-01  open         planned      spring  autumn
    opens_out_of_order     09-01  ended:09-01  open         autumn  -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


def of_2024(day: str) -> date:
    return date.fromisoformat(f"2024-{day}")


def made(constellation: str) -> tuple:
    """The agreement with its rounds by name, beside another agreement with a round that opened on New Year's Day."""
    another = AgreementFactory(next_period=True)
    own = {"as_of": MARCH, "opens_on": date(2024, 1, 1), "due_on": DECEMBER}
    RoundFactory(agreement=another, label="beside", **own)
    agreement = AgreementFactory()
    for name, (as_of, opens_on, closed_on, *due_on) in CONSTELLATIONS[constellation].items():
        RoundFactory(
            agreement=agreement,
            label=name,
            as_of=of_2024(as_of),
            opens_on=of_2024(opens_on),
            due_on=of_2024(due_on[0]) if due_on else of_2024(opens_on) + timedelta(days=12),
            closed_on=closed_on and of_2024(closed_on),
        )
    return agreement, another


def name_of(round: Round | None) -> str:
    return round.label if round else "-"


@pytest.mark.parametrize(("constellation", "on", "spring", "autumn", "asks", "next_one"), ROWS)
def test_each_constellation_is_told_alike_in_python_and_in_sql(
    constellation, on, spring, autumn, asks, next_one
):
    (agreement, another), day = made(constellation), of_2024(on)
    told = {"spring": spring, "autumn": autumn}
    is_open = [name for name in told if told[name] == "open"]

    phases = Rounds.of(agreement).phases(day)
    stands = {
        phase.round.label: "planned" if phase.is_planned else "open" if phase.is_open else "ended"
        for phase in phases
    }
    ended = {phase.round.label: f":{phase.ended_on:%m-%d}" for phase in phases if phase.has_ended}
    period = Period.of(agreement, day)

    assert {name: stands[name] + ended.get(name, "") for name in stands} == {
        name: told[name] for name in told if told[name] != "-"
    }
    assert name_of(Rounds.of(agreement).asking_about(day, today=day)) == name_of(period.newest) == asks
    assert name_of(Rounds.of(agreement).open_on(day)) == name_of(period.round) == (is_open or ["-"])[0]
    assert name_of(Round.objects.next_to_open([agreement], day)) == next_one
    assert [phase.round.label for phase in phases if phase.is_planned][:1] == [next_one][: next_one != "-"]
    # The other agreement's round is open all the time.
    assert [round.label for round in open_rounds([agreement], day)] == is_open
    assert {round.label for round in open_rounds([agreement, another], day)} == {"beside", *is_open}


def test_every_constellation_is_in_the_table():
    assert {row[0] for row in ROWS} == CONSTELLATIONS.keys()


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
    agreement = RoundFactory(
        as_of=MARCH, opens_on=date(2024, 4, 1), due_on=date(2024, 4, 12), closed_on=date(2024, 4, 26)
    ).agreement
    RoundFactory()
    RoundFactory(planned=True)
    RoundFactory(
        agreement=AgreementFactory(next_period=True), as_of=MARCH + timedelta(days=1), opens_on=MARCH
    )
    round = Rounds.of(agreement).asking_about(day, today=today)
    assert (round.as_of if round else None) == asks


@pytest.mark.parametrize("day", [date(2024, 3, 30), date(2024, 8, 30), AUGUST, date(2024, 9, 1)])
def test_one_that_is_open_before_its_own_day_asks_from_then_on(day):
    agreement = RoundFactory(as_of=MARCH, opens_on=date(2024, 3, 1), due_on=date(2024, 4, 15)).agreement
    RoundFactory()
    round = Rounds.of(agreement).asking_about(day, today=date(2024, 9, 30))
    assert round.as_of == (MARCH if day < AUGUST else AUGUST)


def test_the_next_to_open_is_the_first_that_has_not_in_any_agreement():
    agreement, another = made("closed_both")
    later = RoundFactory(agreement=another, planned=True)
    rounds = {"both": [agreement, another], "one": [another], "none": []}
    found = {
        name: [
            name_of(Round.objects.next_to_open(asked, day)) for day in (date(2024, 5, 1), AUGUST, DECEMBER)
        ]
        for name, asked in rounds.items()
    }
    assert found == {
        "both": ["autumn", "autumn", later.label],
        "one": [later.label] * 3,
        "none": ["-"] * 3,
    }


def test_of_other_rounds_nothing_is_told():
    agreement, another = made("alone")
    assert Rounds.of(agreement).phase_of(another.rounds.get(), MARCH) is None


days = st.dates(date(2024, 1, 1), date(2024, 1, 12))


@st.composite
def periods(draw):
    """Up to three rounds as (opens, closed or None), in order."""
    opens = sorted(draw(st.sets(days, max_size=3)))
    return [(day, draw(st.none() | st.dates(day, date(2024, 1, 14)))) for day in opens]


@given(periods=periods(), day=days)
def test_however_it_is_asked_the_same_round_is_open(periods, day):
    """The newest that has opened, unless it is closed; an earlier one never opens again."""
    agreement = AgreementFactory()
    agreement.rounds.all().delete()
    rounds = [
        RoundFactory(
            agreement=agreement, as_of=MARCH + timedelta(days=number), opens_on=opens, closed_on=closed
        )
        for number, (opens, closed) in enumerate(periods)
    ]
    newest = next((round for round in reversed(rounds) if round.opens_on <= day), None)
    opened = newest if newest and (newest.closed_on is None or day < newest.closed_on) else None
    phases = Rounds.among(rounds).phases(day)
    assert open_rounds([agreement], day) == ([opened] if opened else [])
    assert [phase.round for phase in phases if phase.is_open] == ([opened] if opened else [])
    assert Period.of(agreement, day) == Period(newest, day)
    assert Period(newest, day).round == opened
