"""The table of sent forms. Each function is one statement, which is committed at once outside a transaction."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from parties.models import Submission
from samverkan.lib import clock

KEPT = timedelta(days=1)
LOST = timedelta(minutes=1)  # the server gives up a request after half of that
SWEPT = 100  # rows at a time
SWEEP_EVERY = 16  # by the mark, so that a form costs no third query but once in sixteen times

# No row comes back while another holds the form, or once it has been answered.
_TAKE = """
    INSERT INTO parties_submission AS sent (mark, taken_at, leads_to) VALUES (%(mark)s, %(now)s, '')
    ON CONFLICT (mark) DO UPDATE SET taken_at = excluded.taken_at, leads_to = ''
    WHERE sent.taken_at <= %(old)s OR (sent.leads_to = '' AND sent.taken_at <= %(lost)s)
    RETURNING id
"""


def take(mark: str) -> bool:
    """Takes the form, and returns False if it has been taken. One that was never answered is lost after LOST."""
    now = clock.real_now()
    adapted = connection.ops.adapt_datetimefield_value
    values: dict[str, Any] = {"mark": mark, "now": now, "old": now - KEPT, "lost": now - LOST}
    values |= {name: adapted(moment) for name, moment in values.items() if name != "mark"}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        is_taken = cursor.fetchone() is not None
    if is_taken and int(mark, 16) % SWEEP_EVERY == 0:
        sweep(now)
    return is_taken


def answer(mark: str) -> str | None:
    """The address that the form led to, empty while it is being saved; None if nobody holds it."""
    return Submission.objects.filter(mark=mark).values_list("leads_to", flat=True).first()


def keep(mark: str, leads_to: str) -> None:
    Submission.objects.filter(mark=mark).update(leads_to=leads_to)


def release(mark: str) -> None:
    """Lets the form be sent again, since nothing was saved."""
    Submission.objects.filter(mark=mark, leads_to="").delete()


@transaction.atomic
def sweep(now: datetime) -> int:
    """Removes at most SWEPT rows that are older than KEPT, and returns how many."""
    old = Submission.objects.filter(taken_at__lte=now - KEPT)
    locked = old.select_for_update(skip_locked=True).order_by("taken_at").values_list("pk", flat=True)
    if found := list(locked[:SWEPT]):
        old.filter(pk__in=found).delete()
    return len(found)
