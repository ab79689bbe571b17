"""Who may keep agreements, needs and lägesbilder? None stands for a set-up command, which may."""

from parties.models import User


def can_keep_agreements(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_coordinator)
