"""On which days does nobody work? Weekends, public holidays, and the eves that are days off in fact."""

from datetime import date, timedelta

from holidays import country_holidays

SATURDAY = 5
_SWEDISH = country_holidays("SE", categories=("public", "de_facto"))


def is_day_off(day: date) -> bool:
    return day.weekday() >= SATURDAY or day in _SWEDISH


def working_day_until(day: date) -> date:
    """The day itself, or the last one before it on which people work."""
    while is_day_off(day):
        day -= timedelta(days=1)
    return day
