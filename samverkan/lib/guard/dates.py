"""Days of a folded text, in every format that they are written in, as the first digits of an identity number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samverkan.lib.guard.numbers import is_birth_date

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_NAMES = (
    "januari|jan|februari|febr|feb|mars|mar|april|apr|maj|juni|jun|juli|jul|augusti|aug|september|sept|sep"
    "|oktober|okt|november|nov|december|dec"
)
_DAY = re.compile(
    r"(?<!\d)(?:"
    r"(?P<whole>(?:18|19|20)?\d{6})"
    r"|(?P<year>(?:18|19|20)\d\d)[-./ ](?P<month>\d\d)[-./ ](?P<day>\d\d)"
    r"|(?P<year2>\d\d)[-./ ](?P<month2>\d\d)[-./ ](?P<day2>\d\d)"
    r"|(?P<day3>\d\d?)[/.-](?P<month3>\d\d?)(?:[/.-]|,? -?)(?P<year3>(?:(?:18|19|20)\d\d|\d\d))"
    rf"|(?P<day4>\d\d?)(?::?[ea])? ?(?P<name4>{_NAMES})\.?,? ?-?(?P<year4>(?:(?:18|19|20)\d\d|\d\d))"
    rf"|(?P<name5>\b(?:{_NAMES})) (?P<day5>\d\d?)(?::?[ea])?,? (?P<year5>(?:18|19|20)\d\d)"
    r")(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Day:
    """A day from `start` to `end`: its six or eight `digits`. `is_numbers` when they stand in the number's own order."""

    start: int
    end: int
    digits: str
    is_numbers: bool

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing between its digits."""
        return self.is_numbers and self.end - self.start == len(self.digits)


def days(text: str) -> Iterator[Day]:
    """The days of the text. Two digits that could be a year, a month or a day are read as both orders would."""
    for found in _DAY.finditer(text):
        yield from _readings(found)


def _readings(found: re.Match[str]) -> Iterator[Day]:
    part = {name.rstrip("2345"): value for name, value in found.groupdict().items() if value}
    if "whole" in part:
        orders = [(part["whole"], True)]
    else:
        month = f"{_number_of(part['name']):02d}" if "name" in part else part["month"].zfill(2)
        year, day = part["year"], part["day"].zfill(2)
        is_numbers = bool(found["year"] or found["year2"])
        orders = [(year + month + day, is_numbers)]
        if found["year2"]:
            orders.append((day + month + year, False))
    for digits, is_numbers in orders:
        if is_birth_date(digits):
            yield Day(*found.span(), digits, is_numbers)


def _number_of(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
