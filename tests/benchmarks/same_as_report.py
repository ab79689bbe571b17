"""Compares each round's figures with those of the report as of its day, in generated histories of an agreement.

`python -m tests.benchmarks.same_as_report sqlite|postgresql [prefix …]`; the figures are SQLite's. More histories than in the
tests, and each is seen as of a day of its own. The rounds that differ are written to standard error.
"""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from hypothesis import given, settings  # noqa: E402 - as above

from tests.factories import AgreementFactory, PartyFactory, UserFactory  # noqa: E402 - as above
from tests.support.round_histories import History, days, differing_after, histories  # noqa: E402 - as above

HISTORIES = 1000


def main(database: str, prefixes: list[str]) -> None:
    if database != "sqlite":
        return
    call_command("migrate", verbosity=0, interactive=False)
    parties = [PartyFactory(huge=True), PartyFactory(polisen=True)]
    agreement, coordinator = AgreementFactory(parties=parties), UserFactory(coordinator=True)
    taken = {"histories": 0, "differing": 0}

    @settings(max_examples=HISTORIES, derandomize=True, deadline=None, database=None)
    @given(history=histories, today=days)
    def compare(history: History, today: object) -> None:
        found = differing_after(history, agreement, parties, coordinator, today=today)
        taken["histories"] += 1
        taken["differing"] += bool(found)
        for label, figures in found:
            sys.stderr.write(f"{label}, {figures}: {history}\n")

    compare()
    for name, value in taken.items():
        if f"same_as_report.{name}".startswith(tuple(prefixes) or ("",)):
            line = {"name": f"same_as_report.{name}", "value": value, "unit": "histories"}
            sys.stdout.write(json.dumps(line) + "\n")


main(sys.argv[1], sys.argv[2:])
