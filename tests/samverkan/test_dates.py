"""Reading days as people write them, and writing them in Swedish."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.dates import in_month, in_words, parse_day

AUGUST_30, MAY_1 = date(2024, 8, 30), date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-08-30", AUGUST_30),
        ("2024-8-30", AUGUST_30),
        ("20240830", AUGUST_30),
        ("30/8 2024", AUGUST_30),
        ("30/8-2024", AUGUST_30),
        ("30/08, 2024", AUGUST_30),
        ("30 augusti 2024", AUGUST_30),
        ("30 AUGUSTI 2024", AUGUST_30),
        ("30 aug 2024", AUGUST_30),
        ("30 aug. 2024", AUGUST_30),
        ("30:e augusti 2024", AUGUST_30),
        ("  30\u00a0augusti\n2024 ", AUGUST_30),
        ("1 maj 2024", MAY_1),
        ("1:a maj 2024", MAY_1),
        ("1. maj 2024", MAY_1),
        ("29 februari 2024", date(2024, 2, 29)),
    ],
)
def test_a_written_day_is_read(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "i dag",
        "2024",
        "augusti 2024",
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "0/8 2024",
        "30 au 2024",
        "30 augustus 2024",
        "30 août 2024",
        "08/30/2024",
        "30/8",
        "30/8 24",
        "24-08-30",
        "2024-08-30 10:15",
        "2024-08-30\x00",
        "0000-01-01",
        "99999-01-01",
    ],
)
def test_what_is_no_day_gives_none(text):
    assert parse_day(text) is None


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_way_to_write_a_day_is_read_back(day):
    ways = [day.isoformat(), f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}", in_words(day)]
    assert [parse_day(way) for way in ways] == [day] * 4


@given(text=st.text())
def test_any_text_gets_a_day_or_none(text):
    assert parse_day(text) is None or isinstance(parse_day(text), date)


@pytest.mark.parametrize(
    ("day", "words", "month"),
    [
        (AUGUST_30, "30 augusti 2024", "augusti 2024"),
        (MAY_1, "1 maj 2024", "maj 2024"),
        (date(2023, 12, 31), "31 december 2023", "december 2023"),
    ],
)
def test_a_day_is_written_in_swedish(day, words, month):
    assert (in_words(day), in_month(day)) == (words, month)
