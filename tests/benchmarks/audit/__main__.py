"""Measures a long log on the empty database of the environment.

`python -m tests.benchmarks.audit sqlite|postgresql [prefix …]`
"""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.test import override_settings  # noqa: E402 - as above

from tests.benchmarks.audit.figures import taken  # noqa: E402 - as above
from tests.benchmarks.audit.world import Log  # noqa: E402 - as above

COUNT = 1_000_000
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def main(database: str, prefixes: list[str]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    sys.stderr.write(f"{database}: {COUNT} entries …\n")
    log = Log(COUNT)
    area = "audit." if database == "postgresql" else f"audit.{database}_"
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": STATIC}):
        for name, (value, unit) in taken(log, 3.0).items():
            if f"{area}{name}".startswith(tuple(prefixes) or ("",)):
                line = {"name": f"{area}{name}", "value": round(value, 3), "unit": unit}
                sys.stdout.write(json.dumps(line) + "\n")
                sys.stdout.flush()


main(sys.argv[1], sys.argv[2:])
