"""Measures every colour of a text or a meaning with WCAG's formula, from the style sheet itself."""

import re
from itertools import product
from pathlib import Path

import pytest

from activities.states import State

TOKENS = (Path(__file__).resolve().parents[2] / "static/css/base/tokens.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", TOKENS))
TEXT, GRAPHICS = 4.5, 3.0
STATES = ("grey", "green", "amber", "red", "blue", "violet")


def luminance(colour: str) -> float:
    """Relative luminance, 0 for black and 1 for white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#FFFFFF") == pytest.approx(1)


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        *product(("ink", "muted", "link", "error"), ("surface", "paper")),
        *product(("ink", "link", "muted"), ("primary-tint",)),
    ],
)
def test_words_stand_out_from_their_ground(words, ground):
    assert contrast(COLOURS[words], COLOURS[ground]) >= TEXT


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("surface", "primary"),
        ("surface", "primary-hover"),
        ("surface", "header"),
        ("surface", "header-hover"),
        ("header-muted", "header"),
        ("header-muted", "header-hover"),
        ("primary", "surface"),
        ("error", "error-tint"),
        ("note", "note-tint"),
    ],
)
def test_words_stand_out_on_coloured_ground(words, ground):
    assert contrast(COLOURS[words], COLOURS[ground]) >= TEXT


@pytest.mark.parametrize("state", STATES)
def test_a_states_word_stands_out_on_its_tint_and_on_white(state):
    assert contrast(COLOURS[state], COLOURS[f"{state}-tint"]) >= TEXT
    assert contrast(COLOURS[state], COLOURS["surface"]) >= TEXT
    assert contrast(COLOURS[state], COLOURS["paper"]) >= TEXT


@pytest.mark.parametrize(
    "fill",
    ["grey-fill", "green-fill", "amber-fill", "red-fill", "blue-fill", "slate-fill", "control", "link-line"],
)
def test_shapes_and_borders_stand_out_from_white(fill):
    assert contrast(COLOURS[fill], COLOURS["surface"]) >= GRAPHICS


def test_the_focus_is_seen_on_any_ground():
    """One of its two colours contrasts with light and dark alike, and the two contrast with each other."""
    assert contrast(COLOURS["focus"], COLOURS["focus-ring"]) >= GRAPHICS
    for light in ("surface", "paper", "primary-tint"):
        assert contrast(COLOURS["focus"], COLOURS[light]) >= GRAPHICS
    for dark in ("header", "primary"):
        assert contrast(COLOURS["focus-ring"], COLOURS[dark]) >= GRAPHICS


def test_every_state_and_flag_names_its_colours():
    named = set(re.findall(r"^ *\.state-(\w+)", TOKENS, re.MULTILINE))
    assert named == {*State.values, "overdue", "late_start", "not_updated"}
