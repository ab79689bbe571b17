"""The rules of the house, each as a function that finds what breaks it in a source text.

`test_consistency.py` and `test_layout.py` apply them.
"""

import ast
import re
from collections.abc import Iterator

MAX_FILE_LINES, MAX_FUNCTION_LINES, MAX_VIEW_LINES = 300, 40, 25
DOORS = {"visible_to", "reportable"}
ONE_OR_404 = {"get_object_or_404", "get_list_or_404"}

INLINE = re.compile(
    r"""\s(style|on[a-z]+)\s*=\s*["']|<style\b|<script(?![^>]*\ssrc=)[^>]*>|javascript:""", re.IGNORECASE
)
# A package registry, and a path that only one machine has.
REGISTRY = re.compile(r"https?://[a-z0-9.-]+/(?:packages|simple|debian|[@a-z0-9._-]+/-)/")
MACHINE_PATH = re.compile(r"(?<![\w.$}])/(?:tmp|root|work|home)/[a-z]")
UNFINISHED = re.compile(
    r"\b(?:TO[D]O|FIX[M]E|XX[X])\b|NotImplemented[E]rror|pytest\.(?:mark\.)?(?:skip|xfail)"
)
# What switches a tool off stands beside its reason.
WITHOUT_REASON = re.compile(
    r"#\s*noqa(?!: [A-Z0-9, ]+ --? \w)|#\s*type:\s*ignore(?!\[[\w, -]+\]\s+# \w)|pragma: no cover"
)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """True for a function whose first argument is `request`."""
    return bool(function.args.args) and function.args.args[0].arg == "request"


def long_functions(source: str, *, views: bool) -> list[str]:
    """Functions over the ceiling, as `name: lines`, decorators not counted; views have a ceiling of their own."""
    found = []
    for function in functions(ast.parse(source)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        ceiling = MAX_VIEW_LINES if views and is_view(function) else MAX_FUNCTION_LINES
        if lines > ceiling:
            found.append(f"{function.name}: {lines} lines")
    return found


def unguarded_reads(source: str) -> list[str]:
    """Reads in a view that begin at a manager or a model and not at one of the doors, as `line: code`."""
    tree = ast.parse(source)
    doors = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in DOORS
    }
    managers = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]
    models = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ONE_OR_404
        if node.args and isinstance(node.args[0], ast.Name) and node.args[0].id[0].isupper()
    ]
    return [f"{node.lineno}: {ast.unparse(node)}" for node in [*managers, *models] if id(node) not in doors]


def clock_questions(source: str) -> list[str]:
    """Calls that read the clock, as `line: code`. Turning a given moment into local time does not."""
    asking = {"now", "utcnow", "today", "localtime", "localdate"}
    clocks = {"timezone", "datetime", "date", "time"}
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asking
        if ast.unparse(node.func.value).split(".")[-1] in clocks
        if not node.args and not any(word.arg == "value" for word in node.keywords)
    ]


def model_surprises(source: str) -> list[str]:
    """Overridden `save` and `delete`, and signals of models: side effects that the caller does not see."""
    tree = ast.parse(source)
    own = {function.name for function in functions(tree)} & {"save", "delete"}
    imported = {
        name.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names
    }
    return sorted(own | imported & {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"})


def matches(pattern: re.Pattern[str], text: str) -> list[str]:
    """The matches of the pattern, as `line: text`."""
    return [
        f"{text.count(chr(10), 0, match.start()) + 1}: {match[0].strip()}" for match in pattern.finditer(text)
    ]


def names_read(source: str) -> set[str]:
    """The environment's names that the settings read: `env.bool("DEBUG")`."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def templates_named(text: str) -> set[str]:
    """The templates that a Python file or another template names between quotes."""
    return set(re.findall(r"""["']([\w./-]+\.(?:html|txt|svg))["']""", text))


def odd_names(source: str) -> list[str]:
    """Identifiers that say *word* for a follow-up, or *told* for a notification or a summary."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        for field in ("id", "attr", "arg", "name"):
            value = getattr(node, field, None)
            if isinstance(value, str) and re.search(r"(?:^|_)(?:word|told)(?:_|$)", value, re.IGNORECASE):
                names.add(value)
    return sorted(names)


def bare_values(source: str, values: dict[str, set[str]]) -> list[str]:
    """Values of an enumeration that stand as strings where a query or a comparison asks for them, as `line: code`.

    `values` has those of each field by its name: `filter(lead__status="done")`, `follow_up.status in {"done", "ongoing"}`.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            asked = [
                (word.arg.removesuffix("__in").split("__")[-1], word.value)
                for word in node.keywords
                if word.arg
            ]
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            names = {
                side.attr if isinstance(side, ast.Attribute) else getattr(side, "id", "") for side in sides
            }
            asked = [(name, side) for name in names for side in sides]
        else:
            continue
        found += [
            f"{node.lineno}: {name}={ast.unparse(value)}"
            for name, value in asked
            if values.get(name, set()) & set(_strings(value))
        ]
    return found


def _strings(node: ast.AST) -> list[str]:
    """The string itself, or those in a tuple, list or set of them."""
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def inner_imports(source: str) -> list[str]:
    """Imports inside a function, as `line: code`."""
    return [
        f"{node.lineno}: {ast.unparse(node)}"
        for function in functions(ast.parse(source))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
