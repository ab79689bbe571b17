"""Merging by three values, seen, saved and typed; and marking the words that two texts do not share."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.editing.three_values import digest
from samverkan.lib.forms import DayField, NumberField, TextsField
from samverkan.lib.wordwise import compared
from tests.support.as_sent import as_sent


class PlanForm(SideBySideForm):
    """A form with a field of each kind. `stands` gives the saved values."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = TextsField(label="Text", required=False)
    day = DayField(label="Dag", required=False)
    number = NumberField(label="Tal", required=False)
    box = forms.BooleanField(label="Kryss", required=False)
    one = forms.ChoiceField(label="En", required=False, choices=[("", "Ingen"), ("a", "Ada"), ("b", "Bo")])
    many = forms.MultipleChoiceField(
        label="Flera",
        required=False,
        choices=[("1", "Ett"), ("2", "Två"), ("3", "Tre")],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data=None, *, version=1, **stands):
        super().__init__(data, initial=stands, carried={"version": version})

    def what_was_saved(self):
        return Stale("Någon annan sparade.")


def posted(**sent) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def sent_from(form, **typed) -> QueryDict:
    return posted(**as_sent(form) | typed)


SORTS = {
    "text": ("En text.", "En annan.", "En annan.", "Min.", "Min."),
    "day": (date(2024, 1, 1), date(2024, 2, 1), "1 februari 2024", "2024-03-01", "2024-03-01"),
    "number": (Decimal("1.500"), Decimal(2), "2", "3,5", "3,5"),
    "one": ("a", "b", "b", "", ""),
    "many": ([1, 2], [2, 3], ["2", "3"], ["1"], ["1"]),
}


@pytest.mark.parametrize("name", SORTS)
def test_what_only_the_other_has_changed_is_taken(name):
    seen, saved, shown, *_ = SORTS[name]

    form = PlanForm(sent_from(PlanForm(**{name: seen})), version=2, **{name: saved})

    assert not form.is_valid()
    assert form[name].value() == shown
    assert ([each.address for each in form.merged.taken], form.merged.both) == (
        [f"id_{name}_0" if name == "many" else f"id_{name}"],
        [],
    )
    again = PlanForm(form.data, version=2, **{name: saved})
    assert again.is_valid()
    assert digest(again.cleaned_data[name]) == digest(saved)


@pytest.mark.parametrize("name", SORTS)
def test_what_only_the_editor_has_changed_stays_as_it_was_typed(name):
    seen, *_, typed, shown = SORTS[name]

    form = PlanForm(sent_from(PlanForm(**{name: seen}), **{name: typed}), version=2, **{name: seen})

    assert not form.is_valid()
    assert form[name].value() == shown
    assert (len(form.merged.kept), form.merged.is_elsewhere) == (1, True)
    assert PlanForm(form.data, version=2, **{name: seen}).is_valid()


@pytest.mark.parametrize("name", SORTS)
def test_what_both_have_changed_stands_side_by_side_and_the_editors_is_saved_the_second_time(name):
    seen, saved, _, typed, shown = SORTS[name]

    form = PlanForm(sent_from(PlanForm(**{name: seen}), **{name: typed}), version=2, **{name: saved})

    assert not form.is_valid()
    assert form[name].value() == shown
    theirs = form[name].theirs
    assert "".join(piece.text for piece in theirs.pieces if not piece.is_gone).strip() or theirs.lines
    assert len(form.merged.both) == 1
    again = PlanForm(form.data, version=2, **{name: saved})
    assert again.is_valid()
    assert digest(again.cleaned_data[name]) == digest(PlanForm(form.data).fields[name].to_python(typed))


def test_a_box_is_ticked_and_cleared_as_the_other_left_it():
    for seen, saved in ((False, True), (True, False)):
        form = PlanForm(sent_from(PlanForm(box=seen)), version=2, box=saved)
        assert not form.is_valid()
        assert form["box"].value() is saved


def test_what_both_have_changed_alike_needs_no_words():
    sent = sent_from(PlanForm(text="En text."), text="En annan.")
    assert PlanForm(sent, version=2, text="En annan.").is_valid()


def test_a_list_is_told_in_the_words_of_the_form():
    form = PlanForm(sent_from(PlanForm(many=[1]), many=["2"]), version=2, many=[1, 3])
    form.is_valid()
    assert form["many"].theirs.lines == ["Ett", "Tre"]


@pytest.mark.parametrize("stood", [None, "", "text", ":::", "text:0 \x00 day:", "x" * 100_000])
def test_without_knowing_what_was_seen_nothing_is_taken_unseen(stood):
    sent = sent_from(PlanForm(text="En text."), text="Min.")
    if stood is None:
        del sent["stood"]
    else:
        sent["stood"] = stood

    form = PlanForm(sent, version=2, text="En annan.")

    assert not form.is_valid()
    assert form["text"].value() == "Min."
    assert form["text"].theirs.pieces


def test_what_stood_beside_each_other_still_does_while_another_fault_is_mended():
    stale = PlanForm(sent_from(PlanForm(text="En text."), text="Min."), version=2, text="En annan.")
    stale.is_valid()
    stale.data["day"] = "snart"

    faulty = PlanForm(stale.data, version=2, text="En annan.")

    assert list(faulty.errors) == ["day"]
    assert faulty["text"].theirs.pieces
    assert faulty.is_beside(["text"])
    assert not faulty.is_beside(["day", "nothing"])


# --- Word for word ------------------------------------------------------------------------------------------------
def marked(text: str, other: str) -> str:
    return "".join(
        f"+{each.text}+" if each.is_new else f"-{each.text}-" if each.is_gone else each.text
        for each in compared(text, other)
    )


@pytest.mark.parametrize(
    ("text", "other", "expected"),
    [
        ("30 november 2024", "31 december 2024", " -31 december- +30 november+ 2024"),
        ("Sex lyktor lyser.", "Sex lyser.", "Sex +lyktor+ lyser."),
        ("Sex lyser.", "Sex lyktor lyser.", "Sex -lyktor- lyser."),
        ("Ett.\n\nTvå tre.", "Ett.\n\nTvå.", "Ett. -Två.- \n\n+Två tre.+"),
        ("Sex lyktor lyser.", "Alla sex lyktor lyser.", "-Alla sex- +Sex+ lyktor lyser."),
        ("sex lyktor lyser.", "Alla sex lyktor lyser.", "-Alla- sex lyktor lyser."),
        ("Helt annat.", "Inget gemensamt här.", "Helt annat."),
        ("", "Något", ""),
        ("Något", "", "Något"),
    ],
)
def test_the_words_that_only_one_has_are_marked(text, other, expected):
    assert marked(text, other).replace("  ", " ").strip() == expected.strip()


words = st.text(alphabet="ab \n", max_size=60)


@given(words, words)
def test_no_word_of_either_text_is_lost(text, other):
    pieces = compared(text, other)
    assert "".join(each.text for each in pieces if not each.is_gone).split() == text.split()
    if any(each.is_gone or each.is_new for each in pieces):
        assert "".join(each.text for each in pieces if not each.is_new).split() == other.split()
