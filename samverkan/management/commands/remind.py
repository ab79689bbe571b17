from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError

from activities.reminders.actions import send_reminders
from parties.audit.sealing import NotSealed, seal
from samverkan.expired import remove_expired
from samverkan.lib import clock
from samverkan.lib.commands import OneLineCommand
from samverkan.lib.numbers import counted


class Command(OneLineCommand):
    usage_line = "Skriv så här: manage.py remind"
    help = (
        "Skickar omgångarnas mejl som är på tur, förseglar ändringsloggen och tar bort sessioner och annat som har gått "
        "ut. Kan köras hur ofta som helst, även två gånger på en gång."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints one line. Exits with status 1 if a mail could not be sent; the round's page *Utskick* says which.

        A log that another command seals, or somebody writes to, is sealed the next day.
        """
        with suppress(NotSealed):
            seal(at=clock.now())
        remove_expired()
        sent = send_reminders(at=clock.now(), day=clock.today())
        count = counted(len(sent.people), "mejl skickat", "mejl skickade")
        if sent.faults:
            raise CommandError(f"{count}, {len(sent.faults)} kunde inte skickas.")
        self.stdout.write(f"{count}.")
