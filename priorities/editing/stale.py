"""Locks an agreement, declaration, need or lägesbild while it changes, and says who saved it last."""

from datetime import datetime
from typing import TypeVar

from django.core.exceptions import ValidationError

from parties.models import Declaration, User
from priorities.models import Agreement, Need, SituationalPicture
from samverkan.lib import clock
from samverkan.lib.editing.stale import Stale
from samverkan.lib.history import by_function, signed

Kept = TypeVar("Kept", Agreement, Declaration, Need, SituationalPicture)
Writable = Agreement | Declaration | Need | SituationalPicture

ARCHIVED = "Överenskommelsen är arkiverad och ändras inte."
ADOPTED = "Överenskommelsen är redan fastställd."
GONE = "Det finns inte längre: någon har tagit bort det."


def held(row: Kept, *, seen: int | None, by: User | None, at: datetime | None) -> Kept:
    """Locks the stored row until the transaction ends and raises its version. Save it to record who and when.

    Raises Stale unless `seen` is the stored version.
    """
    return _taken(locked(row), seen, by, at)


def held_draft(agreement: Agreement, *, seen: int | None, by: User | None, at: datetime | None) -> Agreement:
    """As `held`, for a draft agreement. Raises ValidationError once it is adopted."""
    own = locked(agreement)
    if not own.is_draft:
        raise ValidationError(ADOPTED, code="adopted")
    return _taken(own, seen, by, at)


def held_open(agreement: Agreement, *, seen: int | None, by: User | None, at: datetime | None) -> Agreement:
    """As `held`, for a draft or adopted agreement. Raises ValidationError once it is archived."""
    own = locked(agreement)
    refuse_archived(own)
    return _taken(own, seen, by, at)


def locked(row: Kept) -> Kept:
    """The stored row, locked on PostgreSQL; SQLite has only one writer anyway. Raises ValidationError if it is gone."""
    own = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if own is None:
        raise ValidationError(GONE, code="gone")
    return own


def _taken(own: Kept, seen: int | None, by: User | None, at: datetime | None) -> Kept:
    if seen is not None and own.version != seen:
        raise why_stale(own, by)
    own.version += 1
    return recorded(own, by=by, at=at)


def refuse_archived(agreement: Agreement) -> None:
    if agreement.is_archived:
        raise ValidationError(ARCHIVED, code="archived")


def recorded(row: Kept, *, by: User | None, at: datetime | None) -> Kept:
    """Sets the author and the moment for the row's history. Without `at`, the history takes the current moment."""
    return signed(row, by=by, at=at) if at else row


def why_stale(row: Writable, by: User | None) -> Stale:
    """The error that says who saved last, and when."""
    record = row.past.select_related("history_user").order_by("-history_id").first()
    if record is None:
        return Stale("Det har ändrats.")
    who = record.history_user
    sentence = f"{by_function(who)} sparade {clock.in_words(record.history_date)}."
    return Stale(sentence, own=who is not None and who == by)
