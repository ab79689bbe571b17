"""Django's `migrate`, which is done as a whole on SQLite, or not at all."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from samverkan.lib.databases.sqlite3.base import SQLite


class Command(migrate.Command):
    def check(self, *args: Any, **options: Any) -> None:
        """Leaves out the checks of the database: that of the locks would refuse the command that installs them."""
        super().check(*args, **{**options, "databases": None})

    def handle(self, *args: Any, **options: Any) -> None:
        """On SQLite all migrations are one transaction, since the locks are lifted for them.

        Until it ends everybody reads the old tables and nobody saves; whatever ends it early, the locks stand as before.
        On PostgreSQL no lock is lifted, and each migration is a transaction of its own.
        """
        connection = connections[options["database"]]
        if isinstance(connection, SQLite):
            connection.create_file()
            self._as_a_whole(connection, *args, **options)
        else:
            super().handle(*args, **options)

    def _as_a_whole(self, connection: BaseDatabaseWrapper, *args: Any, **options: Any) -> None:
        """SQLite rebuilds no table while it asks about foreign keys, and can be told so before a transaction only.

        Django asks about them itself at the end of each migration.
        """
        connection.disable_constraint_checking()
        try:
            with transaction.atomic(using=connection.alias):
                super().handle(*args, **options)
        finally:
            connection.enable_constraint_checking()
