"""What happens when parties, accounts and declarations are set up and change?

Every verb is keyword-only and atomic. `by` is the person who does it, None for a set-up command.
Raises PermissionDenied when `by` may not, ValidationError when something does not hold.
"""

from parties.actions.accounts import (
    add_user,
    change_user,
    invite_user,
    refuse_odd_account,
    resend_invitation,
    send_when_saved,
)
from parties.actions.calendars import (
    make_calendar_address,
    renew_calendar_address,
    revoke_calendar_address,
)
from parties.actions.checking import changed, checked
from parties.actions.declarations import Point, register_declaration, register_matter
from parties.actions.deputies import name_deputy, remove_deputy
from parties.actions.parties import (
    add_party,
    add_unit,
    change_party,
    change_unit,
    refuse_odd_party,
)

__all__ = [
    "Point",
    "add_party",
    "add_unit",
    "add_user",
    "change_party",
    "change_unit",
    "change_user",
    "changed",
    "checked",
    "invite_user",
    "make_calendar_address",
    "name_deputy",
    "refuse_odd_account",
    "refuse_odd_party",
    "register_declaration",
    "register_matter",
    "remove_deputy",
    "renew_calendar_address",
    "resend_invitation",
    "revoke_calendar_address",
    "send_when_saved",
]
