"""Measures on the empty database of the environment: `python -m tests.benchmarks sqlite|postgresql [prefix …]`."""

import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.test import override_settings  # noqa: E402 - as above

from tests.benchmarks.figures import Sizes, lines  # noqa: E402 - as above

# Addresses of static files without a hash, so that nothing has to be collected first.
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def progress(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main(database: str, prefixes: list[str]) -> None:
    assert not settings.DEBUG, "With DEBUG every query is kept, which is slow."
    call_command("migrate", verbosity=0, interactive=False)
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": STATIC}):
        for line in lines(database, prefixes, Sizes(), progress):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


main(sys.argv[1], sys.argv[2:])
