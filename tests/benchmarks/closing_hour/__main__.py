"""Measures the closing hour on the empty database of the environment.

`python -m tests.benchmarks.closing_hour sqlite|postgresql [prefix …]`
"""

import json
import os
import statistics
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first

from tests.benchmarks.closing_hour.clicks import flow_clicks  # noqa: E402 - as above
from tests.benchmarks.closing_hour.crowd import Told, save_all_at_once  # noqa: E402 - as above
from tests.benchmarks.closing_hour.server import served  # noqa: E402 - as above
from tests.benchmarks.closing_hour.world import ClosingHour  # noqa: E402 - as above

PEOPLE = {"postgresql": 60, "sqlite": 10}
EACH = 10


def figures(database: str, hour: ClosingHour, told: Told) -> dict[str, tuple[float, str]]:
    """Each figure with its unit. Lost is what was asked for and is not there, whatever the pages said."""
    saved = hour.saved()
    counts = {"saved": saved, "lost": hour.expected - saved, "double": hour.double()}
    if database == "sqlite":
        return {f"rounds.sqlite_{name}": (value, "follow-ups") for name, value in counts.items()}
    twentieths = statistics.quantiles(told.taken_ms, n=20)
    return {
        **{f"rounds.{name}": (value, "follow-ups") for name, value in counts.items()},
        "rounds.p50": (statistics.median(told.taken_ms), "ms"),
        "rounds.p95": (twentieths[-1], "ms"),
    }


# Playwright keeps an event loop in its thread, and Django would refuse the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def main(database: str, prefixes: list[str]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    hour = ClosingHour(PEOPLE[database], each=EACH)
    with served() as address:
        told = save_all_at_once(address, hour.sessions, each=EACH)
        taken = figures(database, hour, told)
        saved = hour.saved()
        if database == "postgresql":
            taken |= {name: (count, "clicks") for name, count in flow_clicks(address)}
    for fault in told.faults:
        sys.stderr.write(f"{fault}\n")
    for name, (value, unit) in taken.items():
        if name.startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": name, "value": round(value, 1), "unit": unit}) + "\n")
    if told.saved != saved:
        sys.exit(f"The pages told of {told.saved} saved follow-ups; {saved} are there.")


main(sys.argv[1], sys.argv[2:])
