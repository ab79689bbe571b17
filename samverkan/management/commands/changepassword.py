from typing import Any

from django.contrib.auth.management.commands import changepassword

from parties import audit
from parties.audit import Act
from parties.models import User
from samverkan.lib.commands import NamedCommand


class Command(NamedCommand, changepassword.Command):
    """Django's own command, which also records in the log of changes whose password it was."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        answer: str | None = super().handle(*args, **options)
        user = User.objects.get(email__iexact=options["username"])
        audit.record(Act.PASSWORD_SET, by=None, of=user)
        return answer
