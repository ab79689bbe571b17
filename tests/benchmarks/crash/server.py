"""gunicorn as it serves the product, which can be killed with its workers and started again at the same address."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from tools.processes import descendants, kill, start

PATIENCE_SECONDS = 60


class Server:
    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        address = f"http://127.0.0.1:{self.port}"
        environment = {**os.environ, "SITE_URL": address, "ALLOWED_HOSTS": "127.0.0.1"}
        options = [f"--bind=127.0.0.1:{self.port}", "--workers=2", "--preload", "--log-level=critical"]
        command = [sys.executable, "-m", "gunicorn", "samverkan.wsgi", *options]
        quiet = subprocess.DEVNULL  # the log is about the database that went away
        self.process = start(command, env=environment, stdout=quiet, stderr=quiet)
        self.wait()

    def wait(self) -> None:
        """Until the product answers, and its database too."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/halsa/", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError("The server does not answer.")

    def kill(self) -> None:
        """The master first, so that it starts no new worker."""
        if self.process:
            kill([self.process.pid, *descendants(self.process.pid)])
            self.process.wait()
            self.process = None
