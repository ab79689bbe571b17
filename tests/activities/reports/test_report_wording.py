"""The report's own sentences, computed from figures."""

from datetime import date
from decimal import Decimal

import pytest

from activities.reports import wording
from activities.reports.content import Band
from activities.states import State
from samverkan.lib.names import listing
from samverkan.lib.numbers import in_unit


def counts(**given: int) -> dict[State, int]:
    return {state: given.get(state.value, 0) for state in State}


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ({}, "Det finns inga beslutade aktiviteter att redovisa."),
        ({"done": 1}, "Den enda aktiviteten är genomförd."),
        ({"off_track": 1}, "Den enda aktiviteten avviker."),
        ({"on_track": 2}, "Båda aktiviteterna går enligt plan."),
        ({"on_track": 3}, "Alla tre aktiviteter går enligt plan."),
        ({"done": 2, "on_track": 1}, "Alla tre aktiviteter är genomförda eller går enligt plan."),
        ({"done": 1, "at_risk": 1}, "En av två aktiviteter är genomförd."),
        ({"at_risk": 4}, "Ingen av fyra aktiviteter är genomförd eller går enligt plan."),
        ({"done": 4, "cancelled": 8}, "Fyra av tolv aktiviteter är genomförda."),
        ({"done": 9, "on_track": 10, "off_track": 10}, "19 av 29 aktiviteter är genomförda eller går enligt plan."),
    ],
)  # fmt: skip
def test_the_headline_says_how_many_go_well(given, headline):
    assert wording.headline(counts(**given)) == headline


@pytest.mark.parametrize(
    ("numbers", "named", "sentence"),
    [
        ({}, False, ""),
        ({"off_track": [7]}, False, ""),
        ({"on_track": [1, 2, 3]}, False, ""),
        ({"off_track": [9, 4], "done": [1]}, False, "Två avviker."),
        ({"off_track": [9, 4], "done": [1]}, True, "Två avviker (nummer 4 och 9)."),
        ({"off_track": [4], "at_risk": [2], "not_started": [6, 5], "cancelled": [8]}, False,
         "En avviker, en riskerar att avvika, två är inte påbörjade och en är avbruten."),
    ],
)  # fmt: skip
def test_deviations_are_counted_and_named(numbers, named, sentence):
    by_state = {state: numbers.get(state.value, []) for state in State}

    assert wording.deviations(by_state, named=named) == sentence


@pytest.mark.parametrize(
    ("overdue", "late_start", "not_updated", "sentence"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "En är försenad."),
        (0, 2, 0, "Två har sen start."),
        (0, 0, 1, "En är inte uppdaterad i eller efter omgången Våren."),
        (2, 0, 3, "Två är försenade och tre är inte uppdaterade i eller efter omgången Våren."),
        (
            2,
            1,
            3,
            "Två är försenade, en har sen start och tre är inte uppdaterade i eller efter omgången Våren.",
        ),
    ],
)
def test_what_is_late_and_silent_is_said_in_one_sentence(overdue, late_start, not_updated, sentence):
    counted = {"overdue": overdue, "late_start": late_start, "not_updated": not_updated}

    assert wording.attention(**counted, round_label="Våren") == sentence


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (None, "procent", ""),
        (Decimal("91.000"), "procent", "91\u00a0%"),
        (Decimal("0.500"), " Procent ", "0,5\u00a0%"),
        (Decimal(1), "ja/nej", "ja"),
        (Decimal(0), "ja/nej", "nej"),
        (Decimal(2), "ja/nej", "2"),
        (Decimal(12600), "antal", "12\u00a0600"),
        (Decimal(3), "", "3"),
        (Decimal(40), "kvällar", "40\u00a0kvällar"),
    ],
)
def test_a_value_is_written_with_its_unit(number, unit, text):
    assert in_unit(number, unit) == text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], ""),
        (["Vårby"], "Vårby"),
        (["Vårby", "Skogås"], "Vårby och Skogås"),
        (["A", "B", "C"], "A, B och C"),
    ],
)
def test_words_are_listed_as_in_a_sentence(words, text):
    assert listing(words) == text


def test_a_round_that_has_closed_is_not_called_open():
    due = date(2024, 9, 13)

    still = wording.asked(round_label="Våren", due_on=due, is_open=True)
    closed = wording.asked(round_label="Våren", due_on=due, is_open=False)

    asked = "Inte uppdaterad räknas i omgången Våren, med sista dag 13 september 2024."
    assert closed == f"{asked} Det som sägs efter den räknas också."
    assert still == f"{asked} Omgången var öppen när rapporten togs fram."


def test_a_band_is_drawn_from_end_to_end_with_the_worst_first():
    band = Band.of([State.DONE, State.OFF_TRACK, State.DONE, State.ON_TRACK])

    drawn = [(part.key.value, part.x, part.width) for part in band.segments if part.count]

    assert drawn == [
        ("off_track", "0.000%", "25.000%"),
        ("on_track", "25.000%", "25.000%"),
        ("done", "50.000%", "50.000%"),
    ]
    assert band.in_words == "1 avviker, 1 enligt plan, 2 genomförda"


def test_a_figure_stands_in_the_band_only_where_it_has_room():
    band = Band.of([State.OFF_TRACK] * 3 + [State.DONE] * 297)

    assert [(part.count, part.has_room) for part in band.segments if part.count] == [(3, False), (297, True)]


def test_an_empty_band_says_so():
    band = Band.of([])

    assert (band.total, band.in_words) == (0, "Inga aktiviteter")
    assert {part.width for part in band.segments} == {"0.000%"}
