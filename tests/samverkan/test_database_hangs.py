"""A PostgreSQL that says nothing, with its connections open: everybody who waits is told, within a bounded time."""

import os
import signal
import socket
import time

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client

from samverkan.failures import Failure, failure_of
from samverkan.lib import databases
from samverkan.lib.databases import wait_as_a_page_does, within
from tests.support.at_once import People

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(tmp_path):
    """A connection as a page has it, opened, of which the server's process is stopped; None on SQLite."""
    if connection.vendor != "postgresql":
        yield None
        return
    shared, people = connections["default"], People(tmp_path)
    people.settings["OPTIONS"] = {**people.settings["OPTIONS"]}
    connections["default"] = own = people.connect()
    wait_as_a_page_does()
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    os.kill(process, signal.SIGSTOP)
    try:
        yield own
    finally:
        os.kill(process, signal.SIGCONT)
        own.close()
        connections["default"] = shared


def test_a_server_that_hangs_is_given_up(page):
    if page is None:
        return
    page.settings_dict["OPTIONS"]["longest_silence"] = page.connection.longest_silence = 0.5
    began = time.monotonic()
    with pytest.raises(DatabaseError) as raised, page.cursor() as cursor:
        cursor.execute("SELECT 1")

    assert time.monotonic() - began < 3
    assert failure_of(raised.value) is Failure.DOWN
    assert page.connection.closed


def test_health_tells_of_a_server_that_hangs_within_five_seconds(page):
    if page is None:
        return
    began = time.monotonic()
    response = Client().get("/halsa/")

    assert (response.status_code, response.json()) == (503, {"status": "database missing"})
    assert time.monotonic() - began < 5


def test_the_server_gives_up_first_and_only_for_pages(page):
    if page is None:
        return
    page.close()
    with page.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("12s", "10s")
    assert databases.LOCK_WAIT < databases.STATEMENT < databases.SILENCE
    assert page.connection.longest_silence == databases.SILENCE
    # with a connection to make, a page is answered within twenty seconds
    assert databases.SILENCE + page.settings_dict["OPTIONS"]["connect_timeout"] < 20


def test_a_command_takes_its_time():
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
        assert cursor.fetchone() == ("0", "0")
    assert connection.connection.longest_silence is None


def test_a_network_that_swallows_all_is_given_up(tmp_path):
    if connection.vendor != "postgresql":
        return
    people = People(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        people.settings |= {"HOST": "127.0.0.1", "PORT": str(silent.getsockname()[1])}
        began = time.monotonic()
        with within(2), pytest.raises(DatabaseError) as raised:
            people.connect().ensure_connection()

    assert time.monotonic() - began < 4
    assert failure_of(raised.value) is Failure.DOWN
