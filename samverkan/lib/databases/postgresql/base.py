"""PostgreSQL, of which nobody waits for ever.

A server that is stopped keeps its connections open, and a network may swallow what is sent: then no timeout of the
server's own helps, and the client has to stop waiting.
"""

import math
import time
from collections.abc import Generator
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from samverkan.lib.databases import seconds_left, within

ANSWERS_WITHIN = 2  # seconds in which a server that is well answers SELECT 1
SHORTEST_CONNECT = 2  # seconds; libpq takes a shorter time for this


class Connection(psycopg.Connection[Any]):
    """Closed after a wait that took too long: what the server answers later would be taken for another answer."""

    longest_silence: float | None = None

    def wait(self, gen: Generator[Any, Any, Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        """Raises OperationalError when the server has not answered in time."""
        bounds = [each for each in (timeout, self.longest_silence, seconds_left()) if each is not None]
        if not bounds:
            return super().wait(gen, interval)
        bound = min(bounds)
        until = time.monotonic() + bound
        try:
            return super().wait(gen, min(interval, bound), bound)
        except psycopg.OperationalError:
            if time.monotonic() >= until:
                self.close()
            raise


class PostgreSQL(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        params.pop("longest_silence", None)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """Django's, without its pool and its choice of isolation, which the settings do not use."""
        left = seconds_left()
        if left is not None:
            conn_params = {**conn_params, "connect_timeout": max(math.ceil(left), SHORTEST_CONNECT)}
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        connection = Connection.connect(**conn_params)
        connection.longest_silence = self.settings_dict["OPTIONS"].get("longest_silence")
        return connection

    def is_usable(self) -> bool:
        """Asked before a connection is used again, in each request: a server that hangs is to be noticed soon."""
        with within(ANSWERS_WITHIN):
            return super().is_usable()


DatabaseWrapper = PostgreSQL  # the name that Django looks for
