"""Who may keep agreements, needs, lägesbilder and lists. A user of None is a set-up command, which may."""

from parties.models import User


def can_keep_agreements(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_coordinator)


def can_keep_lists(user: User | None) -> bool:
    """Coordinators add the places and sources they need; administrators keep the lists, which outlive agreements."""
    return can_keep_agreements(user) or (user is not None and user.is_active and user.is_administrator)
