"""The wheel of *Årshjul*: each day lies at its place in the year, clockwise."""

from datetime import date, timedelta
from math import atan2, degrees, hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.year.happening import Happening, Kind
from activities.year.wheel import CENTRE, DOTS, STEP, TRACK, Wheel
from tests.factories import RoundFactory

NOW = date(2024, 9, 30)
days_of_2024 = st.integers(0, 365).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


def happening(day: date, until: date | None = None) -> Happening:
    return Happening(day, "Något", "händer", Kind.ROUND, until=until)


def angle_of(x: str, y: str) -> float:
    """The angle of a point, in degrees clockwise from the top."""
    return degrees(atan2(float(x) - CENTRE, CENTRE - float(y))) % 360


@given(day=days_of_2024)
def test_a_day_lies_where_it_is_in_the_year(day):
    (dot,) = Wheel.of(2024, [happening(day)], today=NOW).dots

    expected = (day.timetuple().tm_yday - 0.5) / 366 * 360
    assert angle_of(dot.x, dot.y) == pytest.approx(expected, abs=0.1)
    assert hypot(float(dot.x) - CENTRE, float(dot.y) - CENTRE) == pytest.approx(DOTS, abs=0.1)


def test_what_would_lie_upon_another_day_moves_out():
    shown = [happening(date(2024, 12, day)) for day in (1, 30, 31, 31)]

    dots = Wheel.of(2024, shown, today=NOW).dots

    radii = [round(hypot(float(dot.x) - CENTRE, float(dot.y) - CENTRE)) for dot in dots]
    assert radii == [DOTS, DOTS, DOTS + STEP, DOTS]


def ends_of(path: str) -> tuple[float, float, str]:
    """The first and last angle of an arc in degrees, and whether it takes the long way round."""
    begin, arc = path.removeprefix("M").split(" A")
    _, _, _, long, _, *end = arc.split()
    return angle_of(*begin.split()), angle_of(*end), long


@pytest.mark.parametrize(
    ("day", "until", "begins", "ends", "long"),
    [
        (date(2024, 1, 1), date(2024, 1, 31), 0, 31 / 366 * 360, "0"),
        (date(2023, 12, 1), date(2024, 1, 31), 0, 31 / 366 * 360, "0"),
        (date(2024, 12, 1), date(2025, 1, 31), 335 / 366 * 360, 0, "0"),
        (date(2024, 1, 1), date(2024, 9, 30), 0, 274 / 366 * 360, "1"),
    ],
)
def test_what_goes_on_for_some_days_lies_along_them(day, until, begins, ends, long):
    (arc,) = Wheel.of(2024, [happening(day, until)], today=NOW).arcs

    found = ends_of(arc.path)
    assert found[:2] == (pytest.approx(begins, abs=0.1), pytest.approx(ends, abs=0.1))
    assert found[2] == long


def test_what_goes_on_in_another_year_is_not_there():
    assert Wheel.of(2024, [happening(date(2025, 1, 1), date(2025, 1, 24))], today=NOW).arcs == ()


def test_a_whole_year_is_drawn_almost_round():
    (arc,) = Wheel.of(2024, [happening(date(2024, 1, 1), date(2024, 12, 31))], today=NOW).arcs
    assert ends_of(arc.path) == (0, pytest.approx(359.9, abs=0.1), "1")


@pytest.mark.parametrize(
    ("year", "passed", "has_line", "current"),
    [(2023, True, False, []), (2024, True, True, ["sep"]), (2025, False, False, [])],
)
def test_only_the_present_year_has_a_line_for_today(year, passed, has_line, current):
    wheel = Wheel.of(year, [], today=NOW)

    assert (wheel.elapsed is not None, wheel.today != "") == (passed, has_line)
    assert [name.title for name in wheel.names if name.is_current] == current


def test_no_number_of_the_drawing_has_a_decimal_comma(agreement, lasare, client_for):
    RoundFactory()

    page = client_for(lasare).get("/2023-2024/arshjul/").content.decode()

    drawing = page[page.index('<svg class="wheel"') : page.index("</svg>", page.index('<svg class="wheel"'))]
    assert f"A{TRACK} {TRACK}" in drawing
    assert drawing.count("<title>") == 4
    assert all(
        "," not in part.split('"')[0] for key in (' d="', ' x="', ' cx="') for part in drawing.split(key)[1:]
    )
