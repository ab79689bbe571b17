from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db.models import Max

from parties import audit
from parties.audit import Act
from parties.models import User
from samverkan.lib.commands import NamedCommand


class Command(NamedCommand, createsuperuser.Command):
    """Django's own command, which also records the new administrator in the log of changes."""

    def handle(self, *args: Any, **options: Any) -> None:
        """No transaction around it: on SQLite all others would wait while the person types a password."""
        last = User.objects.aggregate(last=Max("pk"))["last"] or 0
        super().handle(*args, **options)
        for user in User.objects.filter(pk__gt=last, is_active=True):
            if user.is_administrator:
                audit.record(Act.ADDED, by=None, of=user, changes=audit.after(user))
