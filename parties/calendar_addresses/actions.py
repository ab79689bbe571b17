from datetime import datetime
from uuid import uuid4

from django.db import transaction

from parties import policies
from parties.models import CalendarAddress, User
from samverkan.lib.access import require


@transaction.atomic
def make_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """Returns the user's address; adds it if there is none."""
    require(policies.can_have_calendar(by))
    address, _ = CalendarAddress.objects.get_or_create(user=by, defaults={"made_at": at})
    return address


@transaction.atomic
def renew_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """Gives the user a new address. The old one stops working."""
    require(policies.can_have_calendar(by))
    fresh = {"seed": uuid4(), "made_at": at}
    address, _ = CalendarAddress.objects.update_or_create(user=by, defaults=fresh)
    return address


@transaction.atomic
def revoke_calendar_address(*, by: User, at: datetime) -> None:
    """Removes the user's address. Does nothing when there is none."""
    require(policies.can_have_calendar(by))
    CalendarAddress.objects.filter(user=by).delete()
