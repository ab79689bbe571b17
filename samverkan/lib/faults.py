"""Which of Django's validation messages do we replace? By error code."""

from django.core.exceptions import ValidationError

from samverkan.lib.fields import no_nul

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
