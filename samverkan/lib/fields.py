"""What may a free text contain? At most 5,000 characters, no NUL and no personal identity number."""

from typing import Any

from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models.functions import Length

from samverkan.lib.guard import refuse_identity_numbers

MAX_TEXT = 5000
no_nul = ProhibitNullCharactersValidator(
    message="Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
)

models.TextField.register_lookup(Length)
models.CharField.register_lookup(Length)


class FreeTextField(models.TextField):
    """A text that a person writes. A check constraint has the same limit: see `within_limits`."""

    default_validators = [no_nul, MaxLengthValidator(MAX_TEXT), refuse_identity_numbers]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"max_length": MAX_TEXT, **kwargs})


class FreeLineField(models.CharField):
    """One line that a person writes, with the same validators apart from the limit."""

    default_validators = [no_nul, refuse_identity_numbers]


def within_limits(model: str, *names: str) -> list[models.CheckConstraint]:
    """A check constraint for each text: `{model}_{name}_has_at_most_5000_characters`."""
    return [
        models.CheckConstraint(
            name=f"{model}_{name}_has_at_most_5000_characters",
            condition=models.Q(**{f"{name}__length__lte": MAX_TEXT}),
        )
        for name in names
    ]
