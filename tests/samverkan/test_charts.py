"""Where the shapes of a drawing lie: bands and bars in percent, circles that go round as a clock does."""

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.charts import Circle, percent, segments

COUNTS = st.dictionaries(st.integers(), st.integers(0, 300), min_size=1, max_size=6)


def test_a_part_is_written_as_svg_reads_it():
    assert [percent(1, 3), percent(3, 3), percent(0, 3), percent(0, 0)] == [
        "33.333%",
        "100.000%",
        "0.000%",
        "0.000%",
    ]


@given(counts=COUNTS)
def test_the_parts_of_a_band_lie_end_to_end_and_fill_it(counts):
    found = segments(counts)
    number = [(float(part.x[:-1]), float(part.width[:-1])) for part in found]

    assert [(part.key, part.count) for part in found] == list(counts.items())
    for (x, width), (then, _) in pairwise(number):
        assert then == pytest.approx(x + width, abs=0.002)
    assert sum(width for _, width in number) == pytest.approx(100 if any(counts.values()) else 0, abs=0.01)


def test_nothing_has_no_room_for_a_figure():
    assert [part.has_room for part in segments({"a": 0, "b": 0})] == [False, False]
    assert [part.has_room for part in segments({"a": 1, "b": 99, "c": 0})] == [False, True, False]


@pytest.mark.parametrize(
    ("angle", "point"),
    [(0, ("100.0", "50.0")), (90, ("150.0", "100.0")), (180, ("100.0", "150.0")), (270, ("50.0", "100.0"))],
)
def test_a_circle_goes_round_as_a_clock_does(angle, point):
    assert Circle(100).point(angle, 50) == point


@given(angle=st.floats(0, 360))
def test_a_point_is_as_far_from_the_middle_as_it_should_be(angle):
    x, y = map(float, Circle(100).point(angle, 50))
    assert hypot(x - 100, y - 100) == pytest.approx(50, abs=0.1)


def test_an_arc_takes_the_way_round_that_it_should_and_a_whole_turn_is_drawn():
    circle = Circle(100)
    assert circle.arc(0, 90, 50) == "M100.0 50.0 A50 50 0 0 1 150.0 100.0"
    assert circle.arc(0, 270, 50) == "M100.0 50.0 A50 50 0 1 1 50.0 100.0"
    assert circle.arc(0, 360, 50) == "M100.0 50.0 A50 50 0 1 1 99.9 50.0"
    assert circle.spoke(90, 10, 50) == "M110.0 100.0 L150.0 100.0"
