"""Saves a row of a list and records it in the log: all that most such changes are."""

from typing import Any, TypeVar

from django.db.models import Model

from parties.acts import Act
from parties.audit.changes import after, before
from parties.audit.recording import record, record_change
from parties.models import User
from samverkan.lib.checking import changed, checked

M = TypeVar("M", bound=Model)


def add(row: M, *, by: User | None) -> M:
    """Saves a new row, with all its values in the log. Raises ValidationError."""
    checked(row)
    record(Act.ADDED, by=by, of=row, changes=after(row))
    return row


def change(row: M, fields: dict[str, Any], *, by: User | None) -> M:
    """Locks the stored row and changes it, with the old and the new values in the log. Raises ValidationError."""
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    old = before(stored)
    changed(stored, fields)
    record_change(stored, old, by=by)
    return stored
