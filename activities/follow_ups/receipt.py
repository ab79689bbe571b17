"""The receipt after a follow-up, with its *Ångra*."""

from django.urls import reverse

from activities.models import FollowUp


def undo_tag(saved: FollowUp) -> str:
    """Tells the receipt where its *Ångra* button leads."""
    return f"undo:{reverse('undo_follow_up', args=[saved.pk])}"
