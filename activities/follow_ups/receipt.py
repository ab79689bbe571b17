"""The receipt after a follow-up, with its *Ångra*."""

from django.urls import reverse

from activities.models import FollowUp
from samverkan.lib.numbers import in_unit
from samverkan.lib.texts import unstopped


def saved_number(saved: FollowUp) -> str:
    """` Utfallet är sparat som 12 600 kr.`, to follow the receipt; empty without a number."""
    number = in_unit(saved.actual, saved.activity.measure_unit)
    return f" Utfallet är sparat som {unstopped(number)}." if number else ""


def undo_tag(saved: FollowUp) -> str:
    """The message tag that gives the receipt the address of its *Ångra* button."""
    return f"undo:{reverse('undo_follow_up', args=[saved.pk])}"
