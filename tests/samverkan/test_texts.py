"""Invisible characters are left out of a text, except those that emoji and other scripts need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.texts import readable


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\u200b",
        "\u200b \u200d\u200c",
        "\ufeff",
        "\u2060\u00ad",
        "\u3164",
        "\u2800\u2800",
        "\u115f\u1160\uffa0",
        "\x01\x7f\x85",
        "\u034f",
        "\ufe0f\ufe0f",
        "\u0301",
        "\ud800",
        "\ufdd0\uffff\U0001ffff",
        "\u202e\u2066",
        "\U000e0041\U000e0001",
    ],
    ids=ascii,
)
def test_a_text_of_what_nobody_can_see_is_empty(text):
    assert readable(text) == ""


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Två\u200b ord\ufeff", "Två ord"),
        ("Två\x01\x7f ord", "Två ord"),
        ("\u202eTvå\u202c ord", "Två ord"),
        ("\ufe0fTvå \ufe0ford", "Två ord"),
        ("Två\u200d ord\u200c", "Två ord"),
        ("Två\ufdd0 o\U000e0041rd\ud83d", "Två ord"),
        ("fo\u0308dd\u200b i Va\u200b\u030arby", "född i Vårby"),
        ("Två\r\nord\rtill\x0bpå\u2028rader\u2029här", "Två\nord\ntill\npå\nrader\nhär"),
    ],
    ids=ascii,
)
def test_it_is_left_out_of_a_text(text, clean):
    assert readable(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Tolv lyktor är uppe: § 14, 12 %, ”bra” – 3 m²…\n\t• Nästa",
        ".",
        "samman\u00adsättning",
        "12\u00a0600\u202fkr",
        "👍🏽 👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3 🇸🇪",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "\U0001fae9",  # newer than some Pythons
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, with a non-joiner within the word
        "\u0915\u094d\u200d\u0937",  # Devanagari
        "NUL \x00 is for the field to refuse",
        "\x00",
    ],
    ids=ascii,
)
def test_a_text_stays_as_it_is(text):
    assert readable(text) == text


@given(text=st.text())
def test_once_is_enough(text):
    assert readable(readable(text)) == readable(text)
