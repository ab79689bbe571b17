"""How are days written and read in Swedish?"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
Days = tuple[date, date]  # the first and the last day of a time

EXAMPLE = "Skriv ett datum som 2024-08-30."
EXAMPLES = "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."

_EARLIEST = date(1990, 1, 1)  # that anything in Samverkan was decided, signed or written
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_LONGEST = 60  # characters; a longer text is no day
_WEEKDAY = re.compile(r"(?P<weekday>mån|tis|ons|tors?|fre|lör|sön)(?:dag)?(?:en)?\.?,? (?P<rest>.+)")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_SHORT = re.compile(r"(?P<year>\d{2})-(?P<month>\d{2})-(?P<day>\d{2})")
_DASHED = re.compile(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2}) ?[/.] ?(?P<month>\d{1,2})(?:[ ,./-]{1,3}(?P<year>\d{4}|\d{2}))?")
_IN_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?::?[ae])?\.? ?(?P<name>[a-zåäö]{3,})\.?(?:[ ,'-]{1,3}(?P<year>\d{4}|\d{2}))?"
)
_SHAPES = (_YEAR_FIRST, _COMPACT, _SHORT, _DASHED, _DAY_FIRST, _IN_WORDS)


class UnreadableDay(ValueError):
    """The message is a sentence in Swedish that says what to write."""


def read_day(text: str, *within: Days) -> date:
    """The day that a person wrote, in any of the ways that Swedish writes it.

    Without a year it is the only such day in the first of the times `within` that has one. Raises UnreadableDay.
    """
    line = " ".join(_DASHES.sub("-", unicodedata.normalize("NFC", text)).split()).lower()
    if len(line) > _LONGEST:
        raise UnreadableDay(EXAMPLES)
    weekday, rest = None, line
    if found := _WEEKDAY.fullmatch(line):
        weekday = next(n for n, name in enumerate(WEEKDAYS) if name.startswith(found["weekday"]))
        rest = found["rest"]
    year, month, number = _parts(rest.removeprefix("den ").rstrip(". "), within)
    if not 1 <= month <= 12:
        raise UnreadableDay(f"Det finns ingen månad {month}. {EXAMPLE}")
    if year is None:
        return _in_the_time(number, month, within, weekday)
    _refuse_no_day(number, month, year)
    day = date(year, month, number)
    if weekday not in {None, day.weekday()}:
        said = f"{in_words(day)} är en {WEEKDAYS[day.weekday()]}, inte en {WEEKDAYS[weekday or 0]}."
        raise UnreadableDay(f"{said} Rätta dagen eller veckodagen.")
    return day


def until(today: date) -> tuple[Days, ...]:
    """The times of a day that has been, for `read_day`: without a year it is of the last twelve months."""
    year, leap_year = today - timedelta(days=364), today - timedelta(days=365)
    return (year, today), (leap_year, today), (_EARLIEST, today)


def parse_day(text: str, *within: Days) -> date | None:
    """The day that a person wrote, as `read_day` reads it; None when it cannot."""
    try:
        return read_day(text, *within)
    except UnreadableDay:
        return None


def _parts(line: str, within: tuple[Days, ...]) -> tuple[int | None, int, int]:
    """Year, month and day as written; None for a year that is not. Raises UnreadableDay when it is no day at all."""
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(line))), None)
    month = 0 if found is None else _month(found["name"]) if found.re is _IN_WORDS else int(found["month"])
    if found is None or (found.re is _IN_WORDS and not month):
        raise UnreadableDay(EXAMPLES)
    year, day = found["year"], int(found["day"])
    if year is None:
        return None, month, day
    if len(year) == 4:
        return int(year), month, day
    read, turned = (2000 + int(year), month, day), (2000 + day, month, int(year))
    if found.re is _SHORT or within:
        _refuse_turned(read, turned, within)
    return 2000 + int(year), month, day


def _refuse_turned(
    read: tuple[int, int, int], turned: tuple[int, int, int], within: tuple[Days, ...]
) -> None:
    """Raises UnreadableDay when the day read is outside the times, and inside with year and day in the other order.

    Without any times, whenever the two are different days.
    """
    days = [_existing(*read), _existing(*turned)]
    fits = [any(day and first <= day <= last for first, last in within) for day in days]
    if fits == [False, True] or (not within and all(days) and read != turned):
        both = " eller ".join(day.isoformat() for day in days if day)
        raise UnreadableDay(f"Skriv året med fyra siffror: {both}.")


def _in_the_time(number: int, month: int, within: tuple[Days, ...], weekday: int | None) -> date:
    """The only such day in the first time that has one. Raises UnreadableDay without one, and when there are several."""
    _refuse_no_day(number, month, None)
    for time in within:
        there = list(_days_in(time, number, month))
        days = [day for day in there if weekday in {None, day.weekday()}]
        if len(days) == 1:
            return days[0]
        if days:
            ways = _or([f"{number}/{month} {day.year}" for day in days])
            raise UnreadableDay(f"Skriv också året: {ways}.")
        if there:
            years = _or([str(day.year) for day in there])
            said = f"{number} {MONTHS[month - 1]} är ingen {WEEKDAYS[weekday or 0]} {years}."
            raise UnreadableDay(f"{said} Rätta dagen eller veckodagen.")
    year = within[-1][1].year if within else 2024
    raise UnreadableDay(f"Skriv också året, till exempel {number}/{month} {year}.")


def _days_in(time: Days, number: int, month: int) -> Iterator[date]:
    first, last = time
    for year in range(first.year, last.year + 1):
        day = _existing(year, month, number)
        if day and first <= day <= last:
            yield day


def _existing(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _refuse_no_day(number: int, month: int, year: int | None) -> None:
    """Raises UnreadableDay for a day that the month does not have. Without a year a February may have 29 days."""
    if year == 0:
        raise UnreadableDay(EXAMPLES)
    longest = monthrange(year or 2024, month)[1]
    if not 1 <= number <= longest:
        name = MONTHS[month - 1].capitalize()
        has = f"{name} {year} har" if year else f"{name} har högst" if month == 2 else f"{name} har"
        raise UnreadableDay(f"{has} {longest} dagar.")


def _or(words: list[str]) -> str:
    """`2023, 2024 eller 2025`."""
    return " eller ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _month(text: str) -> int:
    """1–12 for a month's name or its first three letters or more; 0, which is no month, otherwise."""
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(text)), 0)


def in_words(day: date) -> str:
    """`14 maj 2024`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_month(day: date) -> str:
    """`maj 2024`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def in_short(day: date) -> str:
    """`14 maj 2024`, `12 sep. 2024`: for narrow columns. A month of four letters is written out."""
    month = MONTHS[day.month - 1]
    return f"{day.day} {month if len(month) <= 4 else f'{month[:3]}.'} {day.year}"
