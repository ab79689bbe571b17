"""How is a new person told of their account? By a mail with a link to choose a password, django-allauth's own link."""

import logging
from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from parties.models import User

SUBJECT = "Välkommen till Samverkan"
_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def send_invitation(pk: int, *, by: User | None, at: datetime) -> None:
    """Sends the mail and sets `invited_at`. When it cannot be sent that is logged and `invited_at` stays empty."""
    user = User.objects.select_related("party").get(pk=pk)
    context = {
        "user": user,
        "role": user.get_role(),
        "by": by,
        "site_name": settings.SITE_NAME,
        "link": settings.SITE_URL + _address(user),
        "sign_in": settings.SITE_URL + reverse("account_login"),
        "days": settings.PASSWORD_RESET_TIMEOUT // _DAY,
    }
    text = render_to_string("account/email/invitation.txt", context)
    try:
        send_mail(SUBJECT, text, None, [user.email])
    except OSError:  # what smtplib raises is one too
        logger.exception("The invitation of account %s could not be sent", pk)
    else:
        User.objects.filter(pk=pk).update(invited_at=at)


def _address(user: User) -> str:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token}
    )
