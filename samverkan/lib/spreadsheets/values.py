"""What does a cell hold, and how is it written as text?"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Value = str | int | float | Decimal | date | datetime | None  # a bool, which is an int, is told as ja or nej

# What a spreadsheet may take for a formula, full-width signs included, whatever quotes, blanks or control
# characters stand before it: some programs leave those out.
_FORMULA = re.compile(
    r"[\s\x00-\x1f'\"\u2018\u2019\u201c\u201d\ufeff\u200b-\u200f\u2060]*(?:[=+\-@\uff1d\uff0b\uff0d\uff20]|(?<=[\t\r]))"
)


@dataclass(frozen=True)
class Sheet:
    """A table with a title, at most 31 characters of it, and one row of headers. `widths` are in characters."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int] = ()


def is_like_a_formula(text: str) -> bool:
    """Whether a spreadsheet that reads the text from a CSV file could take it for something to work out."""
    return bool(_FORMULA.match(text))


def escaped(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet could take it for a formula."""
    return f"'{text}" if is_like_a_formula(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given; an apostrophe that a person wrote before ordinary words stays."""
    return text[1:] if text.startswith("'") and is_like_a_formula(text[1:]) else text


def as_text(value: Value) -> str:
    """As a person would write it into a form: `12,5`, `2024-08-31`, `ja`; empty for None."""
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
        case _:  # a text, a whole number or a day in ISO's form
            return str(value)
