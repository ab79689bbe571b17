"""A browser that has signed in to an account is known to it by a signed cookie.

Strangers who guess at the account do not slow such a browser down: it has limits of its own. The cookie signs nobody in.
It ends with a new password or e-mail address, a closed account, another role, and when the account is signed out
everywhere, since whoever has the browser may be the reason.
"""

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from parties.attempts import as_account
from parties.models import User

COOKIE = "known_device"
SALT = "parties.known_device"
# Renewed at each sign-in. A trusted device signs in anew after sixty days, and is still known then. Whoever comes less
# often loses nothing but the lane beside the crowd, and never the code by mail.
DAYS = 90
LASTS = DAYS * 24 * 60 * 60


def remember(answer: HttpResponse, user: User) -> None:
    """Makes the browser known to the user's account, in place of the one that it was known to before.

    The cookie is for the whole site, since a new password is asked for elsewhere than the sign-in.
    """
    answer.set_signed_cookie(
        COOKIE,
        f"{_mark_of(user)}-{get_random_string(22)}",
        salt=SALT,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known(request: HttpRequest, address: str) -> str:
    """The browser's own name where it is known to the account of this e-mail address, otherwise empty.

    One query where the browser is known to some account, otherwise none.
    """
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LASTS) or ""
    mark, _, name = value.partition("-")
    if not name:
        return ""
    user = User.objects.filter(email__iexact=as_account(address), is_active=True).first()
    return name if user and constant_time_compare(mark, _mark_of(user)) else ""


def forget(user: User) -> None:
    """Makes the account's devices unknown. Writes past `user`, which may be older than what is stored."""
    User.objects.filter(pk=user.pk).update(device_generation=F("device_generation") + 1)


def _mark_of(user: User) -> str:
    """Says which account, as it is now, but not its address."""
    now = "\n".join([as_account(user.email), user.password, str(user.device_generation)])
    return salted_hmac(SALT, now, algorithm="sha256").hexdigest()
