"""What do our templates need beyond Django's own tags? Built in, so no template loads it."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from samverkan.lib import dates, icons, numbers

register = template.Library()

_IN_PARENTHESES = re.compile(r"\([^)]*\)")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "check-circle-fill" %}`: an inline svg that inherits size and colour from the text."""
    return icons.svg(name)


@register.simple_tag
def mark(partial: str, **words: object) -> SafeString:
    """`{% mark "_partials/_state.html" state=activity.state %}`: a partial that shows nothing but these words.

    A list says the same few states in every row, so each is drawn once and kept; with DEBUG it is drawn anew.
    """
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(partial, tuple(sorted(words.items())))


@lru_cache(maxsize=200)
def _drawn(partial: str, words: tuple[tuple[str, object], ...]) -> SafeString:
    return render_to_string(partial, dict(words))


@register.filter
def sv_date(moment: date | datetime | None) -> str:
    """`14 maj 2024`; empty without a date."""
    return dates.in_words(_day(moment)) if moment else ""


@register.filter
def in_unit(number: Decimal | None, unit: str) -> str:
    """`91 %`, `ja` or `12`, by the unit of the measure; empty without a number."""
    return numbers.in_unit(number, unit)


@register.filter
def initials(name: str) -> str:
    """At most two capitals for a name: `Samordnare trygghet (demo)` is ST and `Kommunpolis` is KO."""
    words = [word for word in _IN_PARENTHESES.sub(" ", name).split() if word[0].isalnum()]
    if not words:
        return ""
    return (words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]).upper()


def _day(moment: date | datetime) -> date:
    """The day in Sweden when the moment is a moment and not already a day."""
    if not isinstance(moment, datetime):
        return moment
    return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
