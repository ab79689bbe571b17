"""The store of sessions, named in the settings."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db

# How far the stored end may lag behind the latest click. Without a lag every page would cost a write.
LAG = timedelta(minutes=1)


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
        if must_create or not self._is_stored():
            super().save(must_create)

    def _is_stored(self) -> bool:
        if self._stored is None or self.session_key is None:
            return False
        end, data = self._stored
        return self.serializer().dumps(dict(self.items())) == data and self.get_expiry_date() - end < LAG
