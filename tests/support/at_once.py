"""Runs several people's work at once, each on a connection of its own, on either database."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


class People:
    """They see what the test has stored; on SQLite in a copy on file, since connections cannot share a database in memory."""

    def __init__(self, folder: Path) -> None:
        self.settings = {**connection.settings_dict}
        if connection.vendor == "sqlite":
            self.settings["NAME"] = str(folder / "copy.sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [self.settings["NAME"]])
            # The copy is not in WAL mode yet. When two connections switch it at once, SQLite refuses one without
            # waiting. In an installation the first `migrate` has switched it.
            first = self.connect()
            first.ensure_connection()
            first.close()

    def connect(self) -> BaseDatabaseWrapper:
        own: BaseDatabaseWrapper = load_backend(self.settings["ENGINE"]).DatabaseWrapper(
            self.settings, "default"
        )
        return own

    def do(self, *works: Callable[[], Any]) -> list[Any]:
        """Runs all works at the same time. Returns what each returned, or the exception that it raised."""
        answers: list[Any] = [None] * len(works)
        ready = Barrier(len(works))

        def work_alone(place: int, work: Callable[[], Any]) -> None:
            connections["default"] = own = self.connect()
            try:
                ready.wait()
                answers[place] = work()
            except Exception as error:  # noqa: BLE001 - the test judges it
                answers[place] = error
            finally:
                own.close()

        threads = [Thread(target=work_alone, args=pair) for pair in enumerate(works)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def see(self, look: Callable[[], Any]) -> Any:
        """Returns what `look` sees on a connection of its own."""
        (seen,) = self.do(look)
        return seen


def database_url(people: People) -> str:
    """What a program of its own needs to work on their database."""
    settings = people.settings
    if settings["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{settings['NAME']}"
    folder = quote(settings["HOST"], safe="")
    return f"postgres://{settings['USER']}@/{folder}/{settings['NAME']}"
