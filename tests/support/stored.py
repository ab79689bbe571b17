"""Stores slow rows once for all the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_the_module(django_db_blocker: Any) -> Iterator[None]:
    """Wraps a module-scoped fixture: every test finds the rows stored within, and the last test leaves none.

    Each test's own changes are rolled back. Not for transactional tests. If the fixture returns instead of yielding, its
    rows are gone at once and only its return value remains.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
