"""Stores slow rows once for all the tests of a module."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from functools import wraps
from itertools import groupby
from typing import Any

import pytest
from django.db import transaction

from tests.support.one_database import is_transactional

KEPT = pytest.StashKey[dict[str, Any]]()
Definition = pytest.FixtureDef[Any]
Rows = frozenset[tuple[str, Definition]]
SHARED = pytest.StashKey[dict[str, Definition]]()
STAGE = pytest.StashKey[ExitStack]()
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

    What most tests of a module ask for is stored once for those that ask for all of it, and each of them gets copies of its
    own, which know each other as the originals do. For all others it is an ordinary fixture.
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


def put_sharing_tests_first(items: list[pytest.Item]) -> None:
    """Within each module the tests that share rows come first, since the rows are gone when another one begins."""
    for _, group in groupby(list(items), key=lambda item: item.getparent(pytest.Module)):
        tests = list(group)
        asked = {item: rows_of(item) for item in tests}
        shared = most_shared(tests, [frozenset(each.items()) for each in asked.values()])
        for item in tests:
            if shared and shared <= asked[item].items():
                item.stash[SHARED] = {
                    name: made for name, made in asked[item].items() if (name, made) in shared
                }
        at = items.index(tests[0])
        items[at : at + len(tests)] = sorted(tests, key=lambda item: SHARED not in item.stash)


def most_shared(tests: list[pytest.Item], asked: list[Rows]) -> Rows:
    """The fixtures of rows that save most when they are made once for all the tests that ask for every one of them."""

    def saved(choice: Rows) -> tuple[int, list[str]]:
        return len(choice) * sum(choice <= each for each in asked), sorted(name for name, _ in choice)

    best = max({one & other for one in set(asked) for other in set(asked)}, key=saved, default=frozenset())
    # What the module stores in a fixture of its own would go when ours goes.
    has_own = any(
        definitions[-1].scope == "module" and name != "rows_stored_once"
        for item in tests
        for name, definitions in item._fixtureinfo.name2fixturedefs.items()
    )
    return frozenset() if has_own and not all(best <= each for each in asked) else best


def rows_of(item: pytest.Item) -> dict[str, Definition]:
    """The fixtures of rows that the test asks for and that can be shared, in the order in which it asks."""
    definitions = item._fixtureinfo.name2fixturedefs

    def can_be_shared(name: str) -> bool:
        if name == "db" or definitions[name][-1].scope == "session":
            return True
        makes_rows = hasattr(definitions[name][-1].func, "makes_rows") and len(definitions[name]) == 1
        return makes_rows and all(can_be_shared(each) for each in definitions[name][-1].argnames[1:])

    if is_transactional(item):
        return {}
    found = {name: definitions[name][-1] for name in item.fixturenames if name in definitions}
    return {
        name: made for name, made in found.items() if hasattr(made.func, "makes_rows") and can_be_shared(name)
    }


def leave_unless_shared(item: pytest.Item) -> None:
    """Before each test: takes the module's rows away for good when this test does not share them."""
    module = item.getparent(pytest.Module)
    module.stash[SHARED] = item.stash.get(SHARED, {})
    if STAGE in module.stash and SHARED not in item.stash:
        module.stash[STAGE].close()


@contextmanager
def rows_of_the_module(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """Stores what the test that begins shares with the next ones, until the module is left or a test shares nothing."""
    module, kept = request.node, {}
    shared = module.stash[SHARED]

    def keep(name: str) -> Any:
        if name in shared and name not in kept:
            asked = {each: keep(each) for each in shared[name].argnames[1:]}
            kept[name] = shared[name].func.makes_rows(**asked)
        return kept.get(name) if name in {*shared, "db"} else request.getfixturevalue(name)

    with ExitStack() as stage:
        if shared:
            stage.enter_context(kept_for_the_module(django_db_blocker))
            module.stash[STAGE], module.stash[KEPT] = stage, kept
            stage.callback(kept.clear)
            for name in shared:
                keep(name)
        yield
