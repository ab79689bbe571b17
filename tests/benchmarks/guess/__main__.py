"""Measures guessing on the empty database of the environment: `python -m tests.benchmarks.guess sqlite|postgresql [prefix …]`."""

import json
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.test import override_settings  # noqa: E402 - as above
from django.test.utils import setup_test_environment  # noqa: E402 - as above

from tests.benchmarks.guess.figures import figures  # noqa: E402 - as above
from tests.factories import UserFactory  # noqa: E402 - as above

# Addresses of static files without a hash, so that nothing has to be collected first.
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def main(database: str, prefixes: list[str]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    setup_test_environment(debug=False)  # mail stays in memory, where the codes are read
    user = UserFactory(email="konto@example.com")
    with (
        override_settings(STORAGES={**settings.STORAGES, "staticfiles": STATIC}),
        tempfile.TemporaryDirectory(prefix="samverkan-") as folder,
    ):
        taken = figures(database, user, Path(folder))
    for name, (value, unit) in taken.items():
        if name.startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": name, "value": value, "unit": unit}) + "\n")


main(sys.argv[1], sys.argv[2:])
