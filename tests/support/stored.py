"""Stores slow rows once for all the tests of a module."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import wraps
from typing import Any

import pytest
from django.db import transaction

from tests.support.one_database import has_database, is_transactional

KEPT = pytest.StashKey[dict[str, Any]]()
COPIES = pytest.StashKey[dict[int, Any]]()


@contextmanager
def kept_for_the_module(django_db_blocker: Any) -> Iterator[None]:
    """Wraps a module-scoped fixture: every test finds the rows stored within, and the last test leaves none.

    Each test's own changes are rolled back. Not for transactional tests. If the fixture returns instead of yielding, its
    rows are gone at once and only its return value remains.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(make: Callable[..., Any]) -> Any:
    """A fixture that does nothing but store rows and return them; it asks for other such fixtures, and for days.

    Where every test of a module that has the database asks for it, its rows are stored once for the module, and each
    test gets copies of its own, which know each other as the originals do. Elsewhere it is an ordinary fixture.
    """

    @wraps(make)
    def fixture(request: pytest.FixtureRequest, **asked: Any) -> Any:
        kept = request.node.getparent(pytest.Module).stash.get(KEPT, {})
        if request.fixturename not in kept:
            return make(**asked)
        return deepcopy(kept[request.fixturename], request.node.stash.setdefault(COPIES, {}))

    signature = inspect.signature(make)
    parameter = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    fixture.__signature__ = signature.replace(parameters=[parameter, *signature.parameters.values()])
    fixture.makes_rows = make
    return pytest.fixture(fixture)


@contextmanager
def rows_of_the_module(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Stores what every test of the module asks for, in the order in which its first test does."""
    items = [item for item in request.session.items if item.getparent(pytest.Module) is request.node]
    shared = shared_rows([item for item in items if has_database(item)])
    if not shared:
        yield
        return
    kept: dict[str, Any] = {}

    def keep(name: str) -> Any:
        if name in shared and name not in kept:
            kept[name] = shared[name].func.makes_rows(
                **{each: keep(each) for each in shared[name].argnames[1:]}
            )
        return kept.get(name) if name in {*shared, "db"} else request.getfixturevalue(name)

    with kept_for_the_module(django_db_blocker):
        for name in shared:
            keep(name)
        request.node.stash[KEPT] = kept
        yield
        del request.node.stash[KEPT]


def shared_rows(items: list[pytest.Item]) -> dict[str, pytest.FixtureDef[Any]]:
    """The fixtures of rows that all the tests have in common, by name; none where a test empties the tables."""
    if not items or any(is_transactional(item) for item in items):
        return {}
    first, *others = [item._fixtureinfo.name2fixturedefs for item in items]

    def is_shared(name: str) -> bool:
        definitions = first.get(name)
        if not definitions or any(other.get(name) != definitions for other in others):
            return False
        definition = definitions[-1]
        if definition.scope in {"module", "package", "session"} or name == "db":
            return True
        makes_rows = hasattr(definition.func, "makes_rows") and len(definitions) == 1
        return makes_rows and all(is_shared(each) for each in definition.argnames[1:])

    names = items[0].fixturenames
    return {
        name: first[name][-1]
        for name in names
        if is_shared(name) and hasattr(first[name][-1].func, "makes_rows")
    }
