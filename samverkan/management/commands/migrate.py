"""Django's `migrate`, which leaves the locks in place when a migration fails."""

import sys
from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from samverkan.lib import locks


class Command(migrate.Command):
    def check(self, *args: Any, **options: Any) -> None:
        """Leaves out the checks of the database: that of the locks would refuse the command that installs them."""
        super().check(*args, **{**options, "databases": None})

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises what the migration raised, after the locks that were lifted for it are put back."""
        connection = connections[options["database"]]
        before = locks.remembered(connection)
        try:
            super().handle(*args, **options)
        except BaseException:
            for name in locks.put_back(connection, before):
                sys.stderr.write(f"samverkan: the lock {name} could not be put back.\n")
            raise
