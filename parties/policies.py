"""Who may keep parties, accounts, declarations, calendars and deputies. A user of None is a set-up command, which may."""

from parties.models import User
from parties.querysets import is_shut_out
from parties.roles import Role


def can_keep_parties(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_administrator)


def can_keep_accounts(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_administrator)


def can_mask(user: User) -> bool:
    """Mask a text that may not be there: administrators."""
    return user.is_active and user.is_administrator


def can_invite(user: User | None, as_role: str = Role.REPRESENTATIVE) -> bool:
    """Coordinators invite representatives; administrators invite to any role."""
    if can_keep_accounts(user):
        return True
    return user is not None and user.is_active and user.is_coordinator and as_role == Role.REPRESENTATIVE


def can_keep_declarations(user: User | None) -> bool:
    return user is None or (user.is_active and user.is_coordinator)


def can_have_calendar(user: User) -> bool:
    """Everyone but those who are shut out: the calendar only holds what the user sees at the time."""
    return not is_shut_out(user)


def can_name_deputy(user: User, person: User) -> bool:
    """Representatives name their own deputies, coordinators any representative's."""
    return user.is_active and _speaks_for_a_party(person) and (user.pk == person.pk or user.is_coordinator)


def can_be_deputy(user: User, person: User) -> bool:
    """Another active representative of the same party."""
    return user.pk != person.pk and _speaks_for_a_party(user) and user.party_id == person.party_id


def _speaks_for_a_party(user: User) -> bool:
    return user.is_active and user.is_representative and user.party_id is not None
