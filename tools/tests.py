"""Runs the checks, then the tests on SQLite and on PostgreSQL side by side: `python -m tools.tests [pytest's arguments]`.

The browser tests run on PostgreSQL only. The last line is `N passed, N failed`, checks included; the exit status
is 0 only when nothing failed, and a run without any test has failed.
"""

import os
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.checks import run_checks
from tools.cluster import postgresql
from tools.processes import Result, Task, family, run_all


def pytest_task(name: str, url: str, report: Path, arguments: list[str]) -> Task:
    # Half of the processors for each database; with one alone, no workers to talk to.
    workers = min(len(os.sched_getaffinity(0)) // 2, 4)
    at_once = [f"--numprocesses={workers}"] if workers > 1 else []
    looks = ["-q", "--no-header", "--tb=short", "--show-capture=log"]
    looks += ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", *looks, *at_once, f"--junitxml={report}", *arguments]
    return Task(name, command, {"DATABASE_URL": url})


def counted(result: Result, report: Path) -> tuple[int, int]:
    """How many tests passed and failed; a run that broke off, or ran none, counts as one failure."""
    suites = list(ET.parse(report).getroot()) if report.exists() else []  # noqa: S314 - pytest wrote it

    def number(key: str) -> int:
        return sum(int(suite.get(key, 0)) for suite in suites)

    failed = number("failures") + number("errors")
    passed = number("tests") - failed - number("skipped")
    return passed, failed or int(result.status != 0)


def run_tests(folder: Path, arguments: list[str]) -> tuple[int, int]:
    """Runs pytest on both databases and prints; how many passed and how many failed, both together."""
    passed = failed = 0
    reports = [folder / "sqlite.xml", folder / "postgresql.xml"]
    with postgresql() as url:
        tasks = [
            pytest_task("SQLite", "sqlite://:memory:", reports[0], ["--ignore=tests/browser", *arguments]),
            pytest_task("PostgreSQL", url, reports[1], arguments),
        ]
        for result, report in zip(run_all(tasks, at_once=2), reports, strict=True):
            passed_here, failed_here = counted(result, report)
            passed, failed = passed + passed_here, failed + failed_here
            print(f"\n--- {result.task.name}, {result.seconds:.0f} s\n{result.output.rstrip()}", flush=True)
    return passed, failed


def main(arguments: list[str]) -> int:
    with family(), tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
        checks_passed, checks_failed = run_checks()
        passed, failed = run_tests(Path(folder), arguments)
    print(f"\n{checks_passed + passed} passed, {checks_failed + failed} failed", flush=True)
    return 1 if checks_failed + failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
