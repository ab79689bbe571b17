"""Measures the closing hour on the empty database of the environment.

`python -m tests.benchmarks.closing_hour sqlite|postgresql [prefix …]`
"""

import json
import os
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first

from tests.benchmarks.closing_hour.clicks import flow_clicks  # noqa: E402 - as above
from tests.benchmarks.closing_hour.crowd import save_all_at_once  # noqa: E402 - as above
from tests.benchmarks.closing_hour.figures import figures  # noqa: E402 - as above
from tests.benchmarks.closing_hour.server import served  # noqa: E402 - as above
from tests.benchmarks.closing_hour.world import ClosingHour  # noqa: E402 - as above

PEOPLE = {"postgresql": 60, "sqlite": 10}
EACH = 10

# Playwright keeps an event loop in its thread, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def main(database: str, prefixes: list[str]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    hour = ClosingHour(PEOPLE[database], each=EACH)
    with served() as address:
        answers = save_all_at_once(address, hour.sessions, each=EACH)
        taken = figures(database, hour, answers)
        saved = hour.saved()
        if database == "postgresql":
            taken |= {name: (count, "clicks") for name, count in flow_clicks(address)}
    for fault in answers.faults:
        sys.stderr.write(f"{fault}\n")
    for name, (value, unit) in taken.items():
        if name.startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": name, "value": round(value, 1), "unit": unit}) + "\n")
    if answers.saved != saved:
        sys.exit(f"The pages gave {answers.saved} receipts; {saved} follow-ups are stored.")


main(sys.argv[1], sys.argv[2:])
