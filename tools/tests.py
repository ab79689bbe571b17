"""Runs the checks, then the tests on SQLite and on PostgreSQL: `python -m tools.tests [pytest's arguments]`.

The browser tests are a run of their own, on PostgreSQL only. Both databases are migrated once, and every process begins
with a copy. The checks and the shares of the runs wait in one queue, so that no processor is idle before the end.

The last line is `N passed, N failed`, checks included. The exit status is 0 only when nothing failed. A run without any
test has failed unless the arguments chose among the tests. The line above it, of the whole suite only, is
`suite: minutes=… tests=… coverage_pct=…`.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import checks
from tools.cluster import postgresql
from tools.coverage import merge
from tools.processes import Result, Task, family, run_all
from tools.shares import Share, shares
from tools.shares import tasks as of_shares

NO_TESTS = 5
PROCESSORS = len(os.sched_getaffinity(0))


def migrate(server: str, sqlite: Path) -> None:
    """Makes the databases that the others are copies of; ends with what went wrong."""
    urls = {"PostgreSQL": f"{server}/template1", "SQLite": f"sqlite:///{sqlite}"}
    command = checks.manage("migrate", "--verbosity=0")
    tasks = [Task(name, command, {**checks.DEMO, "DATABASE_URL": url}) for name, url in urls.items()]
    for result in run_all(tasks, at_once=2):
        if result.status:
            sys.exit(f"{result.output}\nsamverkan: {result.task.name} could not be migrated.")


def counted(result: Result, report: Path, *, may_be_empty: bool) -> tuple[int, int]:
    """How many tests passed and failed; a share that broke off, or ran none, counts as one failure."""
    suites = list(ET.parse(report).getroot()) if report.exists() else []  # noqa: S314 - pytest wrote it

    def number(key: str) -> int:
        return sum(int(suite.get(key, 0)) for suite in suites)

    failed = number("failures") + number("errors")
    passed = number("tests") - failed - number("skipped")
    is_well = result.status == 0 or (may_be_empty and result.status == NO_TESTS)
    return passed, failed or int(not is_well)


def run_tests(ours: list[Share], migrated: Path, arguments: list[str]) -> Counter[str]:
    """Runs the checks and the shares and prints; how many of the checks and of the tests `passed` and `failed`."""
    by_name = {share.name: share for share in ours}
    tasks = [*checks.tasks(), *of_shares(ours, migrated, arguments)]
    counts: Counter[str] = Counter()
    for result in run_all(tasks, at_once=max(PROCESSORS, 2)):
        share = by_name.get(result.task.name)
        if not share:
            counts["checks passed" if checks.passes(result) else "checks failed"] += 1
            continue
        passed, failed = counted(result, share.report, may_be_empty=bool(arguments))
        counts.update({"passed": passed, "failed": failed})
        print(f"\n--- {share.name}, {result.seconds:.0f} s\n{result.output.rstrip()}", flush=True)
    return counts


def of_the_whole(ours: list[Share], counts: Counter[str], began: float) -> list[str]:
    """Prints the figures of the whole suite; what they say is wrong."""
    folder = ours[0].folder
    coverage, faults = merge([share.coverage for share in ours], folder / "merged.coverage")
    minutes, tests = (time.monotonic() - began) / 60, counts["passed"] + counts["failed"]
    print("", *faults, sep="\n")
    print(f"suite: minutes={minutes:.1f} tests={tests} coverage_pct={coverage:.1f}", flush=True)
    return faults


def main(arguments: list[str]) -> int:
    began = time.monotonic()
    with family(), tempfile.TemporaryDirectory(prefix="samverkan-") as name, postgresql() as url:
        folder, server = Path(name), url.rpartition("/")[0]
        migrated = folder / "migrated.sqlite3"
        migrate(server, migrated)
        ours = shares(server, folder, count=0 if arguments else min(PROCESSORS, 4))
        counts = run_tests(ours, migrated, arguments)
        faults = [] if arguments else of_the_whole(ours, counts, began)
    passed = counts["passed"] + counts["checks passed"]
    failed = counts["failed"] + counts["checks failed"] + len(faults)
    failed = failed if counts["passed"] else max(failed, 1)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
