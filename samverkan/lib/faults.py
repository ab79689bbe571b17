"""Which of Django's own faults do we say in other words? By their codes."""

from django.core.exceptions import ValidationError

from samverkan.lib.fields import no_nul

PLAIN: dict[str, str] = {
    "max_length": "Skriv högst %(limit_value)d tecken.",
    "null_characters_not_allowed": str(no_nul.message),
}


def sentence_of(fault: ValidationError) -> str:
    """The sentence of a single fault, plain when we have one."""
    plain = PLAIN.get(fault.code or "")
    return plain % fault.params if plain and fault.params else str(fault.messages[0])
