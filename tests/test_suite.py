"""The suite itself: no file is left out, every test has rows of its own, and one database is enough only by the rule."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from parties.models import Party
from priorities.agreements.actions import next_number
from priorities.models import Agreement
from tests.support.one_database import Recorder, needed, query_of
from tests.support.stored import KEPT
from tools.shares import TESTS, shares, tasks

FILES = {str(path.relative_to(TESTS.parent)) for path in TESTS.rglob("test_*.py")}
IN_BROWSER = {file for file in FILES if file.startswith("tests/browser/")}


def test_every_file_is_in_one_share_of_each_run_that_it_belongs_to(tmp_path):
    made = shares("postgres://server", tmp_path, count=3)

    def files_of(part):
        return sorted(file for share in made if share.part == part for file in share.files)

    assert len({share.name for share in made}) == len(made) == 9
    assert len({share.url for share in made if share.part != "sqlite"}) == 6
    assert files_of("browser") == sorted(IN_BROWSER)
    assert files_of("postgresql") == files_of("sqlite") == sorted(FILES - IN_BROWSER)


def test_postgresql_waits_for_the_queries_of_the_whole_suite(tmp_path):
    found = shares("postgres://server", tmp_path, count=2)
    waiting = {task.name: task.after for task in tasks(found, tmp_path / "migrated", []) if task.after}

    on_sqlite = {"SQLite, 1 of 2", "SQLite, 2 of 2"}
    assert waiting == {"PostgreSQL, 1 of 2": on_sqlite, "PostgreSQL, 2 of 2": on_sqlite}


def test_what_is_asked_for_is_not_split_and_runs_on_both(tmp_path):
    found = shares("postgres://server", tmp_path, count=0)
    made = tasks(found, tmp_path / "migrated", ["tests/parties"])

    assert [task.name for task in made] == ["SQLite", "Browser, PostgreSQL", "PostgreSQL"]
    assert [task.command[-1] for task in made] == ["tests/parties"] * 3
    assert not any(option.startswith("--read-queries") for task in made for option in task.command)


@pytest.mark.parametrize("times", [1, 2])
def test_rows_are_stored_once_for_a_module_and_each_test_changes_its_own(
    times, huge, huge_rep, agreement, lasare, request
):
    kept = request.node.getparent(pytest.Module).stash[KEPT]["huge"]
    assert huge_rep.party is huge
    assert huge is not kept
    assert (huge.pk, huge.short_name) == (kept.pk, "Huge")

    huge.short_name = "Något annat"
    huge.save()

    assert kept.short_name == "Huge"
    assert Party.objects.get(slug="huge") == huge


def written(folder, *shares):
    """The files of shares, each told as (the tests that run on both, the queries of every test)."""
    files = []
    for number, (both, made) in enumerate(shares):
        files.append(folder / str(number))
        files[-1].write_text(json.dumps({"both": both, "made": made}))
    return files


def test_every_query_is_made_on_postgresql_by_as_few_tests_as_needed(tmp_path):
    made = {
        "rows": ["a", "b"],
        "page": ["a", "c"],
        "long page": ["a", "b", "c", "d"],
        "page without news": ["a", "b"],
        "text": [],
    }
    files = written(tmp_path, (["rows"], made), (["other rows"], {"other rows": ["e"], "last": ["e", "f"]}))

    assert needed(files) == {"long page", "last"}


@given(st.dictionaries(st.text(min_size=1), st.sets(st.integers(0, 20)), max_size=12), st.data())
def test_no_query_is_left_out(made, data):
    both = data.draw(st.sets(st.sampled_from(sorted(made)))) if made else set()
    with TemporaryDirectory() as folder:
        files = written(Path(folder), (sorted(both), {test: sorted(made[test]) for test in made}))
        chosen = needed(files)

    assert chosen.isdisjoint(both)
    assert set().union(*(made[test] for test in both | chosen)) == set().union(*made.values())


def test_the_number_of_rows_does_not_make_another_query():
    page = 'SELECT "a" WHERE "b" IN ({}) LIMIT {}'
    assert query_of(page.format("%s, %s, %s", 21)) == query_of(page.format("%s, %s", 9))
    assert query_of("VALUES (%s, %s), (%s, %s)") == query_of("VALUES (%s, %s), (%s, %s), (%s, %s)")
    assert query_of('SELECT "a" WHERE "b" = %s') != query_of('SELECT "a" WHERE "b" < %s')


def test_the_products_queries_are_written_down_by_the_test_that_they_are_made_in(tmp_path, agreement, lasare):
    recorder = Recorder(tmp_path / "queries")
    with connection.execute_wrapper(recorder.note):
        recorder.test = "only looks at rows"
        assert list(Agreement.objects.all()) == [agreement]
        recorder.test = "asks an action"
        next_number(agreement, "next_need_number")
        recorder.test = "opens a page"
        assert Client().get("/halsa/").status_code == 200
    recorder.pytest_sessionfinish()

    told = json.loads(recorder.file.read_text())
    assert {test for test, queries in told["made"].items() if queries} == {"asks an action", "opens a page"}
