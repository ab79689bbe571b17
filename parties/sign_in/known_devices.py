"""A browser that has signed in to an account is known to it by a signed cookie.

Strangers who guess at the account do not slow such a browser down: it has limits of its own. The cookie signs nobody in.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

from parties.attempts import as_account
from parties.models import User

COOKIE = "known_device"
SALT = "parties.known_device"
LASTS = 365 * 24 * 60 * 60  # people sign in a few times a year


def remember(answer: HttpResponse, user: User) -> None:
    """Makes the browser known to the user's account, in place of the one that it was known to before."""
    answer.set_signed_cookie(
        COOKIE,
        f"{_mark_of(user.email)}-{get_random_string(22)}",
        salt=SALT,
        max_age=LASTS,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known(request: HttpRequest, address: str) -> str:
    """The browser's own name where it is known to the account of this e-mail address, otherwise empty."""
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=LASTS) or ""
    mark, _, name = value.partition("-")
    return name if mark == _mark_of(address) else ""


def _mark_of(address: str) -> str:
    """Says which account, but not its address."""
    return salted_hmac(SALT, as_account(address), algorithm="sha256").hexdigest()
