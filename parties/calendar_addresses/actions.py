from datetime import datetime
from uuid import uuid4

from django.db import transaction

from parties import audit, policies
from parties.audit import Act
from parties.models import CalendarAddress, User
from samverkan.lib.access import require

CALENDAR = "Egen kalenderadress"  # what the log calls it: never its key


@transaction.atomic
def make_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """Returns the user's address; adds it if there is none."""
    require(policies.can_have_calendar(by))
    address, is_new = CalendarAddress.objects.get_or_create(user=by, defaults={"made_at": at})
    if is_new:
        audit.record(Act.ADDED, by=by, of=address, label=CALENDAR)
    return address


@transaction.atomic
def renew_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """Gives the user a new address. The old one stops working."""
    require(policies.can_have_calendar(by))
    fresh = {"seed": uuid4(), "made_at": at}
    address, is_new = CalendarAddress.objects.update_or_create(user=by, defaults=fresh)
    audit.record(Act.ADDED if is_new else Act.CHANGED, by=by, of=address, label=CALENDAR)
    return address


@transaction.atomic
def revoke_calendar_address(*, by: User, at: datetime) -> None:
    """Removes the user's address. Does nothing when there is none."""
    require(policies.can_have_calendar(by))
    end_calendar_address(by=by, user=by)


@transaction.atomic
def end_calendar_address(*, by: User | None, user: User) -> None:
    """Removes the address of an account that is closed or given to another person, in the caller's transaction.

    Asks no policy: whoever may close the account may end its address.
    """
    for address in CalendarAddress.objects.select_for_update().filter(user=user):
        audit.record(Act.REMOVED, by=by, of=address, label=CALENDAR)
        address.delete()
