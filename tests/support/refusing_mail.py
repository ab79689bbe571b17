"""A mail backend that fails for the addresses in the setting REFUSING, each with a fault; other mail reaches the outbox."""

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend


def fault_of(kind: str) -> OSError:
    """The exception that `smtplib` raises."""
    return {
        "refused": smtplib.SMTPRecipientsRefused({}),
        "broken": smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        "slow": TimeoutError("timed out"),
    }[kind]


class Backend(EmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            for address in message.to:
                if address in settings.REFUSING:
                    raise fault_of(settings.REFUSING[address])
        return super().send_messages(messages)
