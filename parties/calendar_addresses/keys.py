"""What is a person's own address for calendar programs, and whose is a given one?

A calendar program cannot sign in, so the address itself is the key. It is signed with the installation's secret over
the row's seed and stored nowhere: another seed, or no row, and the address means nothing any more.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_encode

from parties import policies
from parties.models import CalendarAddress, User

_KEY = re.compile(r"([0-9]{1,18})-[0-9A-Za-z_-]{43}")


def key_of(address: CalendarAddress) -> str:
    """What stands in the address: the row's number and its signature."""
    signed = salted_hmac("parties.calendar_address", f"{address.pk}:{address.seed}", algorithm="sha256")
    return f"{address.pk}-{urlsafe_base64_encode(signed.digest())}"


def address_of(user: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(user=user.pk).first()


def holder_of(key: str) -> User | None:
    """Whose key it is, with the party; None for any other, and for whoever may not have a calendar now. One query."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    address = CalendarAddress.objects.select_related("user__party").filter(pk=int(found[1])).first()
    if address is None or not constant_time_compare(key, key_of(address)):
        return None
    is_closed = address.user.is_demo_account and not settings.IS_DEMO
    return address.user if policies.can_have_calendar(address.user) and not is_closed else None
