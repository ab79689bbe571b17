"""How is a field's value written as text?"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, ManyToManyField, Model

from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import written


def yes_or_no(answer: bool) -> str:
    return "Ja" if answer else "Nej"


def shown(row: Model, name: str) -> str:
    """A field's value as text; empty for None."""
    field: Field | ManyToManyField = row._meta.get_field(name)  # type: ignore[assignment] # ours are such
    if field.many_to_many:
        return ", ".join(str(each) for each in getattr(row, name).all())
    value = getattr(row, name)
    if value is None:
        return ""
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return yes_or_no(value)
        case datetime():
            return f"{in_words(clock.local(value).date())} {clock.local(value):%H:%M}"
        case date():
            return in_words(value)
        case Decimal():
            return written(value)
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
