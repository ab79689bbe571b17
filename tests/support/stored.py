"""What takes time to store is stored once for all the tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def kept_for_the_module(django_db_blocker: Any) -> Iterator[None]:
    """For a fixture of a module's scope: what is stored within is there for every test, and gone after the last.

    Each test's own changes are rolled back to it. Not for transactional tests. A fixture that returns, and does not
    yield, leaves nothing but its answer.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
