"""Gathers the content of *Årshjul* from its sources, in three queries."""

from collections.abc import Iterable
from datetime import date

from activities.year.content import Month, Year
from activities.year.happening import Happening, Kind, Reminder
from activities.year.sources import SOURCES
from activities.year.wheel import Wheel
from parties.models import User
from priorities.models import Agreement
from samverkan.lib.dates import MONTHS


def gather(agreement: Agreement, user: User, *, asked: str | None, today: date) -> Year:
    """The content for the year asked for, else the present one, else the agreement's nearest."""
    everything = [each for source in SOURCES for each in source(agreement, user)]
    happenings = sorted(
        (each for each in everything if isinstance(each, Happening)), key=lambda each: each.day
    )
    years = _years(agreement, happenings)
    year = next((each for each in years if str(each) == asked), min(max(today.year, years[0]), years[-1]))
    shown = [each for each in happenings if each.day.year == year]
    return Year(
        year=year,
        years=years,
        today=today,
        months=tuple(_month(year, number, shown, today) for number in range(1, 13)),
        reminders=tuple(each for each in everything if isinstance(each, Reminder) and each.is_about(year)),
        kinds=tuple(kind for kind in Kind if any(each.kind == kind for each in shown)),
        wheel=Wheel.of(year, happenings, today=today),
    )


def _years(agreement: Agreement, happenings: Iterable[Happening]) -> range:
    """The agreement's years, and those of its rounds: the last round is answered after the agreement has ended."""
    of_rounds = [each.day.year for each in happenings if each.kind == Kind.ROUND]
    first = min(agreement.starts_on.year, *of_rounds, agreement.ends_on.year)
    return range(first, max(agreement.ends_on.year, *of_rounds, agreement.starts_on.year) + 1)


def _month(year: int, number: int, shown: Iterable[Happening], today: date) -> Month:
    own = [each for each in shown if each.day.month == number]
    return Month(
        name=MONTHS[number - 1],
        passed=tuple(each for each in own if each.day < today),
        ahead=tuple(each for each in own if each.day >= today),
        is_past=(year, number) < (today.year, today.month),
        is_current=(year, number) == (today.year, today.month),
    )
