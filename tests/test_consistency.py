"""The suite guards the house: ceilings, doors, names and what may not stand in a file."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

from activities.states import Flag, State
from tests import house_rules as rules
from tests.support.source import PACKAGES, ROOT, files, offenders


def test_the_suite_sees_the_files():
    assert {"manage.py", "samverkan/settings.py", "templates/base.html", "Makefile"} <= files().keys()


def test_no_file_is_longer_than_300_lines():
    lengths = {name: text.count("\n") for name, text in files(".py", ".html", ".css", ".js").items()}
    assert {name: lines for name, lines in lengths.items() if lines > rules.MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines_and_no_view_than_25():
    assert offenders(rules.long_functions, ".py", within=r"(^|/)views(/|\.py$|_)", views=True) == {}
    assert offenders(rules.long_functions, ".py", views=False) == {}


@pytest.mark.parametrize(
    ("lines", "views", "is_too_long"),
    [(40, False, False), (41, False, True), (25, True, False), (26, True, True)],
)
def test_long_functions_are_seen(lines, views, is_too_long):
    source = "def answer(request):\n" + "    pass\n" * (lines - 1)
    assert bool(rules.long_functions(source, views=views)) is is_too_long


def test_views_read_through_the_doors_only():
    assert offenders(rules.unguarded_reads, ".py", within=r"(^|/)views(/|\.py$|_)") == {}


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("Activity.objects.visible_to(user).overdue(today=today)", False),
        ("Activity.objects.reportable()", False),
        ("get_object_or_404(Activity.objects.visible_to(user), pk=1)", False),
        ("Activity.objects.filter(pk=1)", True),
        ("Activity.objects.filter(pk=1).visible_to(user)", True),
        ("rows = Activity.objects", True),
        ("Activity._default_manager.all()", True),
        ("get_object_or_404(Activity, pk=1)", True),
    ],
)
def test_reads_past_the_doors_are_seen(code, is_refused):
    assert bool(rules.unguarded_reads(code)) is is_refused


def choices_of_our_models() -> dict[str, set[str]]:
    """The values of every enumeration by the name of its field; a query also knows an activity's `state`."""
    found = {"state": set(State.values)}
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    for model in ours:
        for field in model._meta.fields:
            if field.choices and field.name != "history_type":  # the history library's own
                found.setdefault(field.name, set()).update(value for value, _ in field.choices if value)
    return found


def test_a_member_of_an_enumeration_is_named_and_never_spelt():
    ours = rf"^({'|'.join(PACKAGES)})/"
    assert offenders(rules.bare_values, ".py", within=ours, values=choices_of_our_models()) == {}


def test_a_template_asks_for_no_member_by_its_value():
    values = "|".join(sorted(set().union(*choices_of_our_models().values(), Flag.values)))
    asked = re.compile(rf"""(?:==|!=) ["'](?:{values})["']""")
    assert offenders(lambda text: rules.matches(asked, text), ".html", ".txt") == {}
    assert rules.matches(asked, """{% if state == "at_risk" %}""")


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ('rows.filter(preparation="agreed")', True),
        ('Q(activity__preparation__in=["draft", "returned"])', True),
        ('if agreement.status != "adopted": ...', True),
        ('found = role in {"reader", "coordinator"}', True),
        ("rows.filter(preparation=Preparation.AGREED)", False),
        ('Q(assessment="")', False),
        ('if scope.kind == "plats": ...', False),
        ('select_related("party")', False),
    ],
)
def test_spelt_members_are_seen(code, is_refused):
    assert bool(rules.bare_values(code, choices_of_our_models())) is is_refused


def test_everything_is_imported_at_the_top():
    """But what takes a second to load and few requests need, and what Django loads once the apps are there."""
    allowed = r"^(?!samverkan/lib/pdf\.py|.*/apps\.py)"
    assert offenders(rules.inner_imports, ".py", within=rf"{allowed}({'|'.join(PACKAGES)})/") == {}
    assert rules.inner_imports("def rows():\n    from activities.models import Activity") != []


def test_every_view_of_ours_is_a_function():
    def views(patterns):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from views(pattern.url_patterns)
            elif isinstance(pattern, URLPattern):
                yield pattern.callback

    ours = [view for view in views(get_resolver().url_patterns) if view.__module__.split(".")[0] in PACKAGES]
    assert ours
    assert [view for view in ours if hasattr(view, "view_class")] == []


def test_nothing_happens_behind_a_callers_back():
    assert offenders(rules.model_surprises, ".py", within=r"(^|/)models(/|\.py$)") == {}
    assert rules.model_surprises("from django.db.models.signals import post_save\ndef save(self): ...") == [
        "post_save",
        "save",
    ]


