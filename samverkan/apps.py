from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from samverkan.lib import db, locks


class SamverkanConfig(AppConfig):
    name = "samverkan"

    def ready(self) -> None:
        connection_created.connect(db.prepare_sqlite)
        post_migrate.connect(install_locks, sender=apps.get_app_config("activities"))


def install_locks(using: str, **_: Any) -> None:
    """After every migration: a rebuilt table has lost its triggers."""
    from samverkan.locks import LOCKS

    connection = connections[using]
    if all(lock.table in connection.introspection.table_names() for lock in LOCKS):
        locks.install(connection, LOCKS)
