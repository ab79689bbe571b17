"""Does a text hold somebody's personal identity number?

Case work about persons has no place here, and a locked text cannot be cleaned afterwards. So a Swedish
personal identity or coordination number is refused before it is saved. Bare ten digits can as well be a
telephone number or a reference: the form asks. Organisation numbers have a "month" of 20 or more and pass.
"""

import re
import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from personnummer.personnummer import Personnummer, PersonnummerException

REFUSED = (
    "Texten ser ut att innehålla ett personnummer eller samordningsnummer ({number}). "
    "Ta bort det: här ska inte finnas uppgifter om enskilda personer."
)
ASKED = (
    "Är {number} ett personnummer? Ta i så fall bort det. "
    "Är det något annat, till exempel ett telefonnummer, kryssa i att det inte är ett personnummer och spara igen."
)

_SOFT_HYPHEN = "\u00ad"
_DASHES = "\\-\u2010\u2011\u2012\u2013\u2014\u2212+"
_CENTURIES = {"18", "19", "20"}
# A year of two or four digits, month, day, then four digits; between them at most a dash with spaces around it.
_CANDIDATE = re.compile(rf"(?<!\d)(\d{{6}}|\d{{8}})(\s?[{_DASHES}]?\s?)(\d{{4}})(?!\d)")


def _folded(text: str) -> str:
    """One form for digits and dashes however they were pasted, and nothing that is not seen, such as zero-width spaces."""
    plain = unicodedata.normalize("NFKC", text.replace(_SOFT_HYPHEN, "-"))
    return "".join(character for character in plain if unicodedata.category(character) != "Cf")


def _candidates(text: str) -> Iterator[tuple[str, str, str]]:
    """The digits before, what stands between and the digits after, overlaps included."""
    folded = _folded(text)
    position = 0
    while found := _CANDIDATE.search(folded, position):
        yield found[1], found[2], found[3]
        position = found.start() + 1


def _is_identity_number(before: str, after: str) -> bool:
    if len(before) == 8 and before[:2] not in _CENTURIES:
        return False
    try:
        Personnummer(before + after)
    except (PersonnummerException, ValueError):
        return False
    return True


def identity_numbers(text: str) -> list[str]:
    """The identity numbers in the text that cannot be anything else, as `ÅÅMMDD-NNNN` with the end hidden."""
    return [
        f"{before}-XXXX"
        for before, between, after in _candidates(text)
        if (between.strip() or between or len(before) == 8) and _is_identity_number(before, after)
    ]


def doubtful_numbers(text: str) -> list[str]:
    """Bare ten digits in the text that could be an identity number or something else."""
    return [
        before + after
        for before, between, after in _candidates(text)
        if not between and len(before) == 6 and _is_identity_number(before, after)
    ]


def refuse_identity_numbers(text: str) -> None:
    """A validator for every free text. Raises ValidationError with code `identity_number`."""
    if numbers := identity_numbers(text):
        raise ValidationError(REFUSED.format(number=numbers[0]), code="identity_number")
