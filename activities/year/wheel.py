"""The wheel of *Årshjul*: the place of each day. January begins at the top, and the year goes clockwise."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from activities.year.happening import Happening, Kind
from samverkan.lib.charts import Circle
from samverkan.lib.dates import MONTHS

CENTRE = 220
TRACK = 160  # radius of the ring for what lasts several days
NAMES = 118  # radius of the ring of the months' names
DOTS = 188  # radius of the ring for single days; a dot that would cover the one before moves out by STEP
STEP = 18
NEAR = timedelta(days=4)
POINTER = (96, 176)  # radii between which the line of today runs
GAP = (146, 174)  # radii between which the lines between the months run


@dataclass(frozen=True)
class Arc:
    path: str
    kind: Kind | None = None
    title: str = ""


@dataclass(frozen=True)
class Point:
    """A dot, or the middle of a month's name."""

    x: str
    y: str
    title: str
    kind: Kind | None = None
    is_current: bool = False


@dataclass(frozen=True)
class Wheel:
    """`elapsed`: the part of the year that has passed, None before it. `today`: the line of today, in the present year only."""

    names: tuple[Point, ...]
    gaps: tuple[str, ...]
    elapsed: Arc | None
    today: str
    arcs: tuple[Arc, ...]
    dots: tuple[Point, ...]

    @classmethod
    def of(cls, year: int, happenings: Iterable[Happening], *, today: date) -> "Wheel":
        round_the_year = _YearCircle(year)
        shown = list(happenings)
        first, last = date(year, 1, 1), date(year, 12, 31)
        is_now = today.year == year
        return cls(
            names=tuple(round_the_year.name(number, today) for number in range(1, 13)),
            gaps=tuple(round_the_year.line(date(year, number, 1), *GAP) for number in range(1, 13)),
            elapsed=Arc(round_the_year.arc(first, min(today, last))) if today >= first else None,
            today=round_the_year.line(today, *POINTER) if is_now else "",
            arcs=tuple(
                Arc(round_the_year.arc(max(each.day, first), min(each.until, last)), each.kind, each.in_words)
                for each in shown
                if each.until and each.day <= last and each.until >= first
            ),
            dots=tuple(
                round_the_year.dots(each for each in shown if each.day.year == year and not each.until)
            ),
        )


class _YearCircle:
    def __init__(self, year: int) -> None:
        self.first = date(year, 1, 1)
        self.days = (date(year, 12, 31) - self.first).days + 1
        self.circle = Circle(CENTRE)

    def angle(self, day: date, *, part: float = 0) -> float:
        """The angle in degrees when `part` of the day has passed."""
        return 360 * ((day - self.first).days + part) / self.days

    def arc(self, day: date, until: date) -> str:
        """From the morning of the first day to the evening of the last."""
        return self.circle.arc(self.angle(day), self.angle(until, part=1), TRACK)

    def line(self, day: date, inner: float, outer: float) -> str:
        return self.circle.spoke(self.angle(day), inner, outer)

    def dots(self, happenings: Iterable[Happening]) -> Iterator[Point]:
        """The dots of happenings sorted by day."""
        before: Happening | None = None
        is_out = False
        for each in happenings:
            is_out = not is_out and before is not None and each.day - before.day < NEAR
            x, y = self.circle.point(self.angle(each.day, part=0.5), DOTS + STEP * is_out)
            yield Point(x, y, each.in_words, each.kind)
            before = each

    def name(self, number: int, today: date) -> Point:
        x, y = self.circle.point(360 * (number - 0.5) / 12, NAMES)
        is_current = (today.year, today.month) == (self.first.year, number)
        return Point(x, y, MONTHS[number - 1][:3], is_current=is_current)
