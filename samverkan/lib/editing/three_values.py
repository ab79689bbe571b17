"""Compares the stored, the seen and the typed value of a field by digests, and formats values as text."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model

from samverkan.lib.dates import in_words, parse_day
from samverkan.lib.numbers import written
from samverkan.lib.texts import readable

DIGITS = 8  # of a digest; enough to compare two texts of one field


def stamp(values: dict[str, Any]) -> str:
    """The value of `stood`: a digest for each non-empty field."""
    found = {name: digest(value) for name, value in values.items()}
    return " ".join(f"{name}:{each}" for name, each in found.items() if each)


def digests(sent: Any) -> dict[str, str] | None:
    """The digests in a stamp by field name; None when none was sent."""
    if sent is None:
        return None
    return {name: each for name, _, each in (part.rpartition(":") for part in str(sent).split())}


def digests_of(data: Any, name: str) -> set[str]:
    """The digests that a text, a day and a list field would give the text of a row that the form no longer has."""
    text = str(data[name])
    return {digest(text), digest(parse_day(text)), digest(data.getlist(name))}


def digest(value: Any) -> str:
    """The same for a value whether stored, shown or typed; empty for an empty value."""
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
    """A value as text in Swedish; `Ja` or `Nej` for a box, empty for None."""
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
    """The labels of the chosen values."""
    wanted = {canonical(one) for one in (value if isinstance(value, (list, tuple)) else [value])} - {""}
    return [words for key, words in flat(each.choices) if key in wanted]


def flat(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, words in choices:
        found.extend(flat(words) if isinstance(words, (list, tuple)) else [(str(key), str(words))])
    return found
