"""The sheets keep their order: each in the layer of its folder, each class with its rule where it is used, and no page heavy."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CSS, TEMPLATES = ROOT / "static" / "css", ROOT / "templates"
BOOTSTRAP = ROOT / "static" / "vendor" / "bootstrap" / "bootstrap.min.css"
LAYERS = "@layer vendor, base, components, pages"
MOST_BYTES = 75_000  # of CSS that one page loads, before it is compressed
PAPER = "pages/reports/paper.css"  # the PDF's, whose markup is the report's on the screen too
WITHOUT_RULE = {"dot"}  # a state's icon alone: the pages that give it no colour or place leave it as it is

SHEETS = {
    path.relative_to(CSS).as_posix(): path.read_text(encoding="utf-8") for path in sorted(CSS.rglob("*.css"))
}
FILES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(TEMPLATES.rglob("*.html"))
}
LINK = re.compile(r"""css/((?:base|components|pages)/[\w/]+\.css)""")
TEMPLATE = re.compile(r"""["']([\w./-]+\.html)["']""")
STYLES = re.compile(r"\{% block styles %\}(.*?)\{% endblock", re.DOTALL)
CLASS = re.compile(r"""(?<![\w-])class=["']((?:\{%.*?%\}|\{\{.*?\}\}|[^"'{])*)["']""", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}")
# Which templates a tag or a filter of a library draws: no template names them.
DRAWN = {
    "as_crispy_field": {"bootstrap5/field.html"},
    "{% result_list": {"admin/change_list_results.html"},
    "{% pagination": {"admin/pagination.html"},
    "{% admin_list_filter": {"admin/filter.html", "administration/_period.html"},
}
# Said by Python or by the crispy filters, and by no template.
FROM_PYTHON = {
    "icon",
    "field-when",  # the administration names cells so, after their column
    "date-box",
    "number-box",
    "count-box",
    "form-control",
    "form-select",
    "form-check-input",
    "is-invalid",
}


def bare(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def outermost(sheet: str) -> list[str]:
    """What stands outside all braces: `@layer base`, `@font-face`, `.card`."""
    found, depth, words = [], 0, ""
    for sign in bare(sheet):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if (sign == "{" and depth == 1) or (sign == ";" and depth == 0):
            found.append(" ".join(words.split()))
        words = "" if sign in "{};" else words + sign
    return found


def without_widths(sheet: str) -> str:
    """The sheet without the rules that hold on some widths only."""
    rules = r"\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
    return re.sub(r"@media [^{]*-width[^{]*" + rules, "", bare(sheet))


@cache
def classes_of(sheet: str) -> frozenset[str]:
    """The classes that a sheet has rules for."""
    selectors = re.findall(r"([^{};]*)\{", bare(sheet))
    return frozenset(re.findall(r"\.([A-Za-z][\w-]*)", " ".join(selectors)))


BOOTSTRAP_CLASSES = classes_of(BOOTSTRAP.read_text(encoding="utf-8"))


def classes_in(template: str) -> set[str]:
    """The classes that a template gives; one that ends in a value, such as `state-{{ state }}`, as `state-…`."""
    values = [re.sub(r"\{\{.*?\}\}", "…", TAG.sub(" ", value)) for value in CLASS.findall(template)]
    return {name for value in values for name in value.split()} - {"…"}


def has_rule(name: str, known: frozenset[str]) -> bool:
    return any(one.startswith(name[:-1]) for one in known) if name.endswith("…") else name in known


@cache
def drawn_with(name: str) -> frozenset[str]:
    """The template, what it extends and includes, and so on."""
    found, left = set(), {name}
    while left:
        one = left.pop()
        found.add(one)
        text = FILES[one]
        by_tags = set().union(*(drawn for tag, drawn in DRAWN.items() if tag in text))
        left |= (set(TEMPLATE.findall(text)) & FILES.keys() | by_tags) - found
    return frozenset(found)


def pages() -> list[str]:
    """Templates that are whole pages on a screen."""
    whole = {name for name in FILES if "_partials/_head.html" in drawn_with(name)}
    return sorted(name for name in whole if not Path(name).name.startswith("_") and name != "base.html")


def own_sheets(page: str) -> list[str]:
    """The sheets of its block `styles`, or of the nearest template above it that has one."""
    text = FILES[page]
    if block := STYLES.search(text):
        named = [FILES[one] for one in TEMPLATE.findall(block[1])]
        return LINK.findall(" ".join([block[1], *named]))
    above = re.search(r"""\{% extends ["']([^"']+)["'] %\}""", text)
    return own_sheets(above[1]) if above else []


def loaded(page: str) -> list[str]:
    """Our sheets on the page, in order."""
    return LINK.findall(FILES["_partials/_head.html"]) + own_sheets(page)


def imported(sheet: str) -> set[str]:
    """What a sheet brings along from its own folder."""
    return {
        f"{Path(sheet).parent}/{name}" for name in re.findall(r'@import url\("(\w+\.css)"\)', SHEETS[sheet])
    }


def classes_given(page: str) -> set[str]:
    return set().union(*(classes_in(FILES[name]) for name in drawn_with(page)))


def classes_known(page: str) -> frozenset[str]:
    sheets = {*loaded(page), *({PAPER} if "activities/reports/_document.html" in drawn_with(page) else ())}
    return BOOTSTRAP_CLASSES.union(WITHOUT_RULE, *(classes_of(SHEETS[name]) for name in sheets))


def may_stand_outside(words: str) -> bool:
    return words in {LAYERS, "@font-face"} or words.startswith("@import ")


def test_the_first_sheet_says_the_order_of_the_layers():
    assert loaded("base.html")[0] == "base/tokens.css"
    assert outermost(SHEETS["base/tokens.css"])[0] == LAYERS
    assert outermost(BOOTSTRAP.read_text(encoding="utf-8")) == ["@layer vendor"]
    assert [name for name, sheet in SHEETS.items() if LAYERS in bare(sheet)] == ["base/tokens.css"]


def test_every_rule_is_in_the_layer_of_its_folder():
    outside = {
        name: [one for one in outermost(sheet) if not may_stand_outside(one)]
        for name, sheet in SHEETS.items()
    }
    assert outside == {name: [f"@layer {name.split('/')[0]}"] for name in SHEETS}


def test_a_rule_outside_the_layers_is_seen():
    sheet = "/* .a { } */ @import 'b.css';\n@layer base { .c { top: 0; } }\n.d,\n.e { top: 0 }"
    assert outermost(sheet) == ["@import 'b.css'", "@layer base", ".d, .e"]


def test_every_page_loads_the_base_and_the_components_and_then_pages_only():
    everywhere = {name for name in SHEETS if not name.startswith("pages/")}
    assert sorted(LINK.findall(FILES["_partials/_head.html"])) == sorted(everywhere)
    assert {page: own_sheets(page) for page in pages() if everywhere & set(own_sheets(page))} == {}


def test_every_sheet_is_loaded():
    by_pages = {name for page in pages() for name in loaded(page)}
    assert by_pages | {PAPER, *imported(PAPER)} == SHEETS.keys()


def test_classes_and_rules_are_seen():
    template = """<p class="card{% if x == "y" %} late{% else %} done{% endif %} state-{{ state }}"><b class='{{ kind }}'>"""
    assert classes_in(template) == {"card", "late", "done", "state-…"}
    known = classes_of(
        "/* .late {} */ @media print { .card > .done::before { top: .5rem; } } .state-done { top: 0 }"
    )
    assert known == {"card", "done", "state-done"}
    assert [has_rule(one, known) for one in ("card", "late", "state-…", "kind-…")] == [
        True,
        False,
        True,
        False,
    ]


def test_each_class_of_a_page_has_a_rule_in_what_the_page_loads():
    found = {
        page: {one for one in classes_given(page) if not has_rule(one, classes_known(page))}
        for page in pages()
    }
    assert {page: without for page, without in found.items() if without} == {}


def test_what_holds_on_some_widths_is_told_apart():
    sheet = "@layer pages { .a { top: 0; } @media (max-width: 9px) { .b { top: 0; } .c { top: 0; } } .d { top: 0; } }"
    assert classes_of(without_widths(sheet)) == {"a", "d"}


def test_a_page_that_changes_a_class_for_some_widths_loads_the_sheet_that_it_changes():
    always = {name: classes_of(without_widths(sheet)) for name, sheet in SHEETS.items()}
    found = {
        page: {
            one
            for one in classes_given(page) & set().union(*always.values())
            if one not in BOOTSTRAP_CLASSES.union(*(always[name] for name in loaded(page)))
            and any(one in classes_of(SHEETS[name]) for name in loaded(page))
        }
        for page in pages()
    }
    assert {page: without for page, without in found.items() if without} == {}


def test_a_page_loads_no_sheet_that_it_has_no_use_for():
    found = {
        page: [
            name
            for name in own_sheets(page)
            if not any(has_rule(one, classes_of(SHEETS[name])) for one in classes_given(page))
        ]
        for page in pages()
    }
    assert {page: useless for page, useless in found.items() if useless} == {}


def test_each_class_of_a_sheet_is_given_by_a_template():
    given = set().union(*(classes_in(text) for text in FILES.values())) | FROM_PYTHON
    beginnings = tuple(name[:-1] for name in given if name.endswith("…") and name != "btn-…")
    found = {
        name: {one for one in classes_of(sheet) - given if not one.startswith(beginnings)}
        for name, sheet in SHEETS.items()
    }
    assert {name: unused for name, unused in found.items() if unused} == {}


def test_no_page_is_heavy():
    sizes = {
        page: sum(path.stat().st_size for path in (BOOTSTRAP, *(CSS / name for name in loaded(page))))
        for page in pages()
    }
    assert {page: size for page, size in sizes.items() if size > MOST_BYTES} == {}
