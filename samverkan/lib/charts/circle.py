"""Paths in a circle. Angles are in degrees, clockwise from the top."""

from dataclasses import dataclass
from math import cos, radians, sin

ALMOST_ROUND = 359.9  # an arc of 360 degrees would not be drawn


@dataclass(frozen=True)
class Circle:
    """`centre` is both x and y of the middle."""

    centre: float

    def point(self, angle: float, radius: float) -> tuple[str, str]:
        """The coordinates x and y, with one decimal."""
        turn = radians(angle)
        return f"{self.centre + radius * sin(turn):.1f}", f"{self.centre - radius * cos(turn):.1f}"

    def arc(self, begins: float, ends: float, radius: float) -> str:
        """The path clockwise from one angle to another. A whole turn becomes 359.9 degrees."""
        ends = min(ends, begins + ALMOST_ROUND)
        start, end = (" ".join(self.point(angle, radius)) for angle in (begins, ends))
        return f"M{start} A{radius} {radius} 0 {int(ends - begins > 180)} 1 {end}"

    def spoke(self, angle: float, inner: float, outer: float) -> str:
        """The path of a line outwards between two radii."""
        start, end = (" ".join(self.point(angle, radius)) for radius in (inner, outer))
        return f"M{start} L{end}"
