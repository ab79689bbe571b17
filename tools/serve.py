"""Prepares the database and the static files, and serves the demo: `python -m tools.serve run|dev`.

Keeps what the environment already says; the rest gets the demo's values.
"""

import errno
import os
import secrets
import socket
import sys
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from tools.processes import family, start

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
HOST = "127.0.0.1"


def stop(sentence: str) -> NoReturn:
    sys.exit(f"samverkan: {sentence}")


def free_port(mode: str) -> int:
    """The port to serve on: PORT, or 8000. Exits if it is no port or is taken."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
            stop(f"port {port} {reason}. Choose another one: PORT={port % 65535 + 1} make {mode}")
    return port


def secret_key() -> str:
    """This checkout's own secret. The first start makes it, readable by its owner only."""
    path = VAR / "secret_key"
    VAR.mkdir(exist_ok=True)
    if not path.exists() or len(path.read_text().strip()) < 50:
        path.unlink(missing_ok=True)
        with open(path, "w", opener=lambda name, flags: os.open(name, flags, mode=0o600)) as file:
            file.write(secrets.token_urlsafe(50) + "\n")
    return path.read_text().strip()


def settle_environment(mode: str, port: int) -> None:
    """Gives every name that is not set the demo's value. Always sets DEBUG, by the mode."""
    if not os.environ.get("SITE_URL"):
        os.environ.setdefault("ALLOWED_HOSTS", f"{HOST},localhost")
    defaults = {
        "SAMVERKAN_TODAY": "2024-09-30",
        "SITE_NAME": "Trygghet och brottsförebyggande arbete i Huddinge",
        "SITE_URL": f"http://{HOST}:{port}",
    }
    for name, value in defaults.items():
        os.environ[name] = os.environ.get(name) or value
    os.environ["SECRET_KEY"] = os.environ.get("SECRET_KEY") or secret_key()
    os.environ["DEBUG"] = "true" if mode == "dev" else "false"
    os.environ["DJANGO_SETTINGS_MODULE"] = "samverkan.settings"
    VAR.mkdir(exist_ok=True)
    (VAR / "port").write_text(
        f"{port}\n"
    )  # so that links in what `manage.py remind` sends lead to this server


def prepare() -> None:
    """Brings the database, the demo and the static files up to date. Fast if nothing has changed."""
    import django  # noqa: PLC0415 - its settings come from the environment that was just settled

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0, interactive=False)
    call_command("demo")
    collect_static()


def collect_static() -> None:
    """Collects the static files if one of them has changed since last time."""
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above

    if settings.DEBUG:
        return  # the development server reads them where they are
    state = sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            path = Path(storage.path(name))
            status = path.stat()
            state.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    mark = VAR / "static-files"
    if mark.exists() and mark.read_text() == state.hexdigest() and Path(settings.STATIC_ROOT).is_dir():
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(state.hexdigest())


def serve(mode: str, port: int) -> NoReturn:
    """Runs the server until somebody ends it, and leaves no process behind."""
    address = f"{HOST}:{port}"
    print(f"\n{os.environ['SITE_URL']}/ (Ctrl-C ends)", flush=True)
    if mode == "dev":
        # Replaces this process, so that a debugger gets the terminal.
        os.execv(sys.executable, [sys.executable, "manage.py", "runserver", address])
    # As a child, since gunicorn restarts when its terminal closes.
    with family():
        command = [sys.executable, "-m", "gunicorn", "samverkan.wsgi", f"--bind={address}"]
        sys.exit(start(command).wait())


def main(mode: str) -> NoReturn:
    os.chdir(ROOT)
    port = free_port(mode)
    settle_environment(mode, port)
    prepare()
    serve(mode, port)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in {"run", "dev"}:
        sys.exit(__doc__)
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
