"""The guard reads a birth date with its last four apart, reserve numbers, and case numbers that only the check digit tells."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.guard import doubtful_numbers, identity_numbers, masked


@pytest.mark.parametrize(
    "text",
    [
        "född 811218, sista siffrorna 9876",
        "Född 1981-12-18. Sista fyra siffrorna är 9876.",
        "fo\u0308dd 18 december 1981, sista siffrorna 9876",
        "hen är född den 18/12 1981 (de fyra sista siffrorna: 9876)",
        "FÖDD 18.12.1981, SISTA SIFFRORNA 98 76",
        "De fyra sista siffrorna är 9876 och födelsedatum 19811218",
        "18/12 1981-9876",
        "811218-T987",
        "811218-t987",
        "19811218-Å987",
        "19811218T987",
        "811278-R987",  # a coordination number's day
        "811218\u2011T987",
        "811218 - T987",
        "1981-12-18-T987",
    ],
    ids=ascii,
)
def test_a_number_in_parts_or_with_a_letter_is_refused(text):
    assert [number[-9:] for number in identity_numbers(text)] in (["1218-XXXX"], ["1278-XXXX"])


@pytest.mark.parametrize(
    "text",
    [
        "född 811218, 9876",
        "f. 811218 och 9876",
        "personnummer 811218 och sedan 9876",
        "18/12 1981, 9876",
        "18 dec -81 9876",
        "811218 T987",
        "811218-TF01",
        "811218-9T76",
        "811218-987X",
        "dnr 201212-1212",
        "Diarienummer: KS 201212-1212",
        "KS-201212-1212",
        "SN/201212-1212",
    ],
)
def test_what_could_be_something_else_is_asked_about(text):
    assert (identity_numbers(text), len(doubtful_numbers(text))) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "dnr 811218-9876",  # no case number begins with 8112
        "KS 201212-1212",  # a word, not a register's prefix
        "Barnet 201212-1212",
        "Ärendet gäller 201212-1212",
    ],
)
def test_a_register_excuses_only_what_begins_with_a_year(text):
    assert len(identity_numbers(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "född 811218, sista siffrorna 9875",  # the wrong check digit
        "811218 deltog och 9876 kom",  # nothing says that they belong together
        "född 811218" + " och växte upp i Huddinge" * 3 + " med 9876",  # too far away
        "Född 811218. År 2012 flyttade familjen.",
        "811318-T987",  # no such month
        "811260-T987",  # neither a day nor a coordination number's
        "811218-XXXX",  # as the guard itself writes
        "20240830-v2.pdf",
        "240830 kl10",
        "20240830 KL10",
        "2024-08-30T10:15",
        "20240830T101500",
        "2024-08-30 v123",
        "240830-rapp",
        "240830-100m",
        "KS-2022/941.142",
        "KS-2012/1210.142",
        "2022-0941-142",
        "2012-121045",
        "1/9 2012–12/10 2013",
        "kl. 08:10–12:00, 13:00–16:30",
        "+46 (0)70 174 06 05",
    ],
)
def test_other_texts_pass(text):
    assert (identity_numbers(text), doubtful_numbers(text)) == ([], [])


# --- Masked --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Gäller 811218-9876,\n\n  och inget annat.", "Gäller 811218-XXXX,\n\n  och inget annat."),
        ("198112189876 och 811218-T987", "19811218XXXX och 811218-XXXX"),
        ("född 811218, sista siffrorna 9876!", "född 811218, sista siffrorna XXXX!"),
        ("8112\u200b18--98\u200b76", "8112\u200b18--XX\u200bXX"),
        (
            "\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16",
            "\uff18\uff11\uff11\uff12\uff11\uff18-XXXX",
        ),
        ("Ring 8112189876 eller 08-535 300 00, KS-2022/941.142", None),  # the form asks about the first
        ("", None),
    ],
    ids=ascii,
)
def test_a_masked_text_has_lost_the_last_digits_and_nothing_else(text, kept):
    assert masked(text) == (text if kept is None else kept)


@given(
    text=st.text(),
    number=st.sampled_from(["811218-9876", "19811218-T987", "född 811218, sista siffrorna 9876"]),
)
def test_no_number_is_left_in_a_masked_text(text, number):
    assert identity_numbers(masked(f"{text} {number} {text}")) == []


# --- Time ----------------------------------------------------------------------------------------------------
LONG = {
    "born": "född 811218 siffrorna 9876 " * 180,
    "days and fours": "siffr " + "811218 x 1213 y " * 300,
    "short days": "sista siffrorna " + "12.12.12 " * 540,
    "letters": "811218-T12 " * 450,
    "registers": "KS-201212-1214 " * 330,
    "telephones": "08-12 12 12 18 " * 330,
    "words": "född siffr dnr personnummer " * 180,
}


@pytest.mark.parametrize("name", LONG)
def test_the_longest_text_is_read_at_once(name):
    def milliseconds():
        start = process_time()
        identity_numbers(LONG[name])
        return (process_time() - start) * 1000

    assert min(milliseconds() for _ in range(5)) < 40
