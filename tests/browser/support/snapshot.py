"""Loads the demo once and copies it back before each story."""

from django.apps import apps
from django.db import connection, transaction

from samverkan import demo

OURS = ("parties", "priorities", "activities")


class Snapshot:
    """The demo's rows, loaded once through the product's own actions and copied back from then on. PostgreSQL only."""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}

    def restore(self) -> None:
        if not self.rows:
            demo.load()
            self.rows = {table: self._read(table) for table in _tables()}
            return
        with transaction.atomic(), connection.cursor() as cursor:
            # The rows are whole, so neither locks nor references need be asked, in any order of tables.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table, rows in self.rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(rows)

    def _read(self, table: str) -> bytes:
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
            return b"".join(copy)


def _tables() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return sorted({model._meta.db_table for model in models if model._meta.app_label in OURS})
