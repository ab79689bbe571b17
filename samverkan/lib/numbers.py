"""How are numbers written and read in Swedish?"""

import re
from decimal import Decimal, InvalidOperation

_SPACES = str.maketrans("", "", " \u00a0\u2009\u202f")
_NUMBER = re.compile(r"[-\u2212]?\d+(?:[.,]\d+)?")
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
    text = f"{Decimal(number).normalize() + 0:f}"  # zero has no sign
    whole, _, fraction = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u00a0").replace("-", "\u2212")
    if whole.startswith("-") and int(whole) == 0:
        grouped = "\u2212" + grouped
    return f"{grouped},{fraction}" if fraction else grouped


def in_words(count: int) -> str:
    """`tre` up to twelve, digits from there on."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else written(count)


def counted(count: int, one: str, many: str) -> str:
    """`1 aktivitet`, `12 aktiviteter`."""
    return f"{written(count)} {one if count == 1 else many}"
