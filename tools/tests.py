"""Runs the checks, then the tests on SQLite and on PostgreSQL: `python -m tools.tests [pytest's arguments]`.

Two runs go side by side. The browser tests are a third run, on PostgreSQL only. The last line is
`N passed, N failed`, checks included. The exit status is 0 only if nothing failed; a run without any test fails
unless the arguments select tests.
"""

import os
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.checks import run_checks
from tools.cluster import postgresql
from tools.processes import Result, Task, family, run_all

NO_TESTS = 5


def pytest_task(name: str, url: str, browser: str, folder: Path, arguments: list[str]) -> Task:
    # Each run gets half of the processors. A single worker would only cost time.
    workers = min(len(os.sched_getaffinity(0)) // 2, 4)
    options = ["-q", "--no-header", "--tb=short", "--show-capture=log", f"--browser={browser}"]
    options += [f"--numprocesses={workers}"] if workers > 1 else []
    options += ["--color=yes"] if sys.stdout.isatty() else []
    command = [sys.executable, "-m", "pytest", *options, f"--junitxml={folder / name}", *arguments]
    # Keeps compiled bytecode for the next run, even where the shell forbids it.
    return Task(name, command, {"DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": None})


def counted(result: Result, report: Path, *, may_be_empty: bool) -> tuple[int, int]:
    """How many tests passed and failed. A run that broke off, or ran none, counts as one failure."""
    suites = list(ET.parse(report).getroot()) if report.exists() else []  # noqa: S314 - pytest wrote it

    def number(key: str) -> int:
        return sum(int(suite.get(key, 0)) for suite in suites)

    failed = number("failures") + number("errors")
    passed = number("tests") - failed - number("skipped")
    is_well = result.status == 0 or (may_be_empty and result.status == NO_TESTS)
    return passed, failed or int(not is_well)


def run_tests(folder: Path, arguments: list[str]) -> tuple[int, int]:
    """Runs pytest on both databases and prints the output. Returns how many tests passed and failed in all."""
    passed = failed = 0
    with postgresql() as url:
        tasks = [  # the longest first, so that the two at once end together
            pytest_task("Browser, PostgreSQL", f"{url}_browser", "only", folder, arguments),
            pytest_task("PostgreSQL", url, "no", folder, arguments),
            pytest_task("SQLite", "sqlite://:memory:", "no", folder, arguments),
        ]
        for result in run_all(tasks, at_once=2):
            name = result.task.name
            passed_here, failed_here = counted(result, folder / name, may_be_empty=bool(arguments))
            passed, failed = passed + passed_here, failed + failed_here
            print(f"\n--- {name}, {result.seconds:.0f} s\n{result.output.rstrip()}", flush=True)
    return passed, failed if passed else max(failed, 1)


def main(arguments: list[str]) -> int:
    with family(), tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
        checks_passed, checks_failed = run_checks()
        passed, failed = run_tests(Path(folder), arguments)
    print(f"\n{checks_passed + passed} passed, {checks_failed + failed} failed", flush=True)
    return 1 if checks_failed + failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
