"""An invitation's link ends when the person signs in by code. Whoever opens it then is led to the sign-in and told why."""

from allauth.account import app_settings
from allauth.account.utils import url_str_to_user_pk
from allauth.account.views import INTERNAL_RESET_SESSION_KEY
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from parties.models import User

SIGNED_IN_SINCE = (
    "Länken i inbjudan gällde tills du loggade in första gången, och det har du redan gjort med en kod. Logga in på samma "
    "sätt nu: skriv din e-postadress och välj ”Skicka kod”. Vill du hellre ha ett lösenord väljer du ”Har du glömt lösenordet?”."
)
ALREADY_IN = (
    "Länken i inbjudan gällde till den första inloggningen. Du är redan inloggad och behöver den inte."
)
_OPENED = "set-password"  # in the address once the link has been opened; the key is then in the session


def is_one(request: HttpRequest, uidb36: str, key: str) -> bool:
    """Whether the link is one of ours that would hold if its active account had never been signed in to.

    Only whoever has the link learns it. A password that has been chosen since, another address and three days make it
    a dead link like others. At most two queries.
    """
    try:
        user = User.objects.filter(pk=url_str_to_user_pk(uidb36), is_active=True).first()
    except (ValueError, ValidationError, OverflowError):
        return False
    if user is None or user.last_login is None:
        return False
    user.last_login = None  # as it was when the link was made; this is not saved
    sent = request.session.get(INTERNAL_RESET_SESSION_KEY, "") if key == _OPENED else key
    return bool(app_settings.PASSWORD_RESET_TOKEN_GENERATOR().check_token(user, sent))


def lead_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in, which sends whoever is signed in on to their first page; each is told why the link is of no use."""
    messages.info(request, ALREADY_IN if request.user.is_authenticated else SIGNED_IN_SINCE)
    return redirect("account_login")
