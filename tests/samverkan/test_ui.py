from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.template.loader import render_to_string

from activities.states import State
from samverkan.lib import icons
from samverkan.templatetags import ui


def test_an_icon_takes_size_and_colour_from_the_text_and_is_silent():
    html = engines["django"].from_string('{% icon "circle" %}').render()
    assert html.startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="')
    assert html.endswith("</svg>")
    assert "fill=" not in html
    assert "width=" not in html


@pytest.mark.parametrize("name", ["no-such-icon", "../bootstrap-icons/circle", "Circle", ""])
def test_an_unknown_icon_is_told_at_once(name):
    with pytest.raises(LookupError, match="There is no icon named"):
        icons.svg(name)


def test_every_vendored_icon_can_be_drawn():
    names = [file.stem for file in icons.ICONS.glob("*.svg")]
    assert len(names) > 20
    assert all("<path" in icons.shapes(name) for name in names)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (date(2024, 5, 14), "14 maj 2024"),
        (datetime(2024, 5, 14, 22, 30, tzinfo=UTC), "15 maj 2024"),
        (None, ""),
    ],
)
def test_days_are_written_in_swedish_and_in_swedish_time(moment, written):
    assert ui.sv_date(moment) == written


@pytest.mark.parametrize(
    ("number", "unit", "written"),
    [(Decimal("0.500"), "procent", "0,5\u00a0%"), (Decimal(1), "ja/nej", "ja"), (None, "antal", "")],
)
def test_a_value_is_written_in_its_unit(number, unit, written):
    assert ui.in_unit(number, unit) == written


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Samordnare trygghet (demo)", "ST"),
        ("Säkerhetssamordnare barn- och utbildning (demo)", "SU"),
        ("Kommunpolis", "KO"),
        ("åsa", "ÅS"),
        ("(demo)", ""),
        ("", ""),
    ],
)
def test_an_avatar_has_at_most_two_letters(name, letters):
    assert ui.initials(name) == letters


@pytest.mark.parametrize("state", State)
def test_a_state_always_has_its_word_and_its_icon(state):
    for look in ({}, {"plain": True}):
        html = render_to_string("_partials/_state.html", {"state": state, **look})
        assert state.label in html
        assert f"state-{state.value}" in html
        assert html.count("<svg") == 1
    alone = render_to_string("_partials/_state.html", {"state": state, "icon_only": True})
    assert state.label not in alone
    assert alone.count("<svg") == 1


def test_states_differ_in_shape_and_not_only_in_colour():
    drawings = {
        render_to_string("_partials/_state.html", {"state": state, "icon_only": True}).replace(
            f"state-{state.value}", ""
        )
        for state in State
    }
    assert len(drawings) == len(State)


@pytest.mark.parametrize(
    ("flag", "label"),
    [("overdue", "Försenad"), ("not_updated", "Inte uppdaterad"), ("late_start", "Sen start")],
)
def test_a_flag_says_its_word_and_since_when(flag, label):
    since = {"flag": flag, "since": date(2024, 5, 14)}
    html = " ".join(render_to_string("_partials/_flag.html", since).split())
    assert f"{label} sedan 14 maj 2024" in html
    assert html.count("<svg") == 1


def test_a_mark_says_the_same_as_its_partial_and_is_not_escaped():
    template = engines["django"].from_string(
        '{% mark "_partials/_state.html" state=state %}|{% include "_partials/_state.html" with state=state only %}'
    )
    for state in State:
        marked, included = template.render({"state": state}).split("|")

        assert marked == included
        assert f"</svg> {state.label}" in " ".join(marked.split())
