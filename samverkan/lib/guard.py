"""Does a text contain a personal identity number?

Case work about persons does not belong here, and a locked text cannot be cleaned afterwards. So a text with a Swedish
personal identity or coordination number in its usual format is refused before it is saved. The same digits in another
format can be a telephone number, a reference or a date with an amount: then the form asks. Digits, dashes and spaces of
every script are folded first, and invisible characters removed. Organisation numbers have a "month" of 20 or more and
pass.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from personnummer.personnummer import Personnummer, PersonnummerException

from samverkan.lib.texts import BLANKS

REFUSED = (
    "Texten ser ut att innehålla ett personnummer eller samordningsnummer ({number}). "
    "Ta bort det: här ska inte finnas uppgifter om enskilda personer."
)
ASKED = (
    "Är {number} ett personnummer? Ta i så fall bort det. "
    "Är det något annat, till exempel ett telefonnummer, kryssa i att det inte är ett personnummer och spara igen."
)

# Read as dashes besides those of Unicode's category: plus (over a hundred years old), soft hyphen, minus,
# modifier minus, hyphen bullet, heavy minus, box drawings, the long vowel mark of Japanese.
_DASHES = frozenset("+\u00ad\u02d7\u2043\u2212\u23af\u2500\u2501\u2796\u30fc")
_UNUSUAL = re.compile("[^ !-*,-~\xa1-\xac\xae-\u02c1]")
_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Me", "Mn"}

# Groups of digits with at most three characters between them, none of them a letter.
_RUN = re.compile(r"[0-9]+(?:[\W_]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_DATED = re.compile(r"(?:18|19|20)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[1-8]\d|9[01])\d{4}")
# Usual formats of identity numbers. Only after a dash may the last four look like a year: a date and a year is common.
_OWN_SHAPE = re.compile(
    r"\d{12}|(?:\d{6}|\d{8}) ?- ?\d{4}"
    r"|(?:(?:\d{6}|\d{8})[ /._:]|\d{4}-\d\d-\d\d ?- ?|\d{4} \d\d \d\d(?: ?- ?| ))(?!19|20)\d{4}"
)
# Formats of something else: 08-535 300 00, 070-174 06 05 and 2024-08-30 10:15.
_OTHER_SHAPE = re.compile(
    r"(?:08 ?- ?|0\d\d ?[-/ ] ?|0\d{3} ?- ?)\d{2,3}(?: \d{2,3}){1,3}"
    r"|\d{4}-\d\d-\d\d,? (?:[01]\d|2[0-3])[:.][0-5]\d"
)
_DATE = re.compile(r"(?<!\d)(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")


def _plain(character: str) -> str:
    """A digit of any script as 0–9, any dash as `-`, any space as a space, an invisible character as nothing."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Pd" or character in _DASHES:
        return "-"
    if character.isspace() or character in BLANKS:
        return " "
    return "" if category in _UNSEEN else character


def _folded(text: str) -> str:
    """The text with plain digits, and single dashes and spaces instead of several."""
    known = _UNUSUAL.sub(lambda found: _plain(found[0]), unicodedata.normalize("NFKC", text))
    return re.sub("-+", "-", re.sub(r"\s+", " ", known))


def _is_identity_number(digits: str) -> bool:
    if not _DATED.fullmatch(digits):
        return False
    try:
        Personnummer(digits)
    except (PersonnummerException, ValueError):
        return False
    return True


def _ten_or_twelve(text: str) -> Iterator[tuple[str, str]]:
    """Consecutive groups with ten or twelve digits together, as (text, digits). Never splits a date like 2024-08-30."""
    dates = [found.start() for found in _DATE.finditer(text)]
    no_start = {date + part for date in dates for part in (5, 8)}
    no_end = {date + part for date in dates for part in (4, 7)}
    for run in _RUN.finditer(text):
        digits, starts, ends = "", {}, {}  # positions of the groups, by the number of digits before
        for group in _GROUP.finditer(text, *run.span()):
            starts[len(digits)] = group.start()
            digits += group[0]
            ends[len(digits)] = group.end()
        for before, start in starts.items():
            for after in (before + 10, before + 12):
                if after in ends and start not in no_start and ends[after] not in no_end:
                    yield text[start : ends[after]], digits[before:after]


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """Every valid identity number that is not in a format of something else, as (text, digits)."""
    known: dict[str, bool] = {}
    for written, digits in _ten_or_twelve(_folded(text)):
        if digits not in known:
            known[digits] = _is_identity_number(digits)
        if known[digits] and not _OTHER_SHAPE.fullmatch(written):
            yield written, digits


def identity_numbers(text: str) -> list[str]:
    """The identity numbers in the text in a usual format, with the last four digits as XXXX."""
    return [f"{digits[:-4]}-XXXX" for written, digits in _candidates(text) if _OWN_SHAPE.fullmatch(written)]


def doubtful_numbers(text: str) -> list[str]:
    """Digits in the text, as written, that could be an identity number or something else."""
    return [written for written, _ in _candidates(text) if not _OWN_SHAPE.fullmatch(written)]


def refuse_identity_numbers(text: str) -> None:
    """A validator for every free text. Raises ValidationError with code `identity_number`."""
    if numbers := identity_numbers(text):
        raise ValidationError(REFUSED.format(number=numbers[0]), code="identity_number")
