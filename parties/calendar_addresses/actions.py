from datetime import datetime
from uuid import uuid4

from django.db import transaction

from parties import policies
from parties.models import CalendarAddress, User
from samverkan.lib.access import require


@transaction.atomic
def make_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """The person's own address; the one that there is when there is one."""
    require(policies.can_have_calendar(by))
    address, _ = CalendarAddress.objects.get_or_create(user=by, defaults={"made_at": at})
    return address


@transaction.atomic
def renew_calendar_address(*, by: User, at: datetime) -> CalendarAddress:
    """Another address; the one before means nothing from now on."""
    require(policies.can_have_calendar(by))
    fresh = {"seed": uuid4(), "made_at": at}
    address, _ = CalendarAddress.objects.update_or_create(user=by, defaults=fresh)
    return address


@transaction.atomic
def revoke_calendar_address(*, by: User, at: datetime) -> None:
    """No address any more; nothing happens when there is none."""
    require(policies.can_have_calendar(by))
    CalendarAddress.objects.filter(user=by).delete()
