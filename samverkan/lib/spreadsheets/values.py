"""What can a cell contain, and how is it written as text?"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | int | float | Decimal | date | datetime | None  # a bool, which is an int, becomes ja or nej

# What a spreadsheet may read as a formula, including full-width signs, after any quotes, blanks or control characters,
# which some programs skip.
_FORMULA = re.compile(
    r"[\s\x00-\x1f'\"\u2018\u2019\u201c\u201d\ufeff\u200b-\u200f\u2060]*(?:[=+\-@\uff1d\uff0b\uff0d\uff20]|(?<=[\t\r]))"
)


@dataclass(frozen=True)
class Sheet:
    """A table with a title of at most 31 characters and a row of headers. `widths` are in characters."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet could read the text in a CSV file as a formula."""
    return bool(_FORMULA.match(text))


def escaped(text: str) -> str:
    """The text, with an apostrophe before it when it is like a formula."""
    return f"'{text}" if is_like_a_formula(text) else text


def unescaped(text: str) -> str:
    """The reverse of `escaped`. Keeps an apostrophe before a text that is not like a formula."""
    return text[1:] if text.startswith("'") and is_like_a_formula(text[1:]) else text


def as_text(value: Value) -> str:
    """The value as a person would type it: `12,5`, `2024-08-31`, `ja`; empty for None."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case float() | Decimal() if math.isfinite(value):
            text = f"{Decimal(str(value)):f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
        case _:  # a text, a whole number or a day in ISO format
            return str(value)
