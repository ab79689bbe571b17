"""Which tests run on SQLite only, and which queries they make.

A test without a database says the same wherever it runs. So does one that is marked `one_database`: it is about texts,
forms and templates, and every query that it makes is made by a test that runs on both databases. `make test` holds that
(`tools/one_database.py`) by what is recorded here: the SQL without its numbers and with its lists cut short.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

LIST = re.compile(r"(%s|\(%s(?:, %s)*\))(?:, \1)+")
NUMBER = re.compile(r"\d+")


def has_database(item: pytest.Item) -> bool:
    return "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db") is not None


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    by_marker = marker is not None and marker.kwargs.get("transaction", False)
    return by_marker or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


def runs_on_both(item: pytest.Item) -> bool:
    return has_database(item) and item.get_closest_marker("one_database") is None


@cache
def shape(sql: str) -> str:
    return NUMBER.sub("0", LIST.sub(r"\1, …", sql))


class Recorder:
    """A plugin of pytest: sorts the queries by whether the test that makes them runs on both databases, and writes them down."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.test, self.is_on_both = "", True
        self.both: set[str] = set()
        self.one: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.test, self.is_on_both = item.nodeid, runs_on_both(item)
        with connection.execute_wrapper(self.note):
            return (yield)

    def note(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if self.is_on_both:
            self.both.add(sql)
        else:
            self.one.setdefault(sql, self.test)
        return execute(sql, params, many, context)

    def pytest_sessionfinish(self) -> None:
        one = {shape(str(sql)): test for sql, test in self.one.items()}
        self.path.write_text(json.dumps({"both": sorted({shape(str(sql)) for sql in self.both}), "one": one}))