def test_only_the_clock_asks_what_time_it_is():
    found = offenders(rules.clock_questions, ".py", within=rf"^({'|'.join(PACKAGES)})/")
    assert set(found) <= {"samverkan/lib/clock.py"}
    assert rules.clock_questions("timezone.localtime()\ndatetime.date.today()")
    assert not rules.clock_questions("timezone.localtime(saved_at)\nclock.now()")


def test_templates_hold_no_inline_style_or_script():
    assert offenders(lambda text: rules.matches(rules.INLINE, text), ".html", ".svg") == {}


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ('<p style="color:red">', True),
        ("<a href='#' onclick='go()'>", True),
        ("<script>go()</script>", True),
        ("<style>p{}</style>", True),
        ('<script defer src="/static/js/app.js"></script>', False),
        ('<p class="style">content="x" condition="y"</p>', False),
    ],
)
def test_inline_style_and_script_are_seen(code, is_refused):
    assert bool(rules.matches(rules.INLINE, code)) is is_refused


def test_every_template_is_used():
    named = set().union(*(rules.templates_named(text) for text in files(".py", ".html", ".txt").values()))
    # Found by their names: error pages (429 is allauth's), and what replaces a library's own template.
    by_name = {f"{status}.html" for status in ("400", "403", "403_csrf", "404", "429", "500")}
    library = [Path(app.path) / "templates" for app in apps.get_app_configs() if app.name not in PACKAGES]
    templates = {name.removeprefix("templates/") for name in files() if name.startswith("templates/")}
    unused = {
        name for name in templates - named - by_name if not any((path / name).exists() for path in library)
    }
    assert unused == set()


def test_the_environments_names_are_those_of_the_example():
    example = set(re.findall(r"^([A-Z_]+)=", files()[".env.example"], re.MULTILINE))
    assert rules.names_read(files()["samverkan/settings.py"]) == example


def test_each_name_of_the_example_has_its_line_of_explanation():
    assert re.findall(r"(?:^|\n)(?!#)[^\n]*\n([A-Z_]+)=", files()[".env.example"]) == []


def test_only_the_settings_read_the_environment():
    allowed = {"samverkan/lib/environment.py", "samverkan/wsgi.py", "manage.py"}
    found = {name for name, text in files(".py").items() if re.search(r"\bos\.(environ|getenv)\b", text)}
    assert {name for name in found if not name.startswith(("tools/", "tests/"))} <= allowed


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    patterns = (rules.REGISTRY, rules.MACHINE_PATH)
    found = {
        name: [*rules.matches(patterns[0], text), *rules.matches(patterns[1], text)]
        for name, text in files(all_of_them=True).items()
        if not name.endswith((".woff2", ".png", ".pdf"))
    }
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_registries_and_paths_are_seen():
    assert rules.matches(rules.REGISTRY, "see https://example.org/" + "simple/django/")
    assert rules.matches(rules.MACHINE_PATH, "cd /" + "home/konto")
    assert not rules.matches(rules.MACHINE_PATH, "https://example.se/" + "home/konto")


def test_nothing_is_left_unfinished_or_switched_off_without_a_reason():
    own = {"tests/house_rules.py"}
    found = offenders(
        lambda text: [*rules.matches(rules.UNFINISHED, text), *rules.matches(rules.WITHOUT_REASON, text)],
        ".py",
        ".html",
        ".js",
        ".css",
    )
    assert {name: hits for name, hits in found.items() if name not in own} == {}


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("x = 1  # no" + "qa", True),
        ("x = 1  # no" + "qa: S101", True),
        ("x = 1  # no" + "qa: S101 - tests assert", False),
        ("x = 1  # type: " + "ignore[misc]", True),
        ("x = 1  # type: " + "ignore[misc]  # the library has no types", False),
    ],
)
def test_reasons_are_asked_for(code, is_refused):
    assert bool(rules.matches(rules.WITHOUT_REASON, code)) is is_refused


def test_every_dependency_has_its_reason():
    lines = files()["pyproject.toml"].split("dependencies = [")[1].split("\n[tool.")[0].splitlines()
    assert [line for line in lines if line.startswith('    "') and "  # " not in line] == []


def test_the_lock_files_agree():
    def pins(name):
        return dict(re.findall(r"^([\w.-]+)(==\S+)", files(all_of_them=True)[name], re.MULTILINE))

    product, development = pins("requirements.txt"), pins("requirements-dev.txt")
    assert product.items() <= development.items()
    wanted = tomllib.loads(files()["pyproject.toml"])["project"]["dependencies"]
    assert {re.split(r"[\[<>=]", one)[0] for one in wanted} <= product.keys()


def test_what_is_vendored_has_its_version_and_licence_beside_it():
    folders = {path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()}
    assert folders
    assert {
        path.name for path in folders if not {"LICENSE", "VERSION"} <= {one.name for one in path.iterdir()}
    } == set()


def test_every_module_can_be_parsed_by_the_oldest_python():
    for name, text in files(".py").items():
        ast.parse(text, filename=name, feature_version=(3, 11))


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
