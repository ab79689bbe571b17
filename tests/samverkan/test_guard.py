"""Digits that the guard refuses as somebody's identity number, asks about, or lets pass.

The valid numbers have birth numbers 980–999, which the Swedish Tax Agency reserves for tests: they are nobody's.
"""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.guard import doubtful_numbers, identity_numbers, refuse_identity_numbers

FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def check_digit(nine_digits: str) -> int:
    """The last digit of an identity number, by Luhn."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine_digits)]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


def end_of(birth_date: str, birth_number: str = "987") -> str:
    """The last four digits that make the date an identity number."""
    return f"{birth_number}{check_digit(birth_date[-6:] + birth_number)}"


def test_the_check_digit_is_that_of_the_tax_agencys_example():
    assert end_of("811228") == "9874"


@pytest.mark.parametrize(
    "text",
    [
        "811228-9874",
        "19811228-9874",
        "198112289874",
        "811228 9874",
        "811228 - 9874",
        "811228+9874",
        "18811228+9874",
        "811228\u20109874",  # hyphen
        "811228\u20119874",  # hyphen that does not break
        "811228\u20129874",  # figure dash
        "811228\u20139874",  # en dash
        "811228\u20149874",  # em dash
        "811228\u22129874",  # minus
        "811228\ufe639874",  # small hyphen-minus
        "811228\uff0d9874",  # full-width hyphen-minus
        "811228\u00a09874",  # hard space
        "811228\u202f9874",  # narrow hard space
        "811228\u00ad9874",  # soft hyphen
        "811228\u200b-9874",  # zero-width space
        "811228-\ufeff9874",  # byte order mark
        "811228-9874".translate(FULL_WIDTH),  # full-width digits
        f"811288-{end_of('811288')}",  # coordination number: the day plus 60
        f"19811288{end_of('811288')}",
        f"20000229-{end_of('000229')}",  # a leap day
        "Pojken (811228-9874) bor kvar.",
        "nr:811228-9874.",
        "Ärende KS-2022/941.142 gäller 811228-9874",
        "id811228-9874x",
        "Ring 08-535 300 00.\n19811228-9874\n",
    ],
)
def test_an_identity_number_is_refused_however_it_is_written(text):
    with pytest.raises(ValidationError) as refused:
        refuse_identity_numbers(text)
    assert refused.value.code == "identity_number"


def test_the_refusal_says_which_number_without_repeating_it():
    with pytest.raises(ValidationError) as refused:
        refuse_identity_numbers("Gäller 811228-9874.")
    assert refused.value.message == (
        "Texten ser ut att innehålla ett personnummer eller samordningsnummer (811228-XXXX). "
        "Ta bort det: här ska inte finnas uppgifter om enskilda personer."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tre möten hölls och 120 personer kom.",
        "811228-9875",  # the wrong check digit
        "811328-1239",  # no such month
        f"810229-{end_of('810229')}",  # no such day
        f"811260-{end_of('811260')}",  # a coordination number's day is 61 to 91
        "KS-2022/941.142",
        "KS-2022/941.142, § 14",
        "A 2023-0456789",
        "2024-08-30",
        "20240830",
        "2024-08-30 10:15",
        "2023-01-01–2024-12-31",
        "30/8 2024",
        "556012-5790",  # organisation numbers: a "month" of at least 20
        "212000-0068",
        "5560125790",
        "165560125790",
        "16212000-0068",
        "08-535 300 00",
        "070-174 06 05",
        "0701740605",
        "+46 70 174 06 05",
        "+46701740605",
        "8112289874123",  # longer than any identity number
        "1234198112289874",
        f"55610812{end_of('610812')}",  # twelve digits of a century without people
        "12345678901234567890",
        "12 600 kronor",
        "811228",
        "9874",
    ],
)
def test_other_numbers_pass(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("8112289874", ["8112289874"]),
        ("Ring 8112289874 före tio.", ["8112289874"]),
        (f"811288{end_of('811288')}", [f"811288{end_of('811288')}"]),
        ("8112289874 eller 8112289874", ["8112289874", "8112289874"]),
    ],
)
def test_bare_ten_digits_that_could_be_either_are_asked_about(text, asked):
    refuse_identity_numbers(text)
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], asked)


def test_every_identity_number_of_a_text_is_found():
    assert identity_numbers("811228-9874 och 19811228-9874, men inte 8112289874") == [
        "811228-XXXX",
        "19811228-XXXX",
    ]


days = st.dates(date(1930, 1, 1), date(2024, 9, 30))
birth_numbers = st.integers(980, 999).map(str)
words = st.text(st.characters(codec="utf-8", exclude_categories=["N", "Cs"]), max_size=20)


@given(
    day=days,
    number=birth_numbers,
    shape=st.sampled_from(["%y%m%d-", "%y%m%d ", "%Y%m%d-", "%Y%m%d"]),
    before=words,
    after=words,
)
def test_whoever_it_is_and_whatever_stands_around_it(day, number, shape, before, after):
    written = day.strftime(shape) + end_of(day.strftime("%y%m%d"), number)
    assert len(identity_numbers(f"{before} {written} {after}")) == 1


@given(day=days, number=birth_numbers, wrong=st.integers(1, 9))
def test_a_wrong_check_digit_makes_it_another_number(day, number, wrong):
    birth_date = day.strftime("%y%m%d")
    end = end_of(birth_date, number)
    assert identity_numbers(f"{birth_date}-{end[:3]}{(int(end[3]) + wrong) % 10}") == []


@given(text=st.text())
def test_any_text_gets_an_answer(text):
    assert set(identity_numbers(text)) & set(doubtful_numbers(text)) == set()


@given(text=words)
def test_a_text_without_digits_passes(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [])
