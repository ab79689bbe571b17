"""Counts what the guard finds in 10,000 texts of each kind: `python -m tests.benchmarks.guard sqlite|postgresql [prefix …]`.

The guard asks no database, so that the figures are taken once, beside SQLite.
"""

import json
import sys

from tests.benchmarks.guard.figures import figures

MANY = 10_000


def main(database: str, prefixes: list[str]) -> None:
    for name, value in figures(MANY).items() if database == "sqlite" else ():
        if name.startswith(tuple(prefixes) or ("",)):
            sys.stdout.write(json.dumps({"name": name, "value": value, "unit": "texts"}) + "\n")


main(sys.argv[1], sys.argv[2:])
