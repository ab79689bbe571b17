"""The fields that the pages for writing share. Each fault is a sentence that says what to do."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from samverkan.lib.forms import DayField, TextsField

YEARS = range(1990, 2101)
LARGEST = 10 * 1024 * 1024  # bytes
ENDING = 1024  # how far from the ends of a file its signs are looked for


class LineField(TextsField):
    """One line, guarded as a free text is."""

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
    """A day that a person can mean: no year 1 and no year 9999."""

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and day.year not in YEARS:
            raise ValidationError(
                f"Skriv ett år mellan {YEARS[0]} och {YEARS[-1]}, till exempel 2024-08-30.", code="far_off"
            )
        return day


class CountField(forms.IntegerField):
    """A whole number from 1 to 999, such as a place in an order."""

    default_error_messages = {
        "invalid": "Skriv ett heltal, till exempel 3.",
        "min_value": "Skriv ett heltal från 1 till 999.",
        "max_value": "Skriv ett heltal från 1 till 999.",
        "required": "Skriv ett heltal, till exempel 3.",
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w-count", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> int | None:
        number: int | None = super().to_python(value)
        if number is not None and not 1 <= number <= 999:
            raise ValidationError(self.error_messages["min_value"], code="min_value")
        return number


class PdfField(forms.FileField):
    """A PDF of at most 10 MB; what it is, its content says and not its name."""

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
        if not _is_pdf(file):
            raise ValidationError("Filen är ingen PDF. Spara den som PDF och välj den igen.", code="no_pdf")
        return file


def _is_pdf(file: UploadedFile) -> bool:
    """Begins as a PDF does, and is whole to its end."""
    file.seek(0)
    head = file.read(ENDING)
    file.seek(max(0, (file.size or 0) - ENDING))
    tail = file.read()
    file.seek(0)
    return head.lstrip().startswith(b"%PDF-") and b"%%EOF" in tail


def folded(text: str) -> str:
    """Two names that differ only in case or spaces are one."""
    return " ".join(text.split()).casefold()
