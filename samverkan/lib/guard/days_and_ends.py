"""Identity numbers that are more than a row of digits, in a folded text.

A day as 28/12 1981 with the last four, a reserve number with letters, as hospitals write, and a day of birth and the
last four with words between them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from samverkan.lib.guard.dates import Day, days
from samverkan.lib.guard.numbers import Found, is_identity_number

_LAST_FOUR = re.compile(r"(?P<between>[\W_]{1,3})(?P<end>\d{4})(?!\d)")
_LETTER = r"[^\W\d_]"
_RESERVE = re.compile(
    rf"(?P<between> ?- ?|[ /._:]?)(?P<end>(?P<usual>{_LETTER}\d{{3}})|{_LETTER}{{2}}\d\d|{_LETTER}\d{_LETTER}\d"
    rf"|\d{_LETTER}\d\d|\d\d{_LETTER}\d|\d{{3}}{_LETTER})(?![^\W_])"
)
_APART = re.compile(r"(?<!\d)(?:\d{4}|\d\d[ -]\d\d|\d(?:[ -]\d){3})(?![-./]?\d)")
_FARTHEST = 60  # characters between a day of birth and the last four
_JUST_BEFORE = 30  # characters before them in which a word says what they are
_DIGITS_ARE_MEANT = re.compile(r"siffr", re.IGNORECASE)
_NUMBER_IS_MEANT = re.compile(
    r"siffr|sista (?:fyra|4)|(?:fyra|4) sista|slutar (?:på|med)|avslutas|personn|pers\.? ?nr|\bp-?nr\b|samordningsn|födelsen",
    re.IGNORECASE,
)
_BIRTH_IS_MEANT = re.compile(r"\bfödd|\bfödelsed|\bf\.? ?(?:den )?(?=\d)", re.IGNORECASE)


def numbers_of_days(text: str) -> Iterator[Found]:
    """Every number that begins with a day: written together, with letters, and with words between."""
    known = list(days(text))
    for day in known:
        yield from _written_together(text, day)
        yield from _with_letters(text, day)
    if known and (_NUMBER_IS_MEANT.search(text) or _BIRTH_IS_MEANT.search(text)):
        yield from _with_words_between(text, known)


def _written_together(text: str, day: Day) -> Iterator[Found]:
    """28/12 1981-9874. A day in the number's own order is among the rows of digits."""
    found = None if day.is_numbers else _LAST_FOUR.match(text, day.end)
    if found and is_identity_number(day.digits + found["end"]):
        is_certain = (
            len(day.digits) == 8 and found["between"].strip() == "-" and found["end"][:2] not in {"19", "20"}
        )
        yield Found(day.start, found.end(), day.digits, text[day.start : found.end()], is_certain)


def _with_letters(text: str, day: Day) -> Iterator[Found]:
    """811228-T987. The check digit says nothing, since those who make such numbers count it in different ways."""
    found = _RESERVE.match(text, day.end) if day.is_numbers else None
    if found is None:
        return
    end, is_joined = found["end"], found["between"].strip() in {"-", ""} and found["between"] != " "
    is_usual, is_upper = bool(found["usual"]), found["end"].isupper()
    if is_upper or (is_usual and (is_joined or day.is_whole)):
        if not (is_usual or is_joined) or end.startswith("KL"):
            return
        is_certain = is_usual and is_joined and (is_upper or "-" in found["between"])
        yield Found(day.start, found.end(), day.digits, text[day.start : found.end()], is_certain)


def _with_words_between(text: str, known: list[Day]) -> Iterator[Found]:
    """Född 811228, sista siffrorna 9874, in either order."""
    fours = [(found.start(), found.end(), re.sub(r"\D", "", found[0])) for found in _APART.finditer(text)]
    starts = [start for start, _, _ in fours]
    valid: dict[str, bool] = {}
    for day in known:
        near = bisect_left(starts, day.start - _FARTHEST - 8)
        for start, end, four in fours[near : bisect_left(starts, day.end + _FARTHEST)]:
            gap = text[day.end : start] if start >= day.end else text[end : day.start]
            if len(gap) > _FARTHEST or (start < day.end and end > day.start):
                continue
            digits = day.digits + four
            if digits not in valid:
                valid[digits] = is_identity_number(digits)
            if valid[digits]:
                yield from _meant(text, day, start, end, gap)


def _meant(text: str, day: Day, start: int, end: int, gap: str) -> Iterator[Found]:
    """The day and the four digits from `start` to `end`, if words say that they belong together."""
    first, last = min(day.start, start), max(day.end, end)
    near = f"{text[max(0, first - _JUST_BEFORE) : first]}|{gap}"
    is_meant = bool(_NUMBER_IS_MEANT.search(near))
    is_born = bool(_BIRTH_IS_MEANT.search(text[max(0, day.start - _JUST_BEFORE) : day.start + 1]))
    if is_meant or (is_born and text[start : start + 2] not in {"19", "20"}):
        is_certain = is_meant and bool(_DIGITS_ARE_MEANT.search(near))
        yield Found(first, last, day.digits, text[first:last], is_certain)
