"""Decides which tests run on PostgreSQL too. On SQLite all of them run.

A test without a database says the same wherever it runs. A test that is marked `one_database` is about what a page, a form
or a letter says; PostgreSQL runs as many of these as it takes to make every query of the suite there. The run on SQLite
writes down which queries the product makes in each test.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = tuple(f"{ROOT / app}/" for app in ("activities", "parties", "priorities", "samverkan"))
TESTS = f"{ROOT / 'tests'}/"
LIST = re.compile(r"(%s|\(%s(?:, %s)*\))(?:, \1)+")
NUMBER = re.compile(r"\d+")


def has_database(item: pytest.Item) -> bool:
    return "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db") is not None


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    by_marker = marker is not None and marker.kwargs.get("transaction", False)
    return by_marker or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def runs_on_both(item: pytest.Item) -> bool:
    """Whether the test runs on PostgreSQL whatever it asks there."""
    is_marked = item.get_closest_marker("one_database") is not None
    return has_database(item) and (not is_marked or is_transactional(item))


def needed(files: list[Path]) -> set[str]:
    """The tests that are to run on PostgreSQL only because of a query that no other test makes there."""
    shares = [json.loads(file.read_text()) for file in files]
    made = {test: set(queries) for share in shares for test, queries in share["made"].items()}
    both = {test for share in shares for test in share["both"]}
    seen = set().union(*(queries for test, queries in made.items() if test in both))
    found = set()
    # Those that make most queries first, since fewer tests are then needed; the names decide between equals.
    for test in sorted(made.keys() - both, key=lambda test: (-len(made[test]), test)):
        if not made[test] <= seen:
            found.add(test)
            seen |= made[test]
    return found


@cache
def query_of(sql: str) -> str:
    """A short name of the query, the same whatever the numbers in its SQL and however long its lists."""
    return blake2b(NUMBER.sub("0", LIST.sub(r"\1, …", sql)).encode(), digest_size=8).hexdigest()


def is_asked_by_the_product() -> bool:
    """Whether our code nearest to the query is the product's, and not a test's that stores rows or looks at them."""
    frame = sys._getframe(1)
    while frame := frame.f_back:
        if frame.f_code.co_filename.startswith(PRODUCT):
            return True
        if frame.f_code.co_filename.startswith(TESTS) and frame.f_code.co_filename != __file__:
            return False
    return False


class Recorder:
    """A plugin of pytest that writes into a file which queries the product makes in each test."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.test = ""
        self.both: list[str] = []
        self.made: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.test = item.nodeid
        self.both += [item.nodeid] if runs_on_both(item) else []
        with connection.execute_wrapper(self.note):
            return (yield)

    def note(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if (query := query_of(str(sql))) not in self.made[self.test] and is_asked_by_the_product():
            self.made[self.test].add(query)
        return execute(sql, params, many, context)

    def pytest_sessionfinish(self) -> None:
        made = {test: sorted(queries) for test, queries in self.made.items()}
        self.file.write_text(json.dumps({"both": self.both, "made": made}))
