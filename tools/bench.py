"""Measures on SQLite and on PostgreSQL, one after the other: `python -m tools.bench [names or how they begin]`.

Standard output has one JSON line for each figure and nothing else; progress goes to standard error.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tools.cluster import postgresql
from tools.processes import family, start

ROOT = Path(__file__).resolve().parent.parent
# The demo's day, and nothing from a developer's own environment.
ENVIRONMENT = {
    "ALLOWED_HOSTS": "testserver",
    "DEBUG": "false",
    "DJANGO_SETTINGS_MODULE": "samverkan.settings",
    "EMAIL_URL": "memorymail://",
    "SAMVERKAN_TODAY": "2024-09-30",
    "SECRET_KEY": "of use to the benchmarks only, which sign nothing of value with it",
    "SITE_NAME": "",
    "SITE_URL": "http://127.0.0.1:8000",
    "TRUSTED_PROXIES": "0",
}


# Modules that each have an empty database of their own, with the prefix that the names of their figures have.
BENCHMARKS = {
    "tests.benchmarks": "",
    "tests.benchmarks.closing_hour": "rounds.",
    "tests.benchmarks.plan": "plan.",
    "tests.benchmarks.same_as_report": "same_as_report.",
    "tests.benchmarks.guard": "guard.",
    "tests.benchmarks.markup": "markup.",
    "tests.benchmarks.guess": "guess.",
    "tests.benchmarks.audit": "audit.",
    "tests.benchmarks.fuzz": "fuzz.",
    "tests.benchmarks.crash": "crash.",
}


def is_wanted(area: str, prefixes: list[str]) -> bool:
    """True if one of the prefixes can select a figure of the area, or if there are no prefixes."""
    return not prefixes or any(each.startswith(area) or area.startswith(each) for each in prefixes)


def measure(benchmark: str, database: str, url: str, prefixes: list[str]) -> int:
    """Runs a benchmark on an empty database and returns its exit status."""
    environment = {**os.environ, **ENVIRONMENT, "DATABASE_URL": url}
    command = [sys.executable, "-m", benchmark, database, *prefixes]
    return start(command, cwd=ROOT, env=environment).wait()


def main(prefixes: list[str]) -> int:
    began, failed = time.monotonic(), 0
    wanted = [benchmark for benchmark, area in BENCHMARKS.items() if is_wanted(area, prefixes)]
    with family(), tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
        for benchmark in wanted:
            url = f"sqlite:///{folder}/{benchmark}.sqlite3"
            failed = measure(benchmark, "sqlite", url, prefixes) or failed
            with postgresql() as url:
                server, _, _ = url.rpartition("/")
                failed = measure(benchmark, "postgresql", f"{server}/postgres", prefixes) or failed
    print(f"Measured for {time.monotonic() - began:.0f} s.", file=sys.stderr)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
