"""Which of Django's validation messages do we replace, and what does the list of a form's errors say?"""

from collections import Counter

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField, CharField
from django.utils.html import strip_tags

from samverkan.lib.fields import no_nul

UNREAD = {"unreadable", "two_readings"}  # codes of errors whose sentences depend on what was typed
PLAIN: dict[str, str] = {
    "max_length": "Skriv högst %(limit_value)d tecken.",
    "null_characters_not_allowed": str(no_nul.message),
}


def elsewhere(fault: ValidationError) -> ValidationError:
    """The error of an unfit text for a form without its field: the sentence names the field. Others stay as they are."""
    label = getattr(fault, "label", "")
    is_unfit = label and fault.code in {"identity_number", "null_characters_not_allowed"}
    return ValidationError(f"{label}: {sentence_of(fault)}", code=fault.code) if is_unfit else fault


def sentence_of(fault: ValidationError) -> str:
    """The message of a single error: ours if there is one for its code."""
    plain = PLAIN.get(fault.code or "")
    return plain % fault.params if plain and fault.params else str(fault.messages[0])


def listed(form: BaseForm) -> list[tuple[BoundField, str]]:
    """Each field's errors in the form's order.

    The label comes before a sentence that stands more than once, or that several of the form's fields would give. Those
    are also the sentences about what could not be read, which are as many as the ways to write it.
    """
    found = [(field, str(error)) for field in form for error in field.errors]
    kinds = Counter(type(field) for field in form.fields.values() if not isinstance(field, CharField))
    unread = {
        sentence
        for field in form
        for sentence, error in zip(field.errors, field.errors.as_data(), strict=True)
        if error.code in UNREAD and kinds[type(field.field)] > 1
    }
    times = Counter(sentence for _, sentence in found)
    givers = Counter(
        sentence
        for field in form.fields.values()
        for sentence in set(map(str, field.error_messages.values()))
    )
    labels = form.labels() if hasattr(form, "labels") else {}
    return [
        (field, sentence)
        if field.is_hidden or (max(times[sentence], givers[sentence]) < 2 and sentence not in unread)
        else (field, f"{_before(labels.get(field.name) or strip_tags(str(field.label)))} {sentence}")
        for field, sentence in found
    ]


def _before(label: str) -> str:
    return label if label.endswith("?") else f"{label}:"
