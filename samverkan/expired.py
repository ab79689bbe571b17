"""Removes what counts for nothing any more: sessions with their codes, sent forms and counters of attempts."""

from collections.abc import Callable
from datetime import datetime

from parties.attempts import counters
from parties.sign_in import sessions
from parties.submissions import store
from samverkan.lib import clock

SWEEPS: tuple[Callable[[datetime], int], ...] = (sessions.sweep, store.sweep, counters.sweep)
STEPS = 10_000  # at most in a run; what is left goes with the next


def remove_expired() -> None:
    """Removes all of it in steps of at most a hundred rows, each in a transaction of its own, so that nobody waits."""
    now = clock.real_now()
    for sweep in SWEEPS:
        for _ in range(STEPS):
            if not sweep(now):
                break
