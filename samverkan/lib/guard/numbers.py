"""What the guard finds in a folded text, and which digits are an identity number."""

import re
from dataclasses import dataclass
from datetime import date

from personnummer.personnummer import Personnummer, PersonnummerException

_DATED = re.compile(r"(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[1-8]\d|9[01])\d{4}")
_DOUBLED = str.maketrans("0123456789", "0246813579")  # each digit twice, and the digits of that added


@dataclass(frozen=True)
class Found:
    """A number from `start` to `end` of the folded text. `birth` has its six or eight digits of a date.

    `is_certain` when it is written as nothing else is. `written` is the number as a sentence can show it.
    """

    start: int
    end: int
    birth: str
    written: str
    is_certain: bool


def is_identity_number(digits: str) -> bool:
    """Whether ten or twelve digits begin with a date, or a coordination number's, and end with the right check digit."""
    if not (_DATED.fullmatch(digits) and _has_check_digit(digits[-10:])):
        return False
    try:
        Personnummer(digits)
    except (PersonnummerException, ValueError):
        return False
    return True


def _has_check_digit(ten: str) -> bool:
    """Whether the last digit is right by Luhn. Asked before the library, which takes ten times as long."""
    return sum(map(int, ten[0::2].translate(_DOUBLED) + ten[1::2])) % 10 == 0


def is_birth_date(digits: str) -> bool:
    """Whether six or eight digits are a day of the calendar, or a coordination number's, which is 60 more."""
    years = [int(digits[:4])] if len(digits) == 8 else [1900 + int(digits[:2]), 2000 + int(digits[:2])]
    month, day = int(digits[-4:-2]), int(digits[-2:])
    return any(_is_day(year, month, day if day < 60 else day - 60) for year in years)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
