"""Stacked bars (bands), and widths in percent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K")


@dataclass(frozen=True)
class Segment(Generic[K]):
    """One part of a band. `x` and `width` are in percent of the band."""

    key: K
    count: int
    x: str
    width: str
    has_room: bool  # for its figure at 15 px, in a band as wide as a report's page


def segments(counts: Mapping[K, int]) -> list[Segment[K]]:
    """The parts in the order of the mapping, including empty ones with the width 0."""
    total, before = sum(counts.values()), 0
    found = []
    for key, count in counts.items():
        has_room = 100 * count >= total * (1.8 + 1.2 * len(str(count))) > 0
        found.append(Segment(key, count, percent(before, total), percent(count, total), has_room))
        before += count
    return found


def percent(part: int, whole: int) -> str:
    """`25.000%`; `0.000%` of nothing."""
    return f"{100 * part / whole if whole else 0:.3f}%"
