"""Reading days as people write them, and writing them in Swedish."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.dates import WEEKDAYS, UnreadableDay, in_month, in_words, parse_day, read_day, until

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
        ("30.8.2024", AUGUST_30),
        ("30. 8. 2024", AUGUST_30),
        ("2024–08–30", AUGUST_30),
        ("2024\u201108\u221230", AUGUST_30),
        ("2024/08/30", AUGUST_30),
        ("30-8-2024", AUGUST_30),
        ("30/8 24", AUGUST_30),
        ("30/8 -24", AUGUST_30),
        ("30.8.24", AUGUST_30),
        ("30 sept 2024", date(2024, 9, 30)),
        ("den 30 augusti 2024", AUGUST_30),
        ("Den 30:e augusti 2024.", AUGUST_30),
        ("fredag 30 augusti 2024", AUGUST_30),
        ("fredagen den 30 augusti 2024", AUGUST_30),
        ("fre 30/8 2024", AUGUST_30),
        ("lo\u0308rdag 31 augusti 2024", date(2024, 8, 31)),
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
        "30/8 124",
        "10-12",
        "torsdag 30 augusti 2024",
        "2024-08-30 10:15",
        "2024-08-30\x00",
        "0000-01-01",
        "99999-01-01",
    ],
)
def test_what_is_no_day_gives_none(text):
    assert parse_day(text) is None


# --- Without a year ------------------------------------------------------------------------------------------
TWO_YEARS = (date(2023, 1, 1), date(2024, 12, 31))
ONE_YEAR = (date(2024, 2, 1), date(2024, 12, 31))


@pytest.mark.parametrize("text", ["30/9", "30.9.", "30 sept", "den 30 september", "måndag 30/9"])
def test_a_day_without_its_year_is_the_only_one_in_its_time(text):
    assert read_day(text, ONE_YEAR) == read_day(text, ONE_YEAR, TWO_YEARS) == date(2024, 9, 30)


def test_a_year_of_two_digits_is_first_when_that_is_in_its_time():
    assert read_day("24-08-30", TWO_YEARS) == AUGUST_30


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/8", AUGUST_30),
        ("1 okt", date(2023, 10, 1)),
        ("29/2", date(2024, 2, 29)),
        ("24-08-30", AUGUST_30),
        ("01-01-29", date(2001, 1, 29)),
    ],
)
def test_a_day_that_has_been_is_the_latest_such(text, day):
    assert read_day(text, *until(date(2024, 9, 30))) == day


def test_a_time_without_such_a_day_leaves_it_to_the_next():
    assert read_day("15 jan", ONE_YEAR, (date(2023, 6, 1), date(2024, 12, 31))) == date(2024, 1, 15)


@pytest.mark.parametrize(("text", "day"), [("29/2", date(2024, 2, 29)), ("fredag 30/8", AUGUST_30)])
def test_a_leap_day_and_a_weekday_tell_the_year(text, day):
    assert read_day(text, TWO_YEARS) == day


@pytest.mark.parametrize(
    ("text", "within", "sentence"),
    [
        ("30/9", [TWO_YEARS], "Skriv också året: 30/9 2023 eller 30/9 2024."),
        ("30 sept", [TWO_YEARS], "Skriv också året: 30/9 2023 eller 30/9 2024."),
        (
            "30/9",
            [(date(2023, 1, 1), date(2025, 12, 31))],
            "Skriv också året: 30/9 2023, 30/9 2024 eller 30/9 2025.",
        ),
        ("30/9", [], "Skriv också året, till exempel 30/9 2024."),
        ("30/1", [ONE_YEAR], "Skriv också året, till exempel 30/1 2024."),
        (
            "torsdag 30/8",
            [TWO_YEARS],
            "30 augusti är ingen torsdag 2023 eller 2024. Rätta dagen eller veckodagen.",
        ),
        ("30/2", [TWO_YEARS], "Februari har högst 29 dagar."),
        ("31/9", [TWO_YEARS], "September har 30 dagar."),
        ("30-08-24", [TWO_YEARS], "Skriv året med fyra siffror: 2030-08-24 eller 2024-08-30."),
        ("01-01-29", [], "Skriv året med fyra siffror: 2001-01-29 eller 2029-01-01."),
        ("2024-02-30", [], "Februari 2024 har 29 dagar."),
        ("29/2 2023", [], "Februari 2023 har 28 dagar."),
        ("31 september 2024", [], "September 2024 har 30 dagar."),
        ("08/30/2024", [], "Det finns ingen månad 30. Skriv ett datum som 2024-08-30."),
        (
            "torsdag 30 augusti 2024",
            [],
            "30 augusti 2024 är en fredag, inte en torsdag. Rätta dagen eller veckodagen.",
        ),
        ("igår", [TWO_YEARS], "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("850709-9805", [], "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("9" * 100_000, [], "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_not_one_day_is_told_what_to_write_instead(text, within, sentence):
    with pytest.raises(UnreadableDay) as refused:
        read_day(text, *within)
    assert str(refused.value) == sentence


@given(text=st.text(alphabet="0123456789 /.-–sept mandfr:e", max_size=16))
def test_whatever_is_typed_is_a_day_or_answered_with_one_sentence(text):
    sentence = ""
    try:
        day = read_day(text, TWO_YEARS)
    except UnreadableDay as refused:
        sentence = str(refused)
    assert sentence.endswith(".") if sentence else isinstance(day, date)


@given(day=st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_way_to_write_a_day_is_read_back(day):
    numbers = f"{day.day}/{day.month} {day.year}"
    words = f"{WEEKDAYS[day.weekday()]} den {in_words(day)}"
    ways = [day.isoformat(), f"{day:%Y%m%d}", numbers, numbers.replace("/", "."), in_words(day), words]
    assert [parse_day(way) for way in ways] == [day] * 6


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
