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

from tests.support.one_database import Recorder, runs_on_both

BROWSER = Path(__file__).resolve().parent / "browser"

# All but the database, which the runner chooses; a developer's own environment must not change an answer.
os.environ.update(
    ALLOWED_HOSTS="testserver,127.0.0.1,localhost",
    DEBUG="false",
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


def is_in_browser(item: pytest.Item) -> bool:
    return BROWSER in item.path.parents


# What `tools/tests.py` asks for, a part on each database; without `--part` all that was named is run.
PARTS: dict[str, Callable[[pytest.Item], bool]] = {
    "browser": is_in_browser,
    "all": lambda item: not is_in_browser(item),
    "database": lambda item: not is_in_browser(item) and runs_on_both(item),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part",
        choices=list(PARTS),
        help="the browser tests only, all but them, or of those only what must run on both databases",
    )
    parser.addoption("--migrated", help="a SQLite file to begin with instead of migrating")
    parser.addoption("--queries", help="the file to write down which queries the tests make")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves what `--part` did not ask for to another run."""
    wanted = PARTS.get(config.getoption("--part"))
    left = [item for item in items if wanted and not wanted(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--queries"):
        config.pluginmanager.register(Recorder(Path(config.getoption("--queries"))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test proves nothing, so it fails and says so."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
