"""SQLite, which opens only a file that is there, and reads one that cannot be written.

https://www.sqlite.org/wal.html says which databases can be read from a read-only disk: those in WAL mode only with their
`-shm` file, or as `immutable`, which looks at no other file. That is right only where none has anything to say.
"""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db.backends.sqlite3 import base


class SQLite(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """The name becomes an address that makes no file; `create_file` does, for `migrate`."""
        params = super().get_connection_params()
        if file := self._file():
            how = "mode=ro&immutable=1" if _is_at_rest(file) else "mode=rw"
            params["database"] = f"file:{quote(str(file))}?{how}"
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """In WAL mode, in which nobody who reads waits for who writes; as it is where nothing can be written."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "readonly" not in str(error):
                connection.close()
                raise
        return connection

    def create_file(self) -> None:
        """Makes an empty file where there is none. A folder that is not there is told as the connection opens."""
        file = self._file()
        if file and file.parent.is_dir():
            file.touch()

    def _file(self) -> Path | None:
        """None for a database in memory, which is what an address with `file:` is in the tests."""
        name = str(self.settings_dict["NAME"])
        return None if self.is_in_memory_db() or name.startswith("file:") else Path(name)


def _is_at_rest(file: Path) -> bool:
    """Whether we cannot write the file, and nobody else has it open or has left something to do beside it.

    A `-shm` lies there while a database is open; a `-wal` or a `-journal` holds what is saved or to be taken back.
    """
    if all(os.access(path, os.W_OK, effective_ids=True) for path in (file, file.parent)):
        return False
    beside = {end: Path(f"{file}{end}") for end in ("-shm", "-wal", "-journal")}
    left = [path for end, path in beside.items() if path.exists() and (end == "-shm" or path.stat().st_size)]
    return file.is_file() and not left


DatabaseWrapper = SQLite  # the name that Django looks for
