"""The store of sessions, named in the settings."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import InternalError, OperationalError, transaction

logger = logging.getLogger(__name__)

# How far the stored end may lag behind the latest click. Without a lag every page would cost a write.
LAG = timedelta(minutes=1)
SWEPT = 100  # rows at a time


@transaction.atomic
def sweep(now: datetime) -> int:
    """Removes at most SWEPT sessions that have ended, with the codes in them, and returns how many."""
    old = Session.objects.filter(expire_date__lte=now)
    locked = old.select_for_update(skip_locked=True).order_by("expire_date").values_list("pk", flat=True)
    if found := list(locked[:SWEPT]):
        old.filter(pk__in=found).delete()
    return len(found)


class SessionStore(db.SessionStore):
    """Django's, but a session that holds what it held is stored again only when its end has moved by a minute."""

    _stored: tuple[datetime, bytes] | None = None

    def load(self) -> dict[str, Any]:
        session = self._get_session_from_db()  # type: ignore[attr-defined] # Django has it, its types do not
        if session is None:
            return {}
        data: dict[str, Any] = self.decode(session.session_data)
        self._stored = session.expire_date, self.serializer().dumps(data)
        return data

    def save(self, must_create: bool = False) -> None:
        """Lets a session that is stored already end as it would have, when the database cannot be written."""
        if must_create or self._stored is None:
            super().save(must_create)
        elif not self._is_stored():
            try:
                super().save(must_create)
            except UpdateError as error:
                if not isinstance(error.__context__, OperationalError | InternalError):
                    raise  # somebody has signed out of it meanwhile
                logger.warning("A session could not be stored", exc_info=True)

    def _is_stored(self) -> bool:
        if self._stored is None or self.session_key is None:
            return False
        end, data = self._stored
        return self.serializer().dumps(dict(self.items())) == data and self.get_expiry_date() - end < LAG
