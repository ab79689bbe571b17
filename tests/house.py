"""What holds for every test: a known environment, no network but loopback, and no test that is skipped.

Loaded by pytest's `-p` before Django reads its settings.
"""

import ipaddress
import os
import socket
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.one_database import Recorder, has_database, needed, runs_on_both

BROWSER = Path(__file__).resolve().parent / "browser"

# All but the database, which the runner chooses; a developer's own environment must not change an answer.
os.environ.update(
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    DEBUG="false",
    DEFAULT_FROM="",
    EMAIL_URL="memorymail://",
    SAMVERKAN_TODAY="2024-09-30",
    SECRET_KEY="known to every test, and of use nowhere else: it is in the repository",
    SITE_NAME="",
    SITE_URL="http://127.0.0.1:8000",
    TRUSTED_PROXIES="0",
)


class NetworkRefusedError(RuntimeError):
    """A test reached for the network. Not an OSError, so that no code under test takes it for an outage."""


def refuse_unless_loopback(host: str | bytes | None) -> None:
    """Lets 127.0.0.0/8, ::1 and localhost pass; no other name, since looking it up is network already."""
    name = host.decode() if isinstance(host, bytes) else host or "localhost"
    try:
        near = name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        near = False
    if not near:
        sentence = f"A test may reach loopback only, not {name}."
        raise NetworkRefusedError(sentence)


def near_only(connect: Callable[..., Any]) -> Callable[..., Any]:
    """`socket.connect`, to Unix sockets and loopback only."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if isinstance(address, tuple):
            refuse_unless_loopback(address[0])
        return connect(self, address)

    return guarded


def near_names_only(look_up: Callable[..., Any]) -> Callable[..., Any]:
    """`socket.getaddrinfo`, for loopback only."""

    def guarded(host: str | bytes | None, *arguments: Any, **named: Any) -> Any:
        refuse_unless_loopback(host)
        return look_up(host, *arguments, **named)

    return guarded


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuses every look-up and connection that leaves this machine, for the whole session."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", near_only(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", near_only(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", near_names_only(socket.getaddrinfo))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part",
        choices=["browser", "sqlite", "postgresql"],
        help="the browser tests only, all the others, or of those only what must run on PostgreSQL too",
    )
    parser.addoption("--migrated", help="a SQLite file to begin with instead of migrating")
    parser.addoption("--write-queries", help="the file to write each test's queries into")
    parser.addoption("--read-queries", action="append", default=[], help="a file that was written so")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--write-queries"):
        config.pluginmanager.register(Recorder(Path(config.getoption("--write-queries"))))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves what `--part` did not ask for to another run."""
    if not (part := config.getoption("--part")):
        return
    is_wanted = on_postgresql(config) if part == "postgresql" else lambda item: True
    left = [item for item in items if is_in_browser(item) is not (part == "browser") or not is_wanted(item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]


def is_in_browser(item: pytest.Item) -> bool:
    return BROWSER in item.path.parents


def on_postgresql(config: pytest.Config) -> Callable[[pytest.Item], bool]:
    """Every test with a database, unless all queries of the run on SQLite are known."""
    files = [Path(file) for file in config.getoption("--read-queries")]
    if not files or not all(file.exists() for file in files):
        return has_database
    chosen = needed(files)
    return lambda item: runs_on_both(item) or item.nodeid in chosen


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test proves nothing, so it fails and says so."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
