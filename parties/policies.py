"""Who may keep parties, accounts and declarations? None stands for a set-up command, which may."""

from parties.models import User


def can_keep_parties(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_administrator)


def can_keep_accounts(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_administrator)


def can_keep_declarations(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_coordinator)
