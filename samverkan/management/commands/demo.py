from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from parties.models import User
from samverkan import demo
from samverkan.lib.commands import NamedCommand


class Command(NamedCommand):
    help = "Laddar Huddinges överenskommelse och påhittade demodata. Två gånger ändrar ingenting."

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads the demo and prints its accounts. Refuses unless SAMVERKAN_TODAY is set, and beside real accounts."""
        if not settings.IS_DEMO:
            raise CommandError(
                "Demon laddas bara där SAMVERKAN_TODAY är satt, till exempel SAMVERKAN_TODAY=2024-09-30."
            )
        if User.objects.exclude(email__endswith="@example.com").exists():
            raise CommandError("Databasen har riktiga konton. Demon laddas bara i en databas för sig.")
        loaded = demo.load()
        self.stdout.write("Demodata är laddade." if loaded else "Demodata fanns redan.")
        self.stdout.write(f"Konton, alla med lösenordet {demo.PASSWORD}:")
        for user in User.objects.filter(email__endswith="@example.com").select_related("party"):
            self.stdout.write(f"  {user.email:<36} {user.get_role().label}, {user.party or 'ingen part'}")
