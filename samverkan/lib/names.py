"""Several names in one text: a box of a form, or a cell of a table."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError

BETWEEN = "|"
MAX_NAME = 200


def parted(text: str, sign: str = BETWEEN) -> list[str]:
    """The names of a text, without blanks and without those that stand there already."""
    names = (" ".join(name.split()) for name in text.split(sign))
    return list(dict.fromkeys(filter(None, names)))


def joined(names: Iterable[str]) -> str:
    """The names in one cell."""
    return f" {BETWEEN} ".join(names)


def refuse_unfit(names: Iterable[str]) -> None:
    """Raises ValidationError for a name that could not come back from a cell, or is no name."""
    if any(BETWEEN in name for name in names):
        raise ValidationError(f"Ett namn får inte innehålla tecknet {BETWEEN}.")
    if any(len(name) > MAX_NAME for name in names):
        raise ValidationError(f"Ett namn får vara högst {MAX_NAME} tecken.")
