"""Compares a value that is stored, one that was seen and one that was typed, and writes each as people read it."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model

from samverkan.lib.dates import in_words, parse_day
from samverkan.lib.numbers import written
from samverkan.lib.texts import readable

DIGITS = 8  # of a digest: enough to tell two texts of one field apart


def stamp(values: dict[str, Any]) -> str:
    """What the editor sees, as a form carries it in `stood`: a digest for each field that is not empty."""
    found = {name: digest(value) for name, value in values.items()}
    return " ".join(f"{name}:{each}" for name, each in found.items() if each)


def digests(sent: Any) -> dict[str, str] | None:
    """What the editor saw, read from a stamp; None when none was sent."""
    if sent is None:
        return None
    return {name: each for name, _, each in (part.rpartition(":") for part in str(sent).split())}


def digests_of(data: Any, name: str) -> set[str]:
    """Those that any kind of field could make of what was typed in a row that the form no longer has."""
    text = str(data[name])
    return {digest(text), digest(parse_day(text)), digest(data.getlist(name))}


def digest(value: Any) -> str:
    """The same for the same value, whether it is stored, shown or read; empty for what is empty."""
    plain = canonical(value)
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:DIGITS] if plain else ""


def canonical(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple, set)):
        return " ".join(sorted(map(canonical, value)))
    return readable(str(value)).strip() if value not in {None, False} else ""


def as_text(value: Any) -> str:
    """A text, a day or a number as people write it; a box as yes or no."""
    match value:
        case None | "":
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case date():
            return in_words(value)
        case Decimal():
            return written(value)
        case _:
            return str(value)


def chosen_labels(each: forms.ChoiceField, value: Any) -> list[str]:
    """What is chosen, by the words that the form has for it."""
    wanted = {canonical(one) for one in (value if isinstance(value, (list, tuple)) else [value])} - {""}
    return [words for key, words in flat(each.choices) if key in wanted]


def flat(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, words in choices:
        found.extend(flat(words) if isinstance(words, (list, tuple)) else [(str(key), str(words))])
    return found
