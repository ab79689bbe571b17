"""Marking a follow-up as read, and as unread again."""

from datetime import datetime

from activities import policies
from activities.models import FollowUp, ReadMark
from parties.models import User
from samverkan.lib.access import require


def mark_read(*, follow_up: FollowUp, by: User, at: datetime) -> ReadMark:
    """Marks the follow-up as read by the coordinator. The same again, or in two windows at once, marks it once.

    Not logged: it changes nothing that anybody else sees. Raises PermissionDenied for others.
    """
    require(policies.can_read_rounds(by))
    mark, _ = ReadMark.objects.get_or_create(reader=by, follow_up=follow_up, defaults={"read_at": at})
    return mark


def mark_unread(*, follow_up: FollowUp, by: User) -> None:
    """Takes the coordinator's mark back; does nothing without one. Not logged, as `mark_read`. Raises PermissionDenied."""
    require(policies.can_read_rounds(by))
    ReadMark.objects.filter(reader=by, follow_up=follow_up).delete()
