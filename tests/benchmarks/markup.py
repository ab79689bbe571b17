"""Looks for markup that people wrote on every page, on the empty database of the environment.

`python -m tests.benchmarks.markup sqlite|postgresql [prefix …]`; the figures are PostgreSQL's. More pages of each sort than in
the tests, and everybody in the demo looks.
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.test import Client, override_settings  # noqa: E402 - as above

from parties.models import User  # noqa: E402 - as above
from tests.support.hostile_markup import Look, hostile_world  # noqa: E402 - as above

STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EACH = 3


def main(database: str, prefixes: list[str]) -> None:
    if database != "postgresql":
        return
    call_command("migrate", verbosity=0, interactive=False)
    columns, look = hostile_world(), Look(EACH)
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": STATIC}):
        for user in User.objects.filter(is_active=True).order_by("role", "pk"):
            client = Client()
            client.force_login(user)
            look.everywhere(user.email, client, ["/", "/administration/", "/finns-inte/"])
    for where, number in sorted(look.found):
        sys.stderr.write(f"{where}: {columns.get(int(number), 'what was typed')}\n")
    taken = {"columns": len(columns), "pages": look.pages, "found": len(look.found)}
    for name, value in taken.items():
        if f"markup.{name}".startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": f"markup.{name}", "value": value, "unit": name}) + "\n")


main(sys.argv[1], sys.argv[2:])
