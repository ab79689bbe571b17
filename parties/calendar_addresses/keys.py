"""The key in the address of a personal calendar, and the user it belongs to.

A calendar program cannot sign in, so its address is the key: the row's id and an HMAC over the row's seed with
SECRET_KEY. The key is not stored. A new seed, or no row, makes it invalid.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import urlsafe_base64_encode

from parties import policies
from parties.models import CalendarAddress, User

_KEY = re.compile(r"([0-9]{1,18})-[0-9A-Za-z_-]{43}")


def key_of(address: CalendarAddress) -> str:
    """The row's id and its signature."""
    signed = salted_hmac("parties.calendar_address", f"{address.pk}:{address.seed}", algorithm="sha256")
    return f"{address.pk}-{urlsafe_base64_encode(signed.digest())}"


def address_of(user: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(user=user.pk).first()


def holder_of(key: str) -> User | None:
    """Returns the key's user with the party loaded, in one query.

    None for an invalid key, for a user who may no longer have a calendar, and for a demo account outside a demo.
    """
    found = _KEY.fullmatch(key)
    if not found:
        return None
    address = CalendarAddress.objects.select_related("user__party").filter(pk=int(found[1])).first()
    if address is None or not constant_time_compare(key, key_of(address)):
        return None
    is_closed = address.user.is_demo_account and not settings.IS_DEMO
    return address.user if policies.can_have_calendar(address.user) and not is_closed else None
