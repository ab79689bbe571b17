"""Whether the database holds the locks of the list; asked before the server starts, by `check` and by `/halsa/`."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections

from samverkan.lib import locks
from samverkan.locks import LOCKS

HINT = "Run `manage.py migrate`, which installs them."


def faults(using: str = "default") -> list[str]:
    """How the installed locks differ from the list. Raises DatabaseError when the database does not answer."""
    return locks.faults(connections[using], LOCKS)


def refuse_without_locks() -> None:
    """Raises ImproperlyConfigured when a lock is missing. A database that does not answer yet is left to `/halsa/`."""
    try:
        wrong = faults()
    except DatabaseError:
        return
    finally:
        connections.close_all()
    if wrong:
        sentence = f"{len(wrong)} locks are missing or wrong, first: {wrong[0]}. {HINT}"
        raise ImproperlyConfigured(sentence)


def check_locks(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """A system check, of the databases that `check --database` names."""
    return [
        checks.Error(f"In the database {using}, {fault}.", hint=HINT, id="samverkan.E001")
        for using in databases or ()
        for fault in faults(using)
    ]
