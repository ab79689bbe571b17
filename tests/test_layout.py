"""One room per capability: where files lie, how they import each other, and what they are called."""

import ast
import re
import tomllib
from collections import Counter

import pytest

from tests import house_rules as rules
from tests.support.source import PACKAGES, ROOT, files, offenders

APPS = ("parties", "priorities", "activities")
CORE = {"migrations", "models", "querysets", "states", "editing"}  # rooms without a page of their own
MOST_FILES_OF_THE_CORE = 12
MOST_LINES_OF_VIEWS = 150


def contracts() -> dict[str, dict]:
    tool = tomllib.loads(files()["pyproject.toml"])["tool"]["importlinter"]
    return {contract["name"]: contract for contract in tool["contracts"]}


def rooms(app: str) -> set[str]:
    return {path.parent.name for path in (ROOT / app).glob("*/__init__.py")} - CORE


@pytest.mark.parametrize("app", APPS)
def test_the_core_is_small(app):
    assert len(list((ROOT / app).glob("*.py"))) <= MOST_FILES_OF_THE_CORE


@pytest.mark.parametrize("app", APPS)
def test_every_room_keeps_the_order_of_its_questions(app):
    inside = contracts()["Inside a capability: addresses, views, pages, forms, actions"]["containers"]
    assert {f"{app}.{room}" for room in rooms(app)} == {name for name in inside if name.startswith(app)}


@pytest.mark.parametrize("app", APPS)
def test_a_new_package_declares_its_floor(app):
    floors = contracts()[f"The floors of {app}"]
    assert floors["exhaustive"]
    assert set(floors["exhaustive_ignores"]) == {"admin", "apps", "migrations"}


@pytest.mark.parametrize("app", APPS)
def test_templates_and_tests_lie_in_rooms_of_the_same_names(app):
    known = rooms(app) | CORE | {path.stem for path in (ROOT / app).glob("*.py")} | {"administration"}
    folders = {
        match[1] for name in files() if (match := re.match(rf"(?:templates|tests)/{app}/(\w+)/", name))
    }
    assert folders
    assert folders <= known


def test_views_are_thin():
    lengths = {
        name: text.count("\n") for name, text in files(".py").items() if re.search(r"/views(/|\.py$)", name)
    }
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES_OF_VIEWS} == {}


def test_no_test_imports_from_a_test():
    pattern = re.compile(r"^from tests\.[\w.]*\btest_\w+ import .*$", re.MULTILINE)
    found = offenders(lambda text: rules.matches(pattern, text), ".py", within="^tests/")
    assert found == {}


# --- Plain English -----------------------------------------------------------------------------------------
def test_no_docstring_is_a_question():
    """The one-line headings of the modules of `lib` may be: they say what each module answers."""
    found = {}
    for name, text in files(".py").items():
        if name.split("/")[0] not in PACKAGES or not text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
                continue
            heading = (ast.get_docstring(node) or "").split("\n")[0]
            is_lib = isinstance(node, ast.Module) and name.startswith("samverkan/lib/")
            if heading.endswith("?") and not is_lib:
                found.setdefault(name, []).append(heading)
    assert found == {}


def test_names_are_the_fields_own():
    found = offenders(rules.odd_names, ".py", within=rf"^({'|'.join(PACKAGES)})/")
    assert found == {}


@pytest.mark.parametrize(
    ("code", "odd"),
    [
        ("word = 1", ["word"]),
        ("def add_word(): ...", ["add_word"]),
        ("class Told: ...", ["Told"]),
        ("def save(told=None): ...", ["told"]),
        ("page.last_word_id", ["last_word_id"]),
        ("in_words(day)", []),
        ("password = keyword = 1", []),
    ],
)
def test_odd_names_are_seen(code, odd):
    assert rules.odd_names(code) == odd


@pytest.mark.parametrize("app", ["samverkan", *APPS])
def test_no_two_classes_of_an_app_share_a_name(app):
    names = Counter(
        node.name
        for name, text in files(".py").items()
        if name.startswith(f"{app}/") and "/migrations/" not in name
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name != "Command"  # Django's own name for it
    )
    assert {name: count for name, count in names.items() if count > 1} == {}
