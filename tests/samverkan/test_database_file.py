"""A SQLite file that cannot be written, is gone, or is being saved to: what people and the monitor are told.

On PostgreSQL there is no file; `test_failures.py` and `test_database_hangs.py` are about it.
"""

import re
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from tests.support.at_once import People
from tests.support.at_work import FORM, READ, WRITTEN
from tests.support.unwritable import unwritable


@pytest.fixture
def file(worker):
    """The file that the connection now uses, which holds the test's rows and is no longer open; None on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield None
        return
    shared = connections["default"]
    with tempfile.TemporaryDirectory() as name:
        people = People(Path(name))
        connections["default"] = people.connect()
        for address in READ:  # all that the pages import and render is read before somebody else may not
            worker.get(address)
        worker.get(FORM)
        connection.close()
        yield Path(people.settings["NAME"])
        connection.close()
        connections["default"] = shared


def status_of(worker, address):
    """As a request is answered on a connection of its own."""
    connection.close()
    return worker.get(address).status_code


def health():
    connection.close()
    response = Client().get("/halsa/")
    return response.status_code, response.json()["status"]


def assert_reads_and_says_why_it_does_not_save(worker):
    assert {address: status_of(worker, address) for address in READ} == dict.fromkeys(READ, 200)
    form = worker.get(FORM).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    connection.close()
    response = worker.post(FORM, hidden | {"state": "on_track", "what_happened": WRITTEN})
    page = response.content.decode()
    assert (response.status_code, WRITTEN in page) == (503, True)
    assert "Samverkan kan bara läsas just nu." in page
    assert health() == (503, "read only")


def test_a_file_that_cannot_be_written_is_read(worker, file):
    if file is None:
        return
    with unwritable(file.parent):
        assert_reads_and_says_why_it_does_not_save(worker)
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]
    assert health() == (200, "ok")


def test_a_file_that_cannot_be_written_is_read_with_what_lies_beside_it(worker, file):
    """A server that was killed has left what is saved in the -wal, which is not lost from sight."""
    if file is None:
        return
    with closing(sqlite3.connect(file)) as killed:
        killed.execute("UPDATE activities_activity SET title = 'Ligger bredvid'")
        killed.commit()
        with unwritable(file.parent):
            assert "Ligger bredvid" in worker.get("/2023-2024/aktiviteter/").content.decode()
            assert_reads_and_says_why_it_does_not_save(worker)


def test_what_lies_beside_a_file_that_cannot_be_written_is_never_passed_over(worker, file):
    """Without the -shm SQLite cannot read the -wal there, and the file alone would be an older truth."""
    if file is None:
        return
    beside = Path(f"{file}-wal")
    with closing(sqlite3.connect(file)) as killed:
        killed.execute("UPDATE activities_activity SET title = 'Ligger bredvid'")
        killed.commit()
        kept = beside.read_bytes()
    beside.write_bytes(kept)
    with unwritable(file.parent):
        assert status_of(worker, "/2023-2024/aktiviteter/") == 503
        assert health() == (503, "database missing")


def test_a_file_that_is_gone_is_said_to_be_and_is_not_made_anew(worker, file):
    if file is None:
        return
    away = file.rename(file.with_suffix(".away"))

    connection.close()
    response = worker.get("/2023-2024/oversikt/")

    assert response.status_code == 503
    assert "Databasen saknas" in response.content.decode()
    assert health() == (503, "database missing")
    assert not file.exists()
    away.rename(file)
    assert (status_of(worker, "/2023-2024/oversikt/"), health()) == (200, (200, "ok"))


def test_health_waits_for_nobody_who_saves(file):
    if file is None:
        return
    with closing(sqlite3.connect(file, isolation_level=None)) as importer:
        importer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        assert health() == (200, "ok")
        assert time.monotonic() - began < 2
