"""What do all our forms share? Fields for Swedish days and numbers, guarded texts, errors that say what to do."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from samverkan.lib.dates import EXAMPLE, EXAMPLES, Days, UnreadableDay, in_words, read_day
from samverkan.lib.fields import MAX_TEXT, no_nul
from samverkan.lib.guard import ASKED, doubtful_numbers, refuse_identity_numbers
from samverkan.lib.number_fields import NumberField
from samverkan.lib.numbers import written
from samverkan.lib.texts import readable

__all__ = [
    "MAX_TEXT",
    "AskingForm",
    "BaseForm",
    "DayField",
    "GuardedForm",
    "NumberField",
    "TextsField",
    "TypedLineField",
    "is_text",
]

NOT_NUMBERS = "not_identity_numbers"  # the box of AskingForm
PRIVACY_NOTE = "integritet"  # the id of the note in templates/_partials/_note_privacy.html


class DayField(forms.Field):
    """A day in any way that `read_day` reads; None when empty.

    `within` are the times that decide which year a day without one is of, the likeliest first; see `read_day`.
    """

    default_error_messages = {"required": EXAMPLE, "invalid": EXAMPLES}
    within: tuple[Days, ...] = ()

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "date-box", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs})

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_day(text, *self.within)
        except UnreadableDay as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable

    def prepare_value(self, value: Any) -> Any:
        return in_words(value) if isinstance(value, date) else value


def day_field(form: forms.Form, name: str) -> DayField:
    """The form's day field of the name, to say which times its days are in."""
    return cast("DayField", form.fields[name])


class NotedField(forms.BoundField):
    """A field that the privacy note describes, besides its own help text and errors."""

    @property
    def aria_describedby(self) -> str:
        return f"{super().aria_describedby or ''} {PRIVACY_NOTE}".strip()


class TextsField(forms.CharField):
    """A free text of at most 5,000 characters, with one kind of line break and no identity number.

    Invisible characters are removed before validation; a NUL is refused.
    """

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.validators = [no_nul, refuse_identity_numbers]  # without Django's own message about NUL

    def to_python(self, value: Any) -> str:
        text = super().to_python(readable(str(value or ""))) or ""
        if len(text) > MAX_TEXT:  # before the validators, which would read all of it
            raise ValidationError(
                f"Texten får vara högst {written(MAX_TEXT)} tecken. Den är {written(len(text))}.",
                code="max_length",
            )
        return text

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> NotedField:
        return NotedField(form, self, field_name)


class TypedLineField(forms.CharField):
    """One line with the guard of a free text, for a form without the privacy note."""

    default_validators = [no_nul, refuse_identity_numbers]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Without Django's own message about NUL.
        self.validators = [
            each for each in self.validators if each is no_nul or not isinstance(each, type(no_nul))
        ]

    def to_python(self, value: Any) -> str:
        return super().to_python(readable(str(value or ""))) or ""


class BaseForm(forms.Form):
    """Crispy lays it out. Shows our own errors instead of the browser's."""

    use_required_attribute = False


def is_text(field: forms.Field) -> bool:
    """Whether a person writes a text in it, of any kind but an e-mail address or a part of an address."""
    is_address = isinstance(field, forms.EmailField | forms.SlugField)
    return isinstance(field, forms.CharField) and not is_address and not field.widget.is_hidden


class AskingForm(forms.Form):
    """Asks once about digits that could be an identity number."""

    not_identity_numbers = forms.BooleanField(required=False, label="Det är inte ett personnummer")

    @property
    def asks_about_numbers(self) -> bool:
        """Whether to show the box to tick."""
        return self.is_bound and (
            self.has_error_code("doubtful_number") or bool(self.data.get(self.add_prefix(NOT_NUMBERS)))
        )

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """All fields; the box to tick only when there is something to ask."""
        return [each for each in self if each.name != NOT_NUMBERS or self.asks_about_numbers]

    def fields_to_ask_about(self) -> list[str]:
        return [name for name, field in self.fields.items() if is_text(field)]

    def has_error_code(self, code: str) -> bool:
        return any(error.code == code for errors in self.errors.as_data().values() for error in errors)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get(NOT_NUMBERS):
            for name in self.fields_to_ask_about():
                typed = cleaned.get(name) or ""
                text = "\n".join(typed) if isinstance(typed, list) else str(typed)
                if numbers := doubtful_numbers(text):
                    self.add_error(
                        name, ValidationError(ASKED.format(number=numbers[0]), code="doubtful_number")
                    )
        return cleaned


class GuardedForm(AskingForm, BaseForm):
    """A form with free texts."""

    @property
    def heading(self) -> str:
        """The heading of the errors when no field has one, such as after a stale save; empty for the usual heading."""
        return "Inget är sparat" if self.errors and self.errors.keys() <= {NON_FIELD_ERRORS} else ""
