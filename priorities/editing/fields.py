"""Fields that the pages for writing share. Every error message says what to do."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from samverkan.lib import clock
from samverkan.lib.dates import until
from samverkan.lib.forms import DayField, TextsField
from samverkan.lib.guard import identity_numbers
from samverkan.lib.numbers import UnreadableNumber, read_number

YEARS = range(1990, 2101)
LARGEST = 10 * 1024 * 1024  # bytes
NUMBER_IN_NAME = (
    "Filens namn ser ut att innehålla ett personnummer ({number}). Handlar filen om en enskild person ska den inte "
    "vara här. Annars: ge den ett annat namn och välj den igen."
)
ENDING = 1024  # bytes at each end of a file in which to look for a PDF's marks


class LineField(TextsField):
    """A text of one line, with the same guard as a free text."""

    def __init__(self, *, longest: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.widget = forms.TextInput()

    def to_python(self, value: Any) -> str:
        text = " ".join(super().to_python(value).split())
        if len(text) > self.longest:
            raise ValidationError(f"Skriv högst {self.longest} tecken.", code="max_length")
        return text


class NearDayField(DayField):
    """A day in a plausible year: see YEARS."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and day.year not in YEARS:
            raise ValidationError(
                f"Skriv ett år mellan {YEARS[0]} och {YEARS[-1]}, till exempel 2024-08-30.", code="far_off"
            )
        return day


class PastDayField(NearDayField):
    """A day that has been: without a year it is of the last twelve months."""

    def to_python(self, value: Any) -> date | None:
        self.within = until(clock.today())
        return super().to_python(value)


class CountField(forms.IntegerField):
    """A whole number from 1 to 999, such as a position in an order."""

    default_error_messages = {
        "invalid": "Skriv ett heltal, till exempel 3.",
        "min_value": "Skriv ett heltal från 1 till 999.",
        "max_value": "Skriv ett heltal från 1 till 999.",
        "required": "Skriv ett heltal, till exempel 3.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "count-box", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> int | None:
        number = whole_number(value, str(self.error_messages["invalid"]))
        if number is not None and not 1 <= number <= 999:
            raise ValidationError(self.error_messages["min_value"], code="min_value")
        return number


def whole_number(value: Any, invalid: str) -> int | None:
    """What a person typed, read as every number is; None when empty. Raises ValidationError with the sentence `invalid`."""
    text = str(value or "").strip()
    if not text:
        return None
    try:
        number = read_number(text)
    except UnreadableNumber as unreadable:
        raise ValidationError(invalid, code="invalid") from unreadable
    if number % 1:
        raise ValidationError(invalid, code="invalid")
    return int(number)


class PdfField(forms.FileField):
    """A PDF of at most 10 MB, by its content. The name is looked at only for an identity number."""

    default_error_messages = {
        "required": "Välj en PDF-fil.",
        "invalid": "Filen gick inte att läsa. Välj den igen.",
        "missing": "Filen gick inte att läsa. Välj den igen.",
        "empty": "Filen är tom. Välj en annan.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "PDF, högst 10 MB.")
        super().__init__(widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}), **kwargs)

    def to_python(self, data: Any) -> UploadedFile | None:
        file = super().to_python(data)
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > LARGEST:
            raise ValidationError("Filen är större än 10 MB. Välj en mindre.", code="too_large")
        if numbers := identity_numbers(str(file.name)):
            raise ValidationError(NUMBER_IN_NAME.format(number=numbers[0]), code="identity_number")
        if not _is_pdf(file):
            raise ValidationError("Filen är ingen PDF. Spara den som PDF och välj den igen.", code="no_pdf")
        return file


def _is_pdf(file: UploadedFile) -> bool:
    """True if the file begins as a PDF and has its end mark, so that it is whole."""
    file.seek(0)
    head = file.read(ENDING)
    file.seek(max(0, (file.size or 0) - ENDING))
    tail = file.read()
    file.seek(0)
    return head.lstrip().startswith(b"%PDF-") and b"%%EOF" in tail
