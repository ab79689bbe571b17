"""How does a sign-in code reach a person? By a mail that is sent once the page has been answered.

Whether an address has an account shows neither in the answer nor in how long it takes: the mail server is asked to
take something, or found to be down, for every address alike, and only then is there a mail, or none.
"""

import logging
from collections.abc import Callable
from contextlib import closing

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

SUBJECT = (
    "Din kod till Samverkan"  # without the code: subjects stand on locked screens and in mail servers' logs
)

logger = logging.getLogger(__name__)


class Outgoing:
    """An open connection to the mail server, and the mail that may be sent through it. Raises OSError when it is down."""

    def __init__(self) -> None:
        self.to = self.code = ""
        self.connection = get_connection()
        self.connection.open()

    def send(self) -> None:
        """What the server refuses is in the log: to say it would tell that there is an account."""
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


class AnswerFirst(HttpResponseRedirect):
    """Leads on, and does the rest when the answer has been sent."""

    def __init__(self, to: str, *, then: Callable[[], None]) -> None:
        super().__init__(to)
        self._then = then

    def close(self) -> None:
        super().close()
        self._then()
