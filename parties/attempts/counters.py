"""Counts attempts in the database.

One statement both counts an attempt and says whether it may be made, so that no two attempts read the same number.
Outside a transaction it is committed at once: it stays whatever happens next, and locks nothing while a guess is judged.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from parties.models import AttemptCounter
from samverkan.lib import clock

SWEPT = 20  # rows at a time: more than are added, and few enough for nobody to wait

# No row comes back when the counter is full. It is not written then.
_TAKE = """
    INSERT INTO parties_attemptcounter AS counter (key, count, ends_at) VALUES (%(key)s, 1, %(ends_at)s)
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN counter.ends_at BETWEEN %(now)s AND %(odd)s THEN counter.count + 1 ELSE 1 END,
        ends_at = CASE WHEN counter.ends_at BETWEEN %(now)s AND %(odd)s THEN counter.ends_at ELSE excluded.ends_at END
    WHERE counter.ends_at NOT BETWEEN %(now)s AND %(odd)s OR counter.count < %(most)s
    RETURNING count
"""


def take(key: str, *, most: int, lasts: timedelta) -> bool:
    """Counts an attempt and returns True, or False if `most` have been counted. The first one begins the time.

    The first one also removes a few counters whose time is up.
    """
    now = clock.real_now()
    adapted = connection.ops.adapt_datetimefield_value
    values: dict[str, Any] = {"key": key, "most": most, "now": adapted(now), "ends_at": adapted(now + lasts)}
    values["odd"] = adapted(
        now + 2 * lasts
    )  # a time that no clock of today has given: the clock was wrong, and is over
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        row = cursor.fetchone()
    if row is not None and row[0] == 1:
        sweep(now)
    return row is not None


def give_back(keys: Iterable[str]) -> None:
    """Uncounts an attempt that turned out to be right."""
    for key in keys:
        AttemptCounter.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def ends_at(key: str) -> datetime:
    """When attempts are counted anew; now if there is no such counter."""
    row = AttemptCounter.objects.filter(key=key).values_list("ends_at", flat=True).first()
    return row or clock.real_now()


@transaction.atomic
def sweep(now: datetime) -> int:
    """Removes at most SWEPT counters whose time is up, and returns how many.

    The time is asked for again when a row is deleted, since another attempt may have begun it anew meanwhile.
    """
    old = AttemptCounter.objects.filter(ends_at__lte=now)
    locked = old.select_for_update(skip_locked=True).order_by("ends_at").values_list("pk", flat=True)
    if found := list(locked[:SWEPT]):
        old.filter(pk__in=found).delete()
    return len(found)
