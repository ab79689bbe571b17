"""Mails a sign-in code after the page has been answered.

Neither the answer nor the time it takes shows whether an address has an account: every request connects to the mail
server, or finds it down, and only then is there a mail to send or none.
"""

import logging
from collections.abc import Callable
from contextlib import closing

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

SUBJECT = "Din kod till Samverkan"  # without the code: locked screens and mail servers' logs show subjects

logger = logging.getLogger(__name__)


class OutgoingCode:
    """An open connection to the mail server and the code to send through it, if any. Raises OSError if it is down."""

    def __init__(self) -> None:
        self.to = self.code = ""
        self.connection = get_connection()
        self.connection.open()

    def send(self) -> None:
        """Sends the mail, if there is one. Only logs a failure, since showing it would reveal the account."""
        try:
            with closing(self.connection):
                if self.to:
                    self._mail().send()
        except OSError:  # smtplib's own errors are OSErrors too
            logger.exception("A sign-in code could not be sent")

    def _mail(self) -> EmailMultiAlternatives:
        context = {
            "code": self.code,
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "site_name": settings.SITE_NAME,
        }
        text = render_to_string("account/email/login_code_message.txt", context)
        html = render_to_string("account/email/login_code_message.html", context)
        mail = EmailMultiAlternatives(SUBJECT, text, to=[self.to], connection=self.connection)
        mail.attach_alternative(html, "text/html")
        return mail


class RedirectThen(HttpResponseRedirect):
    """Redirects, and calls `then` when the response has been sent."""

    def __init__(self, to: str, *, then: Callable[[], None]) -> None:
        super().__init__(to)
        self._then = then

    def close(self) -> None:
        super().close()
        self._then()
