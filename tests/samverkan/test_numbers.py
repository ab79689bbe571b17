"""Reading numbers as people write them, and writing them in Swedish."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.numbers import (
    TwoReadings,
    UnreadableNumber,
    counted,
    in_words,
    parse_number,
    read_number,
    written,
)


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
        ("13.000,78", "13000.78"),
        ("1.234,5", "1234.5"),
        ("1.200.000", "1200000"),
        ("1 200.500", "1200.5"),
        ("0.500", "0.5"),
        ("1234.567", "1234.567"),
        ("1,200", "1.2"),
        ("\u20133", "-3"),
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
        "1 2",
        "12 %",
        "12,",
        ",5",
        "1e5",
        "+3",
        "--3",
        "5-",
        "1.200",
        "NaN",
        "Infinity",
        "1_000",
        "12\x00",
    ],
)
def test_what_is_no_number_gives_none(text):
    assert parse_number(text) is None


@given(number=st.decimals(min_value=-(10**9) + 1, max_value=10**9 - 1, places=3))
def test_what_we_write_is_read_back(number):
    assert parse_number(written(number)) == number


@given(text=st.text())
def test_any_text_gets_a_number_or_none(text):
    assert parse_number(text) is None or isinstance(parse_number(text), Decimal)


# --- With the unit of the measure --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("12 600 kr", "kr", 12600),
        ("12\u00a0600\u00a0kr", "kronor", 12600),
        ("12600:-", "kr", 12600),
        ("12600,-", "kr", 12600),
        ("12 600 SEK", "Kr", 12600),
        ("50 %", "%", 50),
        ("50%", "procent", 50),
        ("50 procent", "%", 50),
        ("50 %", "% av eleverna", 50),
        ("12 tkr", "tkr", 12),
        ("12 tusen kronor", "tkr", 12),
        ("2,5 mnkr", "mkr", Decimal("2.5")),
        ("2 miljoner", "mkr", 2),
        ("2 milj. kr", "miljoner kronor", 2),
        ("2 MSEK", "Mnkr", 2),
        ("12 tusen", "tkr", 12),
        ("12 tkr", "kronor (tusental)", 12),
        ("12 tusen kr", "tusental (kr)", 12),
        ("50 %", "andel (%)", 50),
        ("50 procent", "Andel elever (%)", 50),
        ("12 kr", "kr per tusen invånare", 12),
        ("12 st.", "antal", 12),
        ("12 st", "", 12),
        ("12 st", "lyktor", 12),
        ("12 lyktor", "Lyktor", 12),
        ("5 tusen", "tusen st.", 5),
        ("ja", "ja/nej", 1),
        ("Nej", "ja/nej", 0),
    ],
)
def test_the_unit_may_stand_after_the_number(text, unit, number):
    assert read_number(text, unit) == number


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("50 %", "kr", "Måttet räknas i kr, men du skrev %. Skriv talet i kr."),
        ("12 tkr", "kr", "Måttet räknas i kr, men du skrev tkr. Skriv talet i kr."),
        ("12 kr", "tkr", "Måttet räknas i tkr, men du skrev kr. Skriv talet i tkr."),
        (
            "12 kr",
            "kronor (tusental)",
            "Måttet räknas i kronor (tusental), men du skrev kr. Skriv talet i kronor (tusental).",
        ),
        ("2 miljoner", "tkr", "Skriv hela talet med siffror, till exempel 12\u00a0000."),
        ("2 miljoner kronor", "kr", "Måttet räknas i kr, men du skrev miljoner kronor. Skriv talet i kr."),
        ("12 st", "%", "Måttet räknas i %, men du skrev st. Skriv talet i %."),
        ("50 kr", "antal", "Måttet räknas i antal, men du skrev kr. Skriv bara talet, utan ord efter det."),
        ("50 %", "", "Måttet har ingen enhet, men du skrev %. Skriv bara talet, utan ord efter det."),
        ("12 lampor", "lyktor", "Skriv bara talet, utan ord efter det."),
        ("12 tusen", "kr", "Skriv hela talet med siffror, till exempel 12\u00a0000."),
        ("12 st", "ja/nej", "Skriv ja eller nej."),
        ("5", "Ja/nej", "Skriv ja eller nej."),
    ],
)
def test_another_unit_is_told_with_both_names(text, unit, sentence):
    with pytest.raises(UnreadableNumber) as refused:
        read_number(text, unit)
    assert str(refused.value) == sentence


# --- What could mean two things, or is no single number ----------------------------------------------------
@pytest.mark.parametrize(
    ("text", "unit", "thousands", "decimals"),
    [
        ("1.200", "", 1200, "1.2"),
        ("12.600", "kr", 12600, "12.6"),
        ("12.600 kr", "kr", 12600, "12.6"),
        ("-1.200", "", -1200, "-1.2"),
    ],
)
def test_a_point_before_three_last_digits_could_be_either(text, unit, thousands, decimals):
    with pytest.raises(TwoReadings) as asked:
        read_number(text, unit)
    assert asked.value.readings == (thousands, Decimal(decimals))
    both = f"{written(thousands)} eller {written(Decimal(decimals))}"
    assert str(asked.value) == f"Menar du {both}? Skriv talet på ett av de sätten."


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("1e5", "Skriv talet med alla siffror"),
        ("2,5 x 10^3", "Skriv talet med alla siffror"),
        ("½", "Skriv talet med komma i stället för bråk"),
        ("1 ½", "Skriv talet med komma i stället för bråk"),
        ("1/2", "Skriv talet med komma i stället för bråk"),
        ("ca 50", "Skriv ett bestämt tal"),
        ("c:a 50", "Skriv ett bestämt tal"),
        ("ungefa\u0308r 50", "Skriv ett bestämt tal"),
        ("~50", "Skriv ett bestämt tal"),
        ("minst 50 %", "Skriv ett bestämt tal"),
        ("10–15", "Skriv ett enda tal"),
        ("10-15", "Skriv ett enda tal"),
        ("10 till 15", "Skriv ett enda tal"),
        ("1 2", "Skriv mellanslag mellan tusental"),
        ("1,200,000", "Skriv mellanslag mellan tusental"),
        ("1,200.50", "Skriv mellanslag mellan tusental"),
        ("8507099805", "Talet är för stort"),
        ("9" * 100_000, "Talet är för stort"),
        ("x" * 100_000, "Skriv ett tal"),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_single_number_is_told_what_to_write_instead(text, begins):
    with pytest.raises(UnreadableNumber, match=f"^{begins}"):
        read_number(text, "%")


@given(
    text=st.text(alphabet="0123456789 .,-\u2013%krst½e/", max_size=14), unit=st.sampled_from(["", "kr", "%"])
)
def test_whatever_is_typed_is_read_or_answered_with_one_sentence(text, unit):
    sentence = ""
    try:
        number = read_number(text, unit)
    except UnreadableNumber as refused:
        sentence = str(refused)
    assert sentence.endswith(".") if sentence else number.is_finite()


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
