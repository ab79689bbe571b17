"""The fields of texts that a person writes: no personal identity number, no NUL, and letters in their composed form.

Migrations know them as Django's own fields, since the database stores the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.core.files import File
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Length

from samverkan.lib.guard import refuse_identity_numbers
from samverkan.lib.texts import in_one_line, readable

MAX_TEXT = 5000
no_nul = ProhibitNullCharactersValidator(
    message="Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
)

models.TextField.register_lookup(Length)
models.CharField.register_lookup(Length)


def composed(value: Any) -> Any:
    """A text, or the texts of a list, with å as one character however it was typed (NFC); anything else as it is."""
    if isinstance(value, list):
        return [composed(each) for each in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    """The texts of a list or a dict, however deep, or the name of a file."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
    else:
        yield str(getattr(value, "name", value) or "")


def refuse_unfit_texts(value: Any) -> None:
    """A validator for lists of texts, and for a file by its name. Raises ValidationError."""
    for text in _texts(value):
        no_nul(text)
        refuse_identity_numbers(text)


class AsDjango:
    """A field that migrations know as the field of Django's that it extends."""

    def deconstruct(self) -> Any:
        name, _, args, kwargs = super().deconstruct()  # type: ignore[misc] # of the field
        kind = next(each for each in type(self).__mro__ if each.__module__.startswith("django."))
        return name, f"django.db.models.{kind.__name__}", args, kwargs


class Composed:
    """A field that stores composed texts and asks for them, also where no form or action has validated the row."""

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(composed(value))  # type: ignore[misc] # of the field


class FreeTextField(Composed, models.TextField):
    """A text that a person writes. A check constraint has the same limit: see `within_limits`."""

    default_validators = [no_nul, MaxLengthValidator(MAX_TEXT), refuse_identity_numbers]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return readable(text) if isinstance(text, str) else text

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": MAX_TEXT, **kwargs})


class FreeLineField(Composed, AsDjango, models.CharField):
    """One line that a person writes, such as a name or a function. Has the same validators apart from the limit.

    A line break that was pasted becomes a space, and what nobody sees goes, wherever the text comes from.
    """

    default_validators = [no_nul, refuse_identity_numbers]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return in_one_line(text) if isinstance(text, str) else text


class AddressPartField(AsDjango, models.SlugField):
    """A part of an address, which is shown and logged wherever its page is opened."""

    default_validators = [*models.SlugField.default_validators, no_nul, refuse_identity_numbers]


class NamesField(Composed, AsDjango, models.JSONField):
    """Names, in a list or by what they name."""

    default_validators = [refuse_unfit_texts]

    def to_python(self, value: Any) -> Any:
        return composed(super().to_python(value))


class DigestedFile(FieldFile):
    """The file of a NamedFileField, which writes its digest when it is stored."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        setattr(self.instance, self.field.digest_field, digest_of(content))  # type: ignore[attr-defined] # its own field
        super().save(name, content, save)


class NamedFileField(AsDjango, models.FileField):
    """A file whose name is stored, and shown when somebody downloads it.

    Its SHA-256 digest as hex stands in the field `digest`, which the model declares after it; empty for a file that was
    missing when the digests came.
    """

    default_validators = [refuse_unfit_texts]
    attr_class = DigestedFile
    digest_field = "digest"


def digest_of(content: File[Any]) -> str:
    """The SHA-256 digest of the whole content, as hex. Leaves the content at its start."""
    digest = sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


class DigestField(AsDjango, models.CharField):
    """The digest of the file in the field before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 64, "blank": True, "editable": False, **kwargs})


def within_limits(model: str, *names: str) -> list[models.CheckConstraint]:
    """A check constraint for each text: `{model}_{name}_has_at_most_5000_characters`."""
    return [
        models.CheckConstraint(
            name=f"{model}_{name}_has_at_most_5000_characters",
            condition=models.Q(**{f"{name}__length__lte": MAX_TEXT}),
        )
        for name in names
    ]
