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
    "test_access.py": 200,
    "test_edit_costs.py": 15,
    "test_every_page.py": 25,
    "test_markup.py": 150,
    "test_query_counts.py": 25,
    "test_report_layout.py": 55,
    "test_report_later.py": 30,
    "test_report_pdf.py": 60,
}


@dataclass(frozen=True)
class Share:
    """What one process takes of a run: some of its files, or all of them when there are none.

    The part is one of `--part` in `tests/house.py`. The share writes its reports into the folder.
    """

    name: str
    part: str
    url: str
    files: list[str]
    folder: Path

    @property
    def report(self) -> Path:
        return self.folder / f"{self.name}.xml"

    @property
    def coverage(self) -> Path:
        return self.folder / f"{self.name}.coverage"

    @property
    def queries(self) -> Path:
        """Which queries each test made; only from SQLite."""
        return self.folder / f"{self.name}.queries"

    def task(self, arguments: list[str], options: list[str], after: list[str]) -> Task:
        common = ["-q", "--no-header", "--tb=short", "--show-capture=log", f"--junitxml={self.report}"]
        colour = ["--color=yes"] if sys.stdout.isatty() else []
        measured = [*MEASURED, f"--out={self.coverage}"] if self.files else []
        pytest = ["-m", "pytest", *common, *colour, f"--part={self.part}", *options, *self.files, *arguments]
        # What Python compiles is kept for the next run, wherever a shell says that nothing shall be.
        environment = {"DATABASE_URL": self.url, "PYTHONDONTWRITEBYTECODE": None}
        return Task(self.name, [sys.executable, *measured, *pytest], environment, frozenset(after))


def shares(server: str, folder: Path, *, count: int) -> list[Share]:
    """The shares of all three runs. With a count of 0 each run is one share of what is asked for."""
    found = []
    for run, part in (("SQLite", "sqlite"), ("Browser, PostgreSQL", "browser"), ("PostgreSQL", "postgresql")):
        for number, files in enumerate(split(files_of(part), count) if count else [[]], 1):
            name = f"{run}, {number} of {count}" if count else run
            url = "sqlite://:memory:" if part == "sqlite" else f"{server}/{part}_{number}"
            found.append(Share(name, part, url, files, folder))
    return found


def tasks(found: list[Share], migrated: Path, arguments: list[str]) -> list[Task]:
    """Each share's task. SQLite begins with the migrated file, as each new database of PostgreSQL is a copy of the migrated one.

    Of the whole suite, PostgreSQL waits for SQLite and reads which queries were made there.
    """
    on_sqlite = [share for share in found if share.part == "sqlite"]
    made = []
    for share in found:
        options, after = [], []
        if share.part == "sqlite":
            options = [f"--migrated={migrated}", f"--write-queries={share.queries}"]
        elif share.part == "postgresql" and share.files:
            options = [f"--read-queries={each.queries}" for each in on_sqlite]
            after = [each.name for each in on_sqlite]
        made.append(share.task(arguments, options, after))
    return made


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
