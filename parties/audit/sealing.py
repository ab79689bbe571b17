"""Seals the log: closes what has been written since the last time as segments of a chain.

No write waits for it. Since keys are given out before their rows are committed, a lower key could still come after the
highest one that is seen. On PostgreSQL the sealer therefore waits for the writers that hold a lock on the table at that
moment: an INSERT takes its lock before its key, and whoever begins later gets a higher key. Others see locks in
`pg_locks` whatever role they have, but the beginning of transactions in `pg_stat_activity` only of their own role; and a
long report that only reads holds nothing up. SQLite has one writer at a time, so keys are committed in order.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from parties.audit.hashing import chained_digest_of, digest_of_entries, marks_of
from parties.audit.reading import BEFORE_ALL, stored_entries
from parties.models import AuditEntry, AuditSegment

LARGEST = 50_000  # entries of a segment
PATIENCE = 10.0  # seconds to wait for the writers
_PAUSE = 0.05
_SEALER = 7_305_224_918  # names the advisory lock that only one sealer has

logger = logging.getLogger(__name__)


class NotSealed(Exception):
    """Nothing was sealed; the next time will. The message is a sentence in Swedish."""


def seal(*, at: datetime, patience: float = PATIENCE) -> list[AuditSegment]:
    """Seals all entries that are committed, and returns the new segments.

    Raises NotSealed when another sealer is at work, or a writer is still not done after `patience` seconds.
    """
    with _alone():
        highest = AuditEntry.objects.aggregate(highest=Max("pk"))["highest"]
        last = AuditSegment.objects.order_by("number").last()
        if highest is None or (last and highest <= last.last_id):
            return []
        _wait_for_writers(patience)
        made = []
        while segment := _next_segment(last, highest, at):
            try:
                segment.save(force_insert=True)
            except IntegrityError as error:
                raise NotSealed("Ett annat kommando förseglar loggen just nu.") from error
            made.append(segment)
            last = segment
        if made:
            logger.info("Sealed the log of changes up to segment %s: %s", made[-1].number, made[-1].chained)
        return made


def _next_segment(last: AuditSegment | None, highest: int, at: datetime) -> AuditSegment | None:
    """The segment after `last`, not saved; None when nothing is left."""
    rows = islice(stored_entries(last.last_id if last else BEFORE_ALL, highest), LARGEST)
    entries = [(row.key, row.digest) for row in rows]
    if not entries:
        return None
    segment = AuditSegment(
        number=last.number + 1 if last else 1,
        first_id=entries[0][0],
        last_id=entries[-1][0],
        entries=len(entries),
        digest=digest_of_entries(entries),
        previous=last.chained if last else "",
        closed_at=at,
        marks=marks_of(entries),
    )
    segment.chained = chained_digest_of(segment)
    return segment


@contextmanager
def _alone() -> Iterator[None]:
    """Keeps other sealers out. On SQLite the segments' unique numbers do, without a lock that writers would wait for."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        if not _asked("SELECT pg_try_advisory_xact_lock(%s)", [_SEALER])[0][0]:
            raise NotSealed("Ett annat kommando förseglar loggen just nu.")
        yield


def _wait_for_writers(patience: float) -> None:
    """Waits until those who write to the log now are done. Raises NotSealed when they take too long."""
    if connection.vendor != "postgresql":
        return
    deadline, writers = time.monotonic() + patience, _writers()
    while writers:
        if time.monotonic() > deadline:
            raise NotSealed("Någon skriver fortfarande i loggen. Den förseglas nästa gång.")
        time.sleep(_PAUSE)
        writers &= _writers()


def _writers() -> set[str]:
    """The transactions that hold a writer's lock on the log."""
    return {
        writer
        for (writer,) in _asked(
            "SELECT virtualtransaction FROM pg_locks WHERE relation = 'parties_auditentry'::regclass "
            "AND mode = 'RowExclusiveLock' AND granted AND pid <> pg_backend_pid() "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [],
        )
    }


def _asked(query: str, parameters: list[int]) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()
