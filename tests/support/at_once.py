"""Several people at once, each with a connection of their own, on either database."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend


class People:
    """They find what the test has stored: on SQLite in a file, since what is in memory is not shared as a file is."""

    def __init__(self, folder: Path) -> None:
        self.settings = {**connection.settings_dict}
        if connection.vendor == "sqlite":
            self.settings["NAME"] = str(folder / "copy.sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [self.settings["NAME"]])
            # The copy is no WAL database yet, and of two who switch it at once SQLite refuses one without
            # waiting. An installed database was switched by its first `migrate`.
            first = self.connect()
            first.ensure_connection()
            first.close()

    def connect(self) -> BaseDatabaseWrapper:
        own: BaseDatabaseWrapper = load_backend(self.settings["ENGINE"]).DatabaseWrapper(
            self.settings, "default"
        )
        return own

    def do(self, *works: Callable[[], Any]) -> list[Any]:
        """Lets each do its work at the same time; what each answered, or the error that it met."""
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
        """What one of them sees afterwards."""
        (seen,) = self.do(look)
        return seen
