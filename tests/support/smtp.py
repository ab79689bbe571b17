"""A real mail server on loopback, which can refuse addresses, hang or break off."""

import asyncio
import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from threading import Barrier
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from parties.sign_in import outgoing


class Mailbox:
    """The mail that has arrived (`mails`, and its addresses in `to`), and how the server behaves.

    It gives the addresses in `refusing` their answers. While `hanging` it is silent for five seconds after the data, and
    while `breaking` it closes the connection there.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: list[tuple[str, EmailMessage]] = []
        self.refusing: dict[str, str] = {}
        self.hanging = self.breaking = False
        self.connections = 0

    @property
    def url(self) -> str:
        """A value for EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def to(self) -> list[str]:
        return sorted(address for address, _ in self.mails)

    # --- aiosmtpd calls these --------------------------------------------------------------------------------------
    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        if self.breaking:
            server.transport.close()
        if self.hanging:
            await asyncio.sleep(5)
        content: Any = envelope.content
        message = email.message_from_bytes(content, policy=default)
        if not self.breaking:
            self.mails += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_until_sent() -> None:
    """Waits until the threads that send mail about signing in have nothing left to do: all of them come here at once."""
    together = Barrier(outgoing.SENDERS + 1)
    for _ in range(outgoing.SENDERS):
        outgoing._senders.submit(together.wait)
    together.wait(timeout=60)


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Runs the server within and yields its mailbox: `with … as box:`, then `box.mails`."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
