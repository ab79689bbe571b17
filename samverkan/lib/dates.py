"""How are days written and read in Swedish?"""

import re
from datetime import date

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})[ ,-]*(\d{4})")
_WORDS = re.compile(r"(\d{1,2})[.:]?[a-e]?\s+([a-zåäö]+)\.?\s+(\d{4})")


def parse_day(text: str) -> date | None:
    """The day that a person wrote: `2024-08-30`, `20240830`, `30/8 2024` or `30 augusti 2024`; None when unreadable."""
    cleaned = " ".join(text.split()).lower()
    if (found := _ISO.fullmatch(cleaned)) or (found := _COMPACT.fullmatch(cleaned)):
        year, month, day = map(int, found.groups())
    elif found := _SLASHED.fullmatch(cleaned):
        day, month, year = map(int, found.groups())
    elif found := _WORDS.fullmatch(cleaned):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    """1–12 for a month's name or its first three letters or more; 0, which is no month, otherwise."""
    return next((n for n, name in enumerate(MONTHS, 1) if len(text) >= 3 and name.startswith(text)), 0)


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
