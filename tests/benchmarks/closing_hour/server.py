"""The product as it is served: gunicorn with two workers on loopback, on the database of the environment."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from tools.processes import start

WORKERS = 2
PATIENCE_SECONDS = 60


@contextmanager
def served() -> Iterator[str]:
    """Yields the server's address and stops the server afterwards. Collect the static files before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "SITE_URL": address, "ALLOWED_HOSTS": "127.0.0.1"}
    # The queue is long enough for everybody, so that nobody is refused.
    options = [f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}", "--backlog=2048", "--log-level=warning"]
    command = [sys.executable, "-m", "gunicorn", "samverkan.wsgi", *options]
    server = start(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_ready(f"{address}/halsa/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_SECONDS)


def _wait_until_ready(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 -- our own address on loopback
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
