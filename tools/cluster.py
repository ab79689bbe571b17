"""A PostgreSQL server for the tests only. It begins empty, and nothing of it remains afterwards."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tools.processes import descendants, kill, start

START_SECONDS = 60
# A crash may lose everything here. Just-in-time compilation would cost more than our queries do. Autovacuum counts none
# of the rows that a test has not committed, and would make plans for empty tables: a page of 300 activities takes minutes.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "jit": "off",
    "max_connections": "60",
    "listen_addresses": "",
}


@dataclass
class Cluster:
    """A PostgreSQL server in a folder of its own, which `cluster` has made. It only listens on a socket in the folder."""

    programs: Path
    account: dict[str, Any]
    folder: Path
    settings: Mapping[str, str]
    server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The DATABASE_URL of the database `postgres`."""
        return f"postgres://samverkan@/{quote(str(self.folder))}/postgres"

    def start(self) -> None:
        options = [f"-c{name}={value}" for name, value in self.settings.items()]
        command = [
            str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), *options
        ]  # fmt: skip
        with (self.folder / "log").open("ab") as log:
            self.server = start(command, stdout=log, stderr=log, cwd=self.folder, **self.account)
        _wait_until_ready(self.programs, self.folder, self.server)

    def stop(self) -> None:
        if self.server:
            self.server.send_signal(signal.SIGINT)  # a fast shutdown: closes its connections and leaves
            self.server.wait(timeout=30)

    def kill(self) -> None:
        """Ends the server and its children at once, as when the machine's memory is full. `start` recovers."""
        if self.server:
            kill([self.server.pid, *descendants(self.server.pid)])
            self.server.wait()


@contextmanager
def cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """Makes an empty server and starts it. Nothing of it remains afterwards."""
    programs = _newest_programs()
    account = _account()
    folder = _folder(account)
    made = Cluster(programs, account, folder, settings)
    try:
        _initialise(programs, folder, account)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[str]:
    """Runs the server within and yields its DATABASE_URL."""
    with cluster() as running:
        yield f"{running.url.rpartition('/')[0]}/samverkan"


def _newest_programs() -> Path:
    """The folder with the programs of the newest PostgreSQL that Debian has installed."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    if not found:
        sys.exit("samverkan: PostgreSQL is not installed.")
    return max(found, key=lambda path: int(path.parent.name))


def _account() -> dict[str, Any]:
    """Options to start a program as `postgres` if we are root, which PostgreSQL refuses; empty otherwise."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _folder(account: dict[str, Any]) -> Path:
    """Makes a folder outside the checkout that the account can reach and nobody else can read."""
    parents = [None, pwd.getpwuid(account["user"]).pw_dir] if account else [None]
    for parent in parents:
        folder = Path(tempfile.mkdtemp(prefix="samverkan-", dir=parent))
        if account:
            os.chown(folder, account["user"], account["group"])
        if subprocess.run(["test", "-w", folder], check=False, cwd="/", **account).returncode == 0:
            return folder
        folder.rmdir()
    sys.exit("samverkan: PostgreSQL's account can reach no temporary folder; set TMPDIR to one.")


def _initialise(programs: Path, folder: Path, account: dict[str, Any]) -> None:
    version = subprocess.run([programs / "initdb", "--version"], check=True, capture_output=True, text=True)
    number = re.search(r"\d+", version.stdout)
    # From PostgreSQL 15, ICU can sort a whole database in Swedish order.
    swedish = ["--locale-provider=icu", "--icu-locale=sv-SE"] if number and int(number[0]) >= 15 else []
    options = [
        "--username=samverkan",
        "--auth=trust",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        *swedish,
    ]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, **account)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nsamverkan: PostgreSQL could not make its files.")


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        answer = subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False, cwd=folder)
        if answer.returncode == 0:
            return
        time.sleep(0.05)
    sys.exit(f"{(folder / 'log').read_text(errors='replace')}\nsamverkan: PostgreSQL did not start.")
