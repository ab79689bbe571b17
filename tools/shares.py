"""Splits the tests into shares: what one process takes of a run on one database."""

import sys
from dataclasses import dataclass
from pathlib import Path

from tools.coverage import MEASURED
from tools.processes import Task

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests"
BROWSER = TESTS / "browser"
# What takes longer than its length tells, in thousands of characters of an ordinary file.
HEAVY = {
    "test_access.py": 400,
    "test_every_page.py": 60,
    "test_query_counts.py": 80,
    "test_edit_costs.py": 80,
    "test_report_pdf.py": 60,
}


@dataclass(frozen=True)
class Share:
    """Some files of a run, or all of them when there are none; it writes its reports into the folder.

    The part is one of `--part` in `tests/house.py`. `migrated` is the SQLite file to begin with; on PostgreSQL every
    new database is a copy of the one that was migrated.
    """

    name: str
    part: str
    url: str
    migrated: Path | None
    files: list[str]
    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / f"{self.name}.xml"

    @property
    def queries(self) -> Path:
        return self.folder / f"{self.name}.queries"

    @property
    def coverage(self) -> Path:
        return self.folder / f"{self.name}.coverage"

    def task(self, arguments: list[str]) -> Task:
        options = ["-q", "--no-header", "--tb=short", "--show-capture=log", f"--part={self.part}"]
        options += ["--color=yes"] if sys.stdout.isatty() else []
        options += [f"--junitxml={self.report}"]
        options += [f"--migrated={self.migrated}", f"--queries={self.queries}"] if self.migrated else []
        measured = [*MEASURED, f"--out={self.coverage}"] if self.files else []
        command = [sys.executable, *measured, "-m", "pytest", *options, *self.files, *arguments]
        # What Python compiles is kept for the next run, wherever a shell says that nothing shall be.
        return Task(self.name, command, {"DATABASE_URL": self.url, "PYTHONDONTWRITEBYTECODE": None})


def shares(server: str, sqlite: Path, folder: Path, *, count: int) -> list[Share]:
    """The shares of all three runs, the longest run first. With a count of 0 each run is one share of what is asked for."""
    found = []
    for run, part in (("Browser, PostgreSQL", "browser"), ("PostgreSQL", "database"), ("SQLite", "all")):
        for number, files in enumerate(split(files_of(part), count) if count else [[]], 1):
            name = f"{run}, {number} of {count}" if count else run
            url, migrated = f"{server}/{part}_{number}", None
            if part == "all":
                url, migrated = "sqlite://:memory:", sqlite
            found.append(Share(name, part, url, migrated, files, folder))
    return found


def files_of(part: str) -> list[Path]:
    paths = sorted(TESTS.rglob("test_*.py"))
    return [path for path in paths if (BROWSER in path.parents) is (part == "browser")]


def split(paths: list[Path], count: int) -> list[list[str]]:
    """Lists of files that take about as long: the heaviest file first, each to the list that has least so far."""
    weights = {path: HEAVY.get(path.name, 0) + path.stat().st_size / 1000 for path in paths}
    lists: list[list[Path]] = [[] for _ in range(count)]
    for path in sorted(paths, key=lambda path: (-weights[path], path)):
        min(lists, key=lambda each: sum(weights[one] for one in each)).append(path)
    return [[str(path.relative_to(ROOT)) for path in sorted(each)] for each in lists]
