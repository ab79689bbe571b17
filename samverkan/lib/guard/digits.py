"""Ten or twelve digits of a folded text that are an identity number."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from samverkan.lib.guard.numbers import Found, is_identity_number
from samverkan.lib.guard.shapes import ISO_DATE, LONGEST_REGISTER, OTHER, OWN, REGISTER, REGISTERED_YEAR

# Groups of digits with at most three characters between them, none of them a letter.
_RUN = re.compile(r"[0-9]+(?:[\W_]{1,3}[0-9]+)*")
_GROUP = re.compile(r"[0-9]+")


def numbers_of_digits(text: str) -> Iterator[Found]:
    """Every valid identity number that is not in a format of something else, nor half of one."""
    known: dict[str, bool] = {}
    others: Others | None = None
    for start, end, digits in _ten_or_twelve(text):
        if digits not in known:
            known[digits] = is_identity_number(digits)
        if not known[digits]:
            continue
        written = text[start:end]
        if OWN.fullmatch(written):
            yield Found(start, end, digits[:-4], written, not _is_registered(text, start, digits))
            continue
        others = others or Others(text)
        if not others.take(start, end):
            yield Found(start, end, digits[:-4], written, is_certain=False)


def _ten_or_twelve(text: str) -> Iterator[tuple[int, int, str]]:
    """Consecutive groups with ten or twelve digits together: (start, end, digits). Never splits a date like 2024-08-30."""
    dates = [found.start() for found in ISO_DATE.finditer(text)]
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
                    yield start, ends[after], digits[before:after]


def _is_registered(text: str, start: int, digits: str) -> bool:
    """Whether a register's code or word stands before digits that begin with a year, as in a case number."""
    before = text[max(0, start - LONGEST_REGISTER) : start]
    return bool(REGISTERED_YEAR.match(digits) and REGISTER.search(before))


class Others:
    """The numbers of a text that are in a format of something else."""

    def __init__(self, text: str) -> None:
        self.spans = [found.span() for found in OTHER.finditer(text)]
        self.starts = [start for start, _ in self.spans]

    def take(self, start: int, end: int) -> bool:
        """Whether one of them covers the digits, or would be cut in two by them."""
        for place in range(bisect_right(self.starts, end) - 1, -1, -1):
            other_start, other_end = self.spans[place]
            if other_end <= start:
                return False
            is_part = start <= other_start and other_end <= end and (other_start, other_end) != (start, end)
            if other_start < end and not is_part:
                return True
        return False
