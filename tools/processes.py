"""Starts programs and leaves none behind, even if one hangs, or if we are interrupted or die."""

import ctypes
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NoReturn

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
INTERRUPTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_SECONDS = 5
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Task:
    """A command, with additions to our environment. A value of None removes the name. `after` names what it waits for."""

    name: str
    command: list[str]
    environment: dict[str, str | None] = field(default_factory=dict)
    after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    task: Task
    status: int
    output: str
    seconds: float


def interrupted(number: int, _: object) -> NoReturn:
    raise SystemExit(128 + number)


def _end_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Starts a child that the terminal's Ctrl-C does not reach, and that ends when we do."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_end_with_parent,  # noqa: PLW1509 - we have no threads
        **options,
    )


@contextmanager
def family() -> Iterator[None]:
    """On leaving, ends whatever was started within, grandchildren included, also when we are interrupted."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)  # an orphaned grandchild becomes our child
    for number in INTERRUPTS:
        signal.signal(number, interrupted)
    try:
        yield
    finally:
        for number in INTERRUPTS:
            signal.signal(number, signal.SIG_IGN)
        _end(descendants())


def descendants(of: int | None = None) -> list[int]:
    """The ids of a process's children, their children and so on; of our own without an id."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # pid (name) state parent: the name may contain anything, so read from its last bracket.
            parent = int(status.read_text(errors="replace").rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(status.parent.name))
    found = [of or os.getpid()]
    for pid in found:
        found += children.get(pid, [])
    return found[1:]


def _end(pids: list[int]) -> None:
    """Asks them to end, waits PATIENCE_SECONDS, then kills. Also ends those that turn up meanwhile."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    while descendants():
        _reap()
        if time.monotonic() > deadline:
            for pid in descendants():
                _signal(pid, signal.SIGKILL)
        time.sleep(0.05)


def kill(pids: Iterable[int]) -> None:
    """Ends them at once, in this order."""
    for pid in pids:
        _signal(pid, signal.SIGKILL)


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _reap() -> None:
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def run_all(tasks: Iterable[Task], at_once: int) -> Iterator[Result]:
    """Runs the tasks, `at_once` of them at a time. Yields the results in the order of their start, each as soon as it can."""
    waiting = list(tasks)
    done: set[str] = set()
    running: list[_Running] = []
    turn: list[_Running] = []
    while waiting or turn:
        while len(running) < at_once and (task := next((one for one in waiting if one.after <= done), None)):
            waiting.remove(task)
            running.append(_Running(task))
            turn.append(running[-1])
        done |= {one.task.name for one in running if one.is_done()}
        running = [one for one in running if not one.is_done()]
        while turn and turn[0].is_done():
            yield turn.pop(0).result()
        time.sleep(0.02)


class _Running:
    def __init__(self, task: Task) -> None:
        self.task = task
        self.output: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the result
        self.began = time.monotonic()
        self.ended = 0.0
        environment = {**os.environ, **task.environment}
        self.process = start(
            task.command,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in environment.items() if value is not None},
        )

    def is_done(self) -> bool:
        if self.process.poll() is not None and not self.ended:
            self.ended = time.monotonic()
        return bool(self.ended)

    def result(self) -> Result:
        with self.output:
            self.output.seek(0)
            text = self.output.read().decode(errors="replace")
        return Result(self.task, self.process.returncode, text, self.ended - self.began)
