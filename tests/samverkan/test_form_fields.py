"""The fields that all our forms share: they read Swedish, guard free texts, and say what to do instead."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer

from samverkan.lib.forms import DayField, GuardedForm, NumberField, TextsField


class EveryField(GuardedForm):
    day = DayField(required=False)
    number = NumberField(required=False)
    text = TextsField(required=False)
    other_text = TextsField(required=False)


class Demanding(forms.Form):
    day = DayField()
    text = TextsField()


def faults(**typed):
    """What the form says is wrong, by field."""
    return {name: list(errors) for name, errors in EveryField(typed).errors.items()}


def cleaned(**typed):
    form = EveryField(typed)
    assert form.is_valid(), form.errors
    return {name: form.cleaned_data[name] for name in typed}


# --- Days and numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "day"),
    [("", None), ("  ", None), ("2024-08-30", date(2024, 8, 30)), (" 30 augusti 2024 ", date(2024, 8, 30))],
)
def test_a_day_is_read(typed, day):
    assert cleaned(day=typed) == {"day": day}


@pytest.mark.parametrize("typed", ["i går", "\x00", "9" * 100_000])
def test_what_is_no_day_gets_examples(typed):
    assert faults(day=typed) == {"day": ["Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."]}


def test_a_day_that_the_month_does_not_have_is_told_so():
    assert faults(day="2024-02-30") == {"day": ["Februari 2024 har 29 dagar."]}


def test_a_day_that_is_missing_gets_an_example():
    assert Demanding({"text": "Ord"}).errors == {"day": ["Skriv ett datum som 2024-08-30."]}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        (" ", None),
        ("0", Decimal(0)),
        ("12,5", Decimal("12.5")),
        ("12 600", Decimal(12600)),
        ("-3", Decimal(-3)),
        ("123 456 789,125", Decimal("123456789.125")),
    ],
)
def test_a_number_is_read(typed, number):
    assert cleaned(number=typed) == {"number": number}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("tolv", "Skriv ett tal, till exempel 12,5."),
        ("12,5,1", "Skriv mellanslag mellan tusental och komma före decimaler, till exempel 1\u00a0200,5."),
        ("NaN", "Skriv ett tal, till exempel 12,5."),
        ("\x00", "Skriv ett tal, till exempel 12,5."),
        ("0,1234", "Skriv talet med högst tre decimaler."),
        ("1234567890", "Talet är för stort."),
        ("8507099805", "Talet är för stort."),  # as many digits as an identity number
        ("0507099805", "Talet är för stort."),
        ("850 709 9805,5", "Talet är för stort."),
        ("9" * 100_000, "Talet är för stort."),
    ],
    ids=lambda text: text[:12],
)
def test_what_is_no_number_or_does_not_fit_is_told(typed, fault):
    assert faults(number=typed) == {"number": [fault]}


def test_a_number_that_could_be_either_of_two_is_asked_about_with_both():
    form = EveryField({"number": "12.600"})

    assert form.errors == {"number": ["Menar du 12\u00a0600 eller 12,6? Välj ett av talen."]}
    assert [(each.value, each.label) for each in form["number"].choices] == [
        ("12\u00a0600", "12\u00a0600"),
        ("12,6", "12,6"),
    ]
    assert form["number"].value() == "12.600"


@pytest.mark.parametrize(("meant", "number"), [("12\u00a0600", 12600), ("12,6", Decimal("12.6"))])
def test_the_chosen_one_is_read(meant, number):
    form = EveryField({"number": "12.600", "number_menar": meant})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"] == number


@pytest.mark.parametrize("typed", ["15", "1.200", ""])
def test_a_choice_about_another_text_than_what_stands_there_is_forgotten(typed):
    form = EveryField({"number": typed, "number_menar": "12\u00a0600"})
    assert form["number"].value() == typed


def test_days_and_numbers_are_shown_as_swedish_writes_them():
    form = EveryField(initial={"day": date(2024, 8, 30), "number": Decimal("12600.500")})
    assert (form["day"].value(), form["number"].value()) == ("30 augusti 2024", "12\u00a0600,5")


# --- Texts -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["Ett\r\ntvå", "Ett\rtvå", "Ett\ntvå"])
def test_there_is_one_kind_of_line_break(typed):
    assert cleaned(text=typed) == {"text": "Ett\ntvå"}


def test_a_line_break_counts_as_one_character():
    assert cleaned(text="å\r\n" * 2499 + "ä" * 2) == {"text": "å\n" * 2499 + "ä" * 2}


def test_a_text_that_is_too_long_is_told_how_long_it_is():
    assert faults(text="å" * 100_000) == {
        "text": ["Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000."]
    }


def test_what_nobody_can_see_is_left_out():
    assert cleaned(text="\u200b \ufeffTvå\x01 ord \u200b", other_text="\u3164") == {
        "text": "Två ord",
        "other_text": "",
    }


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\u2800\u3164\u00ad", "\x01"])
def test_a_text_that_nobody_can_see_is_missing(typed):
    assert list(Demanding({"day": "2024-08-30", "text": typed}).errors.as_data()) == ["text"]


@pytest.mark.parametrize("typed", ["Hej\x00då", "\x00"])
def test_a_nul_is_told_without_its_name(typed):
    assert faults(text=typed) == {
        "text": ["Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."]
    }


def test_an_identity_number_is_refused_whatever_is_ticked():
    (fault,) = faults(text="Gäller 811228-9874.", not_identity_numbers="on")["text"]
    assert fault.startswith(
        "Texten ser ut att innehålla ett personnummer eller samordningsnummer (811228-XXXX)."
    )


def test_bare_ten_digits_are_asked_about_once():
    form = EveryField({"text": "Ring 8112289874.", "other_text": "Inget nummer."})
    assert (list(form.errors), form.asks_about_numbers) == (["text"], True)
    assert form.errors["text"][0].startswith("Är 8112289874 ett personnummer?")


def test_once_answered_they_pass_and_the_answer_stays():
    form = EveryField({"text": "Ring 8112289874.", "not_identity_numbers": "on"})
    assert (form.is_valid(), form.asks_about_numbers) == (True, True)


def test_another_shape_of_the_digits_is_asked_about_too():
    assert faults(text="Ring 121212 (1212).")["text"][0].startswith("Är 121212 (1212 ett personnummer?")
    assert cleaned(text="Ring 121212 (1212).", not_identity_numbers="on")["text"] == "Ring 121212 (1212)."


def test_nothing_is_asked_without_such_digits():
    assert EveryField({"text": "Ring 08-535 300 00."}).asks_about_numbers is False
    assert EveryField().asks_about_numbers is False


# --- A list of choices -------------------------------------------------------------------------------------
class Choosing(forms.Form):
    grouped = forms.ChoiceField(
        choices=[("", "Alla"), ("<b>", "A & B"), ("Grupp", [("1", "Ett"), ("2", "Två")])], initial="2"
    )
    several = forms.MultipleChoiceField(choices=[("x", "X"), ("y", "Y")], initial=["x", "y"])
    number = forms.TypedChoiceField(
        choices=[(None, "–"), (1, "Ett")], coerce=int, widget=forms.Select(attrs={"class": "short"})
    )


@pytest.mark.parametrize("name", Choosing.base_fields)
def test_our_template_of_a_list_says_what_djangos_own_does(name):
    ours, djangos = (Choosing(renderer=get_default_renderer()), Choosing(renderer=DjangoTemplates()))

    assert str(ours[name]).split() == str(djangos[name]).split()
