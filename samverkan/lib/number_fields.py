"""The field for a number of a measure, which asks when the number could be either of two."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from samverkan.lib.numbers import (
    UNREADABLE,
    TwoReadings,
    UnreadableNumber,
    as_typed,
    in_unit,
    read_number,
    written,
)

MEANT = "_menar"  # after the name of the field: the choice between two readings


@dataclass(frozen=True)
class Meant:
    """One of the two numbers that was perhaps meant: what the form sends for it, and its label."""

    value: str
    label: str


def choices_of(typed: Any, unit: str) -> list[Meant]:
    """Two for a number with a point before exactly three digits, otherwise none."""
    try:
        read_number(str(typed or ""), unit)
    except TwoReadings as asked:
        return [Meant(written(each), in_unit(each, unit)) for each in asked.readings]
    except UnreadableNumber:
        pass
    return []


class NumberInput(forms.TextInput):
    """A box, and the choice between the readings of what stands in it. The choice counts only for that very text."""

    unit = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed, meant = data.get(name), data.get(f"{name}{MEANT}")
        if meant and meant in {each.value for each in choices_of(typed, self.unit)}:
            return meant
        return typed


class NumberBox(forms.BoundField):
    """A number in its form, with what the template shows beside the box."""

    field: "NumberField"

    @property
    def choices(self) -> list[Meant]:
        """The two numbers to choose between; none when the number is clear."""
        return choices_of(self.data, self.field.unit) if self.form.is_bound else []

    @property
    def meant_name(self) -> str:
        """The name of the choice in the form."""
        return f"{self.html_name}{MEANT}"

    @property
    def saved_as(self) -> str:
        """How the saved number in the box was understood, `Sparat som 12 600 kr`; `Senaste utfall 142` for an earlier one.

        Empty without a saved number, and while another is being written.
        """
        field = self.field
        number = in_unit(field.saved, field.unit)
        if not number or self.form.is_bound:
            return ""
        if field.earlier:
            return f"{field.earlier} {number}"
        return f"Sparat som {number}" if self.value() == field.prepare_value(field.saved) else ""


class NumberField(forms.DecimalField):
    """A number as `read_number` reads it, with at most three decimals; None when empty.

    `unit` is the measure's, which may stand after the number. `saved` is the number that is saved, to say how it was understood;
    `earlier` names it in a form for the next number; empty where the box begins with the saved one.
    """

    default_error_messages = {
        "invalid": UNREADABLE,
        "max_decimal_places": "Skriv talet med högst tre decimaler.",
    }
    widget = NumberInput
    saved: Decimal | None = None
    earlier = ""

    def __init__(self, **kwargs: Any) -> None:
        widget = NumberInput(attrs={"class": "number-box", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(decimal_places=3, widget=widget, **kwargs)

    @property
    def unit(self) -> str:
        return str(self.widget.unit)

    @unit.setter
    def unit(self, unit: str) -> None:
        self.widget.unit = unit

    def to_python(self, value: Any) -> Any:
        text = str(value).strip() if value not in self.empty_values else ""
        if not text:
            return None
        try:
            return read_number(text, self.unit)
        except TwoReadings as asked:
            either = " eller ".join(map(written, asked.readings))
            raise ValidationError(f"Menar du {either}? Välj ett av talen.", code="two_readings") from asked
        except UnreadableNumber as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable

    def prepare_value(self, value: Any) -> Any:
        return as_typed(value, self.unit) if isinstance(value, Decimal) else value

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> NumberBox:
        return NumberBox(form, self, field_name)


def number_field(form: forms.Form, name: str) -> NumberField:
    """The form's number field of the name, to say its unit or what is saved."""
    return cast("NumberField", form.fields[name])
