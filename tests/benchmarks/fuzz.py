"""Sends hostile values to every address, on the empty database of the environment.

`python -m tests.benchmarks.fuzz sqlite|postgresql [prefix …]`; those of SQLite have `sqlite_` in their names. What failed is
told on standard error.
"""

import json
import logging
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.test import override_settings  # noqa: E402 - as above

from tests.support.access_world import everything, one_of_each_role, session_keys  # noqa: E402 - as above
from tests.support.fuzzing import Fuzz  # noqa: E402 - as above

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The limits count attempts, and Argon2 is slow on purpose: neither is what is looked at here.
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def main(database: str, prefixes: list[str]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    logging.disable(logging.CRITICAL)
    with override_settings(STORAGES={**settings.STORAGES, **STORAGES}, PASSWORD_HASHERS=HASHERS):
        people = one_of_each_role()
        fuzz = Fuzz(session_keys(people))
        targets = fuzz.targets(everything(people))
        for n, target in enumerate(targets, 1):
            known = len(fuzz.errors), len(fuzz.slow)
            fuzz.run([target])
            told = [*fuzz.errors[known[0] :], *(f"slow: {each}" for each in fuzz.slow[known[1] :])]
            sys.stderr.write("".join(f"{each}\n" for each in told))
            sys.stderr.write(f"{database}: {n} of {len(targets)} addresses, {fuzz.requests} requests\n")
    counts = {"requests": fuzz.requests, "errors": len(fuzz.errors), "slow": len(fuzz.slow)}
    of = "" if database == "postgresql" else "sqlite_"
    for name, value in counts.items():
        if f"fuzz.{of}{name}".startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": f"fuzz.{of}{name}", "value": value, "unit": name}) + "\n")


main(sys.argv[1], sys.argv[2:])
