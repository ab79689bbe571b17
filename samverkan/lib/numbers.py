"""How are numbers written and read in Swedish?"""

import re
from decimal import Decimal, InvalidOperation

_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_SWEDISH = str.maketrans({",": "\u00a0", ".": ",", "-": "\u2212"})
_NUMBER = re.compile(r"[-\u2212]?\d+(?:[.,]\d+)?")
YES_OR_NO = "ja/nej"  # the unit of a measure whose value is 1 or 0
_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")


def parse_number(text: str) -> Decimal | None:
    """The number that a person wrote, with comma or point and spaces between thousands; None when unreadable."""
    cleaned = text.translate(_SPACES)
    if not _NUMBER.fullmatch(cleaned):
        return None
    try:
        return Decimal(cleaned.replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        return None


def written(number: Decimal | int) -> str:
    """`12 600` or `0,5`: a comma, hard spaces between thousands, no trailing zeros."""
    text = f"{Decimal(number).normalize() + 0:,f}"  # zero has no sign
    return text.translate(_SWEDISH)


def in_words(count: int) -> str:
    """As a word up to twelve, such as `tre`; otherwise as digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else written(count)


def counted(count: int, one: str, many: str) -> str:
    """`1 aktivitet`, `12 aktiviteter`."""
    return f"{written(count)} {one if count == 1 else many}"


def in_unit(number: Decimal | None, unit: str) -> str:
    """`91 %`, `ja`, `12 kronor`, or `12` when the unit only counts; empty for None."""
    if number is None:
        return ""
    kind = unit.strip().lower()
    if kind == YES_OR_NO and number in {0, 1}:
        return "ja" if number else "nej"
    if kind in {"", "antal", "st", "styck", YES_OR_NO}:
        return written(number)
    return f"{written(number)}\u00a0{'%' if kind in {'procent', '%'} else unit.strip()}"
