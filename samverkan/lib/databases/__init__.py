"""Django's two databases, so that neither a missing file, a read-only disk nor a server that hangs is met in silence.

Here: how long somebody waits for PostgreSQL. `sqlite3` and `postgresql` are the engines, named in the settings.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

# Seconds. The server gives up a statement first and says why; a server that says nothing is left a little later.
LOCK_WAIT, STATEMENT, SILENCE, IDLE_IN_TRANSACTION = 10, 12, 14, 60
_FOR_PAGES = (
    f"-c lock_timeout={LOCK_WAIT}s -c statement_timeout={STATEMENT}s "
    f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}s"
)

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def wait_as_a_page_does(using: str = "default") -> None:
    """Bounds every wait of this process for PostgreSQL. For the server only: commands, such as a migration, take their time.

    Holds for connections that are opened afterwards.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        options = connection.settings_dict["OPTIONS"]
        options["longest_silence"] = SILENCE
        options["options"] = f"{_FOR_PAGES} {options.get('options', '')}".strip()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """All that is asked of PostgreSQL within is answered, or has failed, in about so many seconds together."""
    until, outer = time.monotonic() + seconds, _deadline.get()
    token = _deadline.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _deadline.reset(token)


def seconds_left() -> float | None:
    """Of the innermost `within`; 0 when they are over, None outside of it."""
    until = _deadline.get()
    return None if until is None else max(until - time.monotonic(), 0)
