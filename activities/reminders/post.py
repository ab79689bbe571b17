"""Hands mails to the mail server, and describes its faults in Swedish."""

import logging
from collections.abc import Callable
from contextlib import suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from time import monotonic
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, get_connection

logger = logging.getLogger(__name__)

UNREACHABLE = "Mejlservern gick inte att nå."
# Must be well under the time after which another run takes over this one's mails: see `activities.querysets.mail.PATIENCE`.
LONGEST_SECONDS = 10 * 60


class Down(Exception):
    """The server cannot be reached or refuses everything, so that no more mails are tried. Its text says why in Swedish."""


class Post:
    """One connection for all mails of a run: `with Post() as post: post.send(message)`.

    Reconnects after a fault, so that a refused mail does not affect the next one.
    """

    def __init__(self) -> None:
        self._connection = get_connection()
        self._broken = 0
        self._began = monotonic()
        self._down: Down | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def send(self, message: EmailMultiAlternatives) -> str:
        """Returns the fault in Swedish, empty when the mail was sent. Raises Down when the server takes no mails at all."""
        self._open()
        message.connection = self._connection
        try:
            message.send()
        except (
            OSError,
            ValueError,
        ) as error:  # smtplib's own errors are OSErrors; an odd address is a ValueError
            logger.warning("A round's mail could not be sent", exc_info=True)
            self._close()
            if isinstance(error, SMTPSenderRefused):
                raise self._given_up(in_swedish(error)) from error
            self._broken = 0 if is_about_the_mail(error) else self._broken + 1
            return in_swedish(error)
        self._broken = 0
        return ""

    def _open(self) -> None:
        if self._down:
            raise self._down
        if self._broken > 1:
            raise self._given_up("Mejlservern svarade inte, två gånger i rad.")
        if monotonic() - self._began > LONGEST_SECONDS:
            raise self._given_up("Mejlservern är långsam. Resten väntar till nästa utskick.")
        try:
            self._connection.open()
        except OSError as error:
            logger.warning("The mail server cannot be reached", exc_info=True)
            raise self._given_up(in_swedish(error, UNREACHABLE)) from error

    def _given_up(self, why: str) -> Down:
        """Remembers that the server is down for the rest of this run."""
        self._down = Down(why)
        return self._down

    def _close(self) -> None:
        with suppress(OSError):
            self._connection.close()


def is_about_the_mail(error: Exception) -> bool:
    """Whether the fault concerns this mail only, not the connection."""
    return isinstance(error, SMTPRecipientsRefused | SMTPDataError | ValueError)


def in_swedish(error: Exception, otherwise: str = "Mejlet gick inte att skicka.") -> str:
    """One sentence for the log that the coordinator reads; the server's own text is in the program's log."""
    return next(
        (sentence(error) for kind, sentence in _SENTENCES.items() if isinstance(error, kind)), otherwise
    )


def _refused_address(error: Any) -> str:
    """Includes the SMTP code: 5xx is permanent, 4xx temporary."""
    answers = list(error.recipients.values())
    return f"Mottagarens adress togs inte emot{f' (svar {answers[0][0]})' if answers else ''}."


# The first match counts: an authentication error is also an SMTPResponseException.
_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    SMTPRecipientsRefused: _refused_address,
    SMTPAuthenticationError: lambda _: "Mejlservern tog inte emot inloggningen.",
    SMTPSenderRefused: lambda error: f"Mejlservern tog inte emot avsändaren (svar {error.smtp_code}).",
    SMTPResponseException: lambda error: f"Mejlservern tog inte emot mejlet (svar {error.smtp_code}).",
    TimeoutError: lambda _: "Mejlservern svarade inte i tid.",
    SMTPServerDisconnected: lambda _: "Mejlservern svarade inte i tid eller bröt förbindelsen.",
}
