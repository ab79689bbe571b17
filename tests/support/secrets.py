"""Watches that no secret which a test uses stands in any log: neither the technical one nor the log of changes.

The secrets are taken where the product makes or checks them; all else runs as it is.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from parties.calendar_addresses import keys
from parties.models import AuditEntry
from parties.sign_in.outgoing import OutgoingMail
from parties.sign_in.sessions import SessionStore

SHORTEST = 6  # characters; a shorter text is no secret but an empty or odd answer of a test


class Watch(logging.Handler):
    """Collects what is logged, as the product's own handler writes it, and the secrets that are used."""

    def __init__(self) -> None:
        super().__init__()
        (own,) = [handler for handler in logging.getLogger().handlers if handler.get_name() == "stderr"]
        self.filters, self.formatter = own.filters, own.formatter
        self.lines: list[str] = []
        self.secrets: set[str] = set()
        self.is_paused = False

    def emit(self, record: logging.LogRecord) -> None:
        self.keep(self.format(record))

    def keep(self, line: str) -> None:
        if not self.is_paused:
            self.lines.append(line)

    def used(self, *secrets: Any) -> None:
        self.secrets |= {text for text in secrets if isinstance(text, str) and len(text) >= SHORTEST}

    def leaked(self) -> list[str]:
        """The lines that hold a secret, and not by chance: a request's id may have a code's six digits within."""
        everything = "\n".join(self.lines)
        found = [secret for secret in self.secrets if secret in everything]
        whole = [re.compile(rf"(?<![0-9A-Za-z]){re.escape(secret)}(?![0-9A-Za-z])") for secret in found]
        return [line for line in self.lines if any(secret.search(line) for secret in whole)]


@contextmanager
def watched() -> Iterator[Watch]:
    """A watch over everything that is logged and recorded meanwhile; an outer one pauses."""
    watch, root = Watch(), logging.getLogger()
    outer = [handler for handler in root.handlers if isinstance(handler, Watch) and not handler.is_paused]
    for handler in outer:
        handler.is_paused = True
    root.addHandler(watch)
    try:
        with pytest.MonkeyPatch.context() as patch:
            see_secrets(patch, watch)
            yield watch
    finally:
        root.removeHandler(watch)
        for handler in outer:
            handler.is_paused = False


def see_secrets(patch: pytest.MonkeyPatch, watch: Watch) -> None:
    def after(owner: Any, name: str, look: Any) -> None:
        """Calls `look` with the answer and the arguments of each call of the function."""
        original = getattr(owner, name)

        @wraps(original)
        def seen(*args: Any, **kwargs: Any) -> Any:
            answer = original(*args, **kwargs)
            look(answer, *args)
            return answer

        patch.setattr(owner, name, seen)

    after(AbstractBaseUser, "set_password", lambda _, user, password: watch.used(password))
    after(AbstractBaseUser, "check_password", lambda _, user, password: watch.used(password))
    after(SessionStore, "save", lambda _, session, *more: watch.used(session.session_key))
    after(
        OutgoingMail,
        "write",
        lambda _, outgoing, name, to, held: watch.used(held.get("code"), held.get("key")),
    )
    after(PasswordResetTokenGenerator, "make_token", lambda token, *more: watch.used(token))
    after(keys, "urlsafe_base64_encode", lambda key, *more: watch.used(key))
    after(AuditEntry, "save", lambda _, entry, *more: watch.keep(recorded(entry)))


def recorded(entry: AuditEntry) -> str:
    """An entry as a line; without its digest, which could hold any six digits by chance."""
    return f"audit {entry.act} {entry.address} {entry.request_id} {entry.label} {entry.changes}"
