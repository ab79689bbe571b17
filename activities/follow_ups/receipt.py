"""The receipt after a follow-up, with its *Ångra*."""

from django.urls import reverse

from activities.models import FollowUp
from activities.periods import Period
from samverkan.lib import clock
from samverkan.lib.numbers import in_unit
from samverkan.lib.texts import unstopped


def saved_number(saved: FollowUp) -> str:
    """` Utfallet är sparat som 12 600 kr.`, to follow the receipt; empty without a number."""
    number = in_unit(saved.actual, saved.activity.measure_unit)
    return f" Utfallet är sparat som {unstopped(number)}." if number else ""


def undo_tag(saved: FollowUp) -> str:
    """The message tag that gives the receipt the address of its *Ångra* button.

    Empty for a correction in a round that had ended when it was saved, which is not undone. One query for a correction.
    """
    if saved.replaces_id and saved.round_id:
        day = clock.local(saved.saved_at).date()
        if Period.of(saved.activity.agreement, day).has_ended_for(saved):
            return ""
    return f"undo:{reverse('undo_follow_up', args=[saved.pk])}"
