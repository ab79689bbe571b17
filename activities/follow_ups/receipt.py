"""The receipt after a follow-up, with its *Ångra*."""

from django.urls import reverse

from activities.models import FollowUp


def undo_tag(saved: FollowUp) -> str:
    """The message tag that gives the receipt the address of its *Ångra* button."""
    return f"undo:{reverse('undo_follow_up', args=[saved.pk])}"
