"""Several names in one text, and the part of an address that stands for a name: a box of a form, or a cell of a table."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError

BETWEEN = "|"
MAX_NAME = 200
NO_SLUG = "Skriv adressdelen med bokstäver a–z, siffror och bindestreck, till exempel raddningstjansten."


def parted(text: str, sign: str = BETWEEN) -> list[str]:
    """Splits the text at `sign`; drops extra spaces, empty names and repetitions."""
    names = (" ".join(name.split()) for name in text.split(sign))
    return list(dict.fromkeys(filter(None, names)))


def joined(names: Iterable[str]) -> str:
    return f" {BETWEEN} ".join(names)


def listing(words: Sequence[str]) -> str:
    """`Vårby, Skogås och Flemingsberg`; empty for an empty list."""
    return " och ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def refuse_unfit(names: Iterable[str]) -> None:
    """Raises ValidationError for a name that contains the separator or is too long."""
    if any(BETWEEN in name for name in names):
        raise ValidationError(f"Ett namn får inte innehålla tecknet {BETWEEN}.")
    if any(len(name) > MAX_NAME for name in names):
        raise ValidationError(f"Ett namn får vara högst {MAX_NAME} tecken.")
