"""Template tags and filters of our own. They are built in, so no template loads them."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from uuid import uuid4

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from activities.states import Flag, State
from parties.submissions import FIELD
from priorities import which
from samverkan.lib import dates, icons, numbers, texts
from samverkan.lib.faults import listed

register = template.Library()

_IN_PARENTHESES = re.compile(r"\([^)]*\)")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check-circle-fill" %}`: an inline SVG in the size and colour of the text."""
    return icons.svg(name)


@register.simple_tag
def mark(partial: str, **values: object) -> SafeString:
    """`{% mark "_partials/_state.html" state=activity.state %}`: a partial that uses nothing but these values.

    Renders each combination once, since a list shows the same few states in every row; with DEBUG every time.
    """
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    return render(partial, tuple(sorted(values.items())))


@register.inclusion_tag("_partials/_submission.html")
def submission() -> dict[str, object]:
    """`{% submission %}`: the hidden field with the key of this form, beside the CSRF token.

    The same form sent twice is then saved once: `samverkan.sent_twice`.
    """
    return {"name": FIELD, "key": uuid4()}


@lru_cache(maxsize=200)
def _rendered(partial: str, values: tuple[tuple[str, object], ...]) -> SafeString:
    return render_to_string(partial, dict(values))


@register.filter
def as_state(value: str) -> State:
    """The member, since a query only gives its value."""
    return State(value)


@register.filter
def as_flag(value: str) -> Flag:
    return Flag(value)


@register.filter
def as_of(address: str, day: date | None) -> str:
    """The address of what a page shows as of the day; None for today leaves it as it is."""
    return which.as_of(address, day)


@register.filter
def sv_date(moment: date | datetime | None) -> str:
    """`14 maj 2024`, in Swedish time; empty without a date."""
    return dates.in_words(_day(moment)) if moment else ""


@register.filter
def short_date(moment: date | datetime | None) -> str:
    """`12 sep. 2024`, in Swedish time; empty without a date."""
    return dates.in_short(_day(moment)) if moment else ""


@register.filter
def sv_number(number: Decimal | int) -> str:
    """`12 600`."""
    return numbers.written(number)


@register.filter
def in_unit(number: Decimal | None, unit: str) -> str:
    """`91 %`, `ja` or `12`, depending on the measure's unit; empty without a number."""
    return numbers.in_unit(number, unit)


@register.filter
def faults(form: BaseForm) -> list[tuple[BoundField, str]]:
    """The errors of the form's fields as the list above the form says them: the field and the sentence."""
    return listed(form)


@register.filter
def unstopped(text: str) -> str:
    """The text without the full stop at its end."""
    return texts.unstopped(text)


@register.filter
def initials(name: str) -> str:
    """At most two capital letters: `Samordnare trygghet (demo)` gives ST, `Kommunpolis` KO."""
    words = [each for each in _IN_PARENTHESES.sub(" ", name).split() if each[0].isalnum()]
    if not words:
        return ""
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def _day(moment: date | datetime) -> date:
    """The day in Sweden of a moment; a date stays as it is."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
