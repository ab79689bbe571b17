from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from samverkan.lib import db, locks


class SamverkanConfig(AppConfig):
    name = "samverkan"

    def ready(self) -> None:
        from samverkan.locked import check_locks

        checks.register(check_locks, checks.Tags.database)
        connection_created.connect(db.prepare_sqlite)
        pre_migrate.connect(lift_locks, sender=apps.get_app_config("activities"))
        post_migrate.connect(install_locks, sender=apps.get_app_config("activities"))


def lift_locks(using: str, plan: list[Any] | None = None, **_: Any) -> None:
    """Lifts the locks before a migration on SQLite, which rebuilds no table that another table's trigger refers to."""
    if plan and connections[using].vendor == "sqlite":
        locks.lift(connections[using])


def install_locks(using: str, **_: Any) -> None:
    """Installs the locks after every migration, since a rebuilt table has lost its triggers."""
    from samverkan.locks import LOCKS

    connection = connections[using]
    tables = connection.introspection.table_names()
    if all(lock.table in tables for lock in LOCKS):
        locks.install(connection, LOCKS)
