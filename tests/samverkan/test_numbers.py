"""Reading numbers as people write them, and writing them in Swedish."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.numbers import counted, in_words, parse_number, written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12 600", "12600"),
        ("12\u00a0600", "12600"),
        ("12\u202f600", "12600"),
        ("12\u2009600,75", "12600.75"),
        (" 12 ", "12"),
        ("-3", "-3"),
        ("\u22123,5", "-3.5"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_a_written_number_is_read(text, number):
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "tolv",
        "12,5,1",
        "1.234,5",
        "12 %",
        "12,",
        ",5",
        "1e5",
        "+3",
        "--3",
        "NaN",
        "Infinity",
        "1_000",
        "12\x00",
    ],
)
def test_what_is_no_number_gives_none(text):
    assert parse_number(text) is None


@given(number=st.decimals(min_value=-(10**11), max_value=10**11, places=3))
def test_what_we_write_is_read_back(number):
    assert parse_number(written(number)) == number


@given(text=st.text())
def test_any_text_gets_a_number_or_none(text):
    assert parse_number(text) is None or isinstance(parse_number(text), Decimal)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (12, "12"),
        (100, "100"),
        (999, "999"),
        (1000, "1\u00a0000"),
        (12600, "12\u00a0600"),
        (1234567, "1\u00a0234\u00a0567"),
        (Decimal("0.5"), "0,5"),
        (Decimal("12.500"), "12,5"),
        (Decimal("3.000"), "3"),
        (Decimal("1E+3"), "1\u00a0000"),
        (-3, "\u22123"),
        (-12600, "\u221212\u00a0600"),
        (Decimal("-0.5"), "\u22120,5"),
        (Decimal("-0.000"), "0"),
    ],
)
def test_a_number_is_written_with_comma_and_hard_spaces(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "noll"), (1, "en"), (2, "två"), (12, "tolv"), (13, "13"), (1000, "1\u00a0000"), (-1, "\u22121")],
)
def test_counts_up_to_twelve_are_words(count, words):
    assert in_words(count) == words


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 aktiviteter"), (1, "1 aktivitet"), (2, "2 aktiviteter"), (1200, "1\u00a0200 aktiviteter")],
)
def test_what_is_counted_agrees_with_its_number(count, text):
    assert counted(count, "aktivitet", "aktiviteter") == text
