"""Mails a sign-in code, or a link to a new password, after the page has been answered.

Neither the answer nor the time it takes shows whether an address has an account: every request connects to the mail
server, or finds it down, and only then is there a mail to send or none. A thread sends it, so that the next request need
not wait for a slow server where there is only one worker process.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import smtp
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

# Subject, text and HTML, by django-allauth's name. The code is in no subject: locked screens and mail servers' logs show it.
MAILS = {
    "account/email/login_code": (
        "Din kod till Samverkan",
        "account/email/login_code_message.txt",
        "account/email/login_code_message.html",
    ),
    "account/email/password_reset_key": (
        "Nytt lösenord till Samverkan",
        "account/email/password_reset_key_message.txt",
        "",
    ),
}

SENDERS = 4  # mails that are sent at the same time

logger = logging.getLogger(__name__)
# The limits on attempts bound how many wait. Those that do are sent before the process ends.
_senders = ThreadPoolExecutor(max_workers=SENDERS, thread_name_prefix="mail")


class OutgoingMail:
    """An open connection to the mail server and the mail to send through it, if any. Raises OSError if it is down."""

    def __init__(self) -> None:
        self.to = self.name = ""
        self.context: dict[str, Any] = {}
        self.digits = 6
        self.counted: list[str] = []  # the counters that get the code back once it has signed somebody in
        self.connection = get_connection()
        self.connection.open()
        self._request = copy_context()  # the request's id stands in the log also when its thread has gone on

    def write(self, name: str, to: str, context: dict[str, Any]) -> None:
        self.name, self.to = name, to
        self.context = {
            **context,
            "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
            "site_name": settings.SITE_NAME,
        }

    def send(self) -> None:
        """Sends the mail, if there is one. Only logs a failure, since showing it would reveal the account.

        Returns at once when the mail goes to a server; files and memory have nothing to wait for.
        """
        if isinstance(self.connection, smtp.EmailBackend):
            _senders.submit(self._request.run, self._send)
        else:
            self._request.run(self._send)

    def _send(self) -> None:
        try:
            with closing(self.connection):
                if self.to:
                    self._mail().send()
        except OSError:  # smtplib's own errors are OSErrors too
            logger.exception("A mail about signing in could not be sent")

    def _mail(self) -> EmailMultiAlternatives:
        subject, text, html = MAILS[self.name]
        body = render_to_string(text, self.context)
        mail = EmailMultiAlternatives(subject, body, to=[self.to], connection=self.connection)
        if html:
            mail.attach_alternative(render_to_string(html, self.context), "text/html")
        return mail


class RedirectThen(HttpResponseRedirect):
    """Redirects, and calls `then` when the response has been sent."""

    def __init__(self, to: str, *, then: Callable[[], None]) -> None:
        super().__init__(to)
        self._then = then

    def close(self) -> None:
        super().close()
        self._then()
