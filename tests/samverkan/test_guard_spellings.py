"""The guard refuses or asks about every spelling of an identity number. It never refuses what is usually another number.

All twelves is the number that people test Swedish systems with.
"""

import random
from time import process_time

import pytest

from samverkan.lib.guard import doubtful_numbers, identity_numbers

ARABIC_INDIC = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
DEVANAGARI = {ord("0") + digit: 0x0966 + digit for digit in range(10)}
MATHEMATICAL = {ord("0") + digit: 0x1D7CE + digit for digit in range(10)}
CIRCLED = {ord("0"): 0x24EA} | {ord("0") + digit: 0x245F + digit for digit in range(1, 10)}


@pytest.mark.parametrize(
    "text",
    [
        "121212-1212",
        "19121212-1212",
        "191212121212",
        "1912-12-12-1212",
        "1912-12-12 - 1212",
        "1912\u201312\u201312\u20131212",  # en dashes
        "1912 12 12 1212",
        "1912 12 12-1212",
        "121212/1212",
        "121212.1212",
        "121212_1212",
        "121212:1212",
        "19121212/1212",
        "121212--1212",
        "121212-----1212",
        "121212  -  1212",
        "121212    1212",
        "121212\t1212",
        "121212\n1212",
        "121212\r\n-\r\n1212",
        "121212\u20151212",  # horizontal bar
        "121212\u20431212",  # hyphen bullet
        "121212\u02d71212",  # modifier minus
        "121212\u30fc1212",  # long vowel mark
        "121212\u28001212",  # empty Braille pattern
        "121212\u31641212",  # Hangul filler
        "121212\uffa01212",  # half-width Hangul filler
        "121212\x01-1212",
        "121212-\x7f1212",
        "12\u034f12\u034f12-12\u034f12",  # joins nothing
        "1\ufe0f\u20e32\ufe0f\u20e31212-1212",  # keycaps
        "12\u200b12\u200b12-12\u200b12",
        "121212-1212".translate(ARABIC_INDIC),
        "191212121212".translate(ARABIC_INDIC),
        "19121212-1212".translate(DEVANAGARI),
        "121212 1212".translate(MATHEMATICAL),
        "121212-1212".translate(CIRCLED),
        "Ring 08-535 300 00, 121212-1212, senast 2024-08-30.",
        "2024-08-30 121212-1212",
        "2024-08-30-121212-1212-2024-09-30",
    ],
    ids=ascii,
)
def test_in_a_shape_of_its_own_it_is_refused(text):
    assert [number[-11:] for number in identity_numbers(text)] == ["121212-XXXX"]


@pytest.mark.parametrize(
    "text",
    [
        "1212121212",
        "12 12 12-1212",
        "12-12-12-1212",
        "12.12.12.1212",
        "121212-12 12",
        "121212 12 12",
        "121 212 1212",
        "121212 (1212",
        "121212, 1212",
        "121212 / 1212",
        "121212. 1212",
        "121212**-1212",
        "1912-1212-1212",
        "191212 121212",
        "1912/12/12-1212",
        "1912-12-12 1212",  # a date and an amount as well
        "1912-12-12, 1212",
        "1 2 1 2 1 2 1 2 1 2",
    ],
)
def test_in_another_shape_it_is_asked_about_as_it_is_written(text):
    assert (identity_numbers(text), doubtful_numbers(f"Det är {text}) nu")) == ([], [text])


@pytest.mark.parametrize(
    "text",
    [
        "121212\x0012\x7f12",
        "121212\u200b1212",
        "121212\u20601212",
        "121212\ufe0f1212",
        "".join(f"{digit}\ufe0f\u20e3" for digit in "1212121212"),
        "1212121212".translate(ARABIC_INDIC),
    ],
    ids=ascii,
)
def test_what_looks_like_bare_ten_digits_is_asked_about(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], ["1212121212"])


# --- Something else, though the check digit happens to be right ----------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["2024-01-01 2022", "2024-01-01, 2022", "20240101 2022", "240101 2022", "240101/2022", "2024-01-01-2022"],
)
def test_a_date_and_a_year_are_only_asked_about(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [text])


@pytest.mark.parametrize("text", ["2024-08-30 1501 kronor", "2024-08-30, 1501 kronor", "2024-08-30: 1501"])
def test_a_date_and_an_amount_are_only_asked_about(text):
    assert (identity_numbers(text), len(doubtful_numbers(text))) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "070-112 12 12",
        "070 112 12 12",
        "0701-12 12 12",
        "08-12 12 12 18",
        "2024-08-30 15:01",
        "2024-08-30, 15.01",
        "2024-01-01-2022-12-31",
        "2024-01-01\u20132022-12-31",
        "2024-01-01 2022-12-31",
    ],
)
def test_telephone_numbers_times_and_periods_pass_as_people_write_them(text):
    digits = "".join(filter(str.isdecimal, text))[:12]
    assert identity_numbers(digits) or doubtful_numbers(digits)  # were it not for the shape
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "121212-1213",  # the wrong check digit
        "12 12 12-1213",
        "121312-1212",  # no such month
        "5560125790",
        "556012 - 5790",
        "16 556012-5790",
        "55 60 12-5790",
        "212000/0068",
        "12 34 56-6",  # postal giro
        "5012-1212",  # bank giro
        "KS-2022/941.142, § 14",
        "2010, 2011, 2012, 2013",
        "2023-01-01\u20132024-12-31",
        "30/8 2024 kl. 10.15",
        "1212121212121",
        "121212 och 1212",
        "121212....1212",
    ],
)
def test_other_numbers_pass(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [])


# --- Time ----------------------------------------------------------------------------------------------------
chance = random.Random(12)  # noqa: S311 - the same digits every time

LONG = {
    "one digit": "1" * 5000,
    "digits and spaces": "1 " * 2500,
    "dates of single digits": "1 0 " * 1250,
    "many of them": " ".join(chance.choice("0112") for _ in range(2500)),
    "pairs": "12 " * 1666,
    "separators": "-/" * 2500,
    "other scripts": "\u0661\u2015" * 2500,
    "invisible": "1\u200b" * 2500,
    "dates": "2012-12-12-" * 454,
    "numbers": "121212-1212 " * 416,
    "a gap": "121212" + " " * 4990 + "1212",
}


@pytest.mark.parametrize("name", LONG)
def test_the_longest_text_is_read_at_once(name):
    def milliseconds():
        start = process_time()
        identity_numbers(LONG[name])
        return (process_time() - start) * 1000

    assert min(milliseconds() for _ in range(5)) < 20
