"""Suggests the rounds that an agreement still lacks: per 31 March, 31 August and the full year, each year."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from activities.models import Round
from activities.rounds.rules import DAY, RoundPlan, faults_of
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.days_off import working_day_until

RHYTHM = ((3, 31), (8, 31), (12, 31))
TIME = timedelta(days=14)
TIME_AFTER_THE_YEAR = timedelta(days=21)
FRIDAY = 4


def suggested(agreement: Agreement, rounds: Iterable[Round], today: date) -> list[RoundPlan]:
    """The missing rounds that can still be answered in time and overlap no existing one."""
    present = list(rounds)
    return [
        plan for plan in _in_the_rhythm(agreement) if not faults_of(plan, agreement, present, today=today)
    ]


def _in_the_rhythm(agreement: Agreement) -> Iterator[RoundPlan]:
    for year in range(agreement.starts_on.year, agreement.ends_on.year + 1):
        for month, day in RHYTHM:
            as_of = date(year, month, day)
            if agreement.covers(as_of):
                yield _plan(as_of)


def _plan(as_of: date) -> RoundPlan:
    """Opens the day after `as_of`, whatever day that is.

    The last day is the Friday nearest two weeks later, three for a full year; the working day before when it is a day off.
    """
    is_full_year = as_of.month == 12
    label = f"Helår {as_of.year}" if is_full_year else f"Delår per {in_words(as_of)}"
    opens_on = as_of + DAY
    friday = _nearest_friday(opens_on + (TIME_AFTER_THE_YEAR if is_full_year else TIME))
    return RoundPlan(label, as_of, opens_on, working_day_until(friday))


def _nearest_friday(day: date) -> date:
    ahead = (FRIDAY - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead <= 3 else ahead - 7)
