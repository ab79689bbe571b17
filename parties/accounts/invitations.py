"""Mails a new person a link to choose a password, django-allauth's own.

The link lasts three days (PASSWORD_RESET_TIMEOUT), as a forgotten password's does. After that the person asks for
a new one at the sign-in.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from parties.models import User

SUBJECT = "Välkommen till Samverkan"
_SECONDS_A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


def send_invitations(pks: Iterable[int], *, by: User | None, at: datetime, is_moved: bool = False) -> None:
    """Mails each account and sets its `invited_at`. Logs every failure and leaves that `invited_at` as it was.

    `is_moved` when the account has been used and has got another address, which the mail then says.

    Stops at the first connection error. When the server refuses one address, goes on with the next.
    """
    sent: list[int] = []
    try:
        with get_connection() as connection:
            users = User.objects.select_related("party").filter(pk__in=pks).order_by("pk")
            sent.extend(user.pk for user in users if _try_send(_mail(user, by, connection, is_moved), user))
    except OSError:
        logger.exception("The mail server cannot be reached; an invitation was not sent")
    User.objects.filter(pk__in=sent).update(invited_at=at)


def _try_send(mail: EmailMessage, user: User) -> bool:
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPResponseException):
        logger.exception("The mail server refused the invitation of account %s", user.pk)
        return False
    return True


def _mail(user: User, by: User | None, connection: Any, is_moved: bool) -> EmailMessage:
    context = {
        "is_moved": is_moved,
        "user": user,
        "role": user.get_role(),
        "by": by,
        "site_name": settings.SITE_NAME,
        "link": settings.SITE_URL + _address(user),
        "sign_in": settings.SITE_URL + reverse("account_login"),
        "days": settings.PASSWORD_RESET_TIMEOUT // _SECONDS_A_DAY,
    }
    text = render_to_string("account/email/invitation.txt", context)
    return EmailMessage(SUBJECT, text, to=[user.email], connection=connection)


def _address(user: User) -> str:
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token}
    )
