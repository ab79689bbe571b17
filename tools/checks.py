"""Runs the static checks: `python -m tools.checks`. Prints all the output of those that fail."""

import sys
from pathlib import Path

from tools.processes import Result, Task, family, run_all

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
IN_MEMORY = "sqlite://:memory:"
# The demo's environment, for checks that only read the settings, and a real installation's.
DEMO: dict[str, str | None] = {
    "DATABASE_URL": IN_MEMORY,
    "DEBUG": "false",
    "SAMVERKAN_TODAY": "2024-09-30",
    "SECRET_KEY": "of use to the static checks only, which sign nothing with it",
    "SITE_URL": "http://127.0.0.1:8000",
}
PRODUCTION: dict[str, str | None] = {
    "ALLOWED_HOSTS": "samverkan.example.se",
    "DATABASE_URL": IN_MEMORY,
    "DEBUG": None,
    "EMAIL_URL": "smtp+tls://user:password@mail.example.se:587",
    "SAMVERKAN_TODAY": None,
    "SECRET_KEY": "aA1-bB2-cC3-dD4-eE5-fF6-gG7-hH8-iI9-jJ0-kK1-lL2-mM3-nN4-oO5",
    "SITE_NAME": None,
    "SITE_URL": "https://samverkan.example.se",
    "TRUSTED_PROXIES": "1",
}


def program(name: str, *arguments: str) -> list[str]:
    return [str(PROGRAMS / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "manage.py", *arguments]


def tasks() -> list[Task]:
    templates = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return [
        Task("types (mypy)", program("mypy"), DEMO),
        Task("style (ruff)", program("ruff", "check", "--quiet", "--output-format=concise")),
        Task("format (ruff)", program("ruff", "format", "--check", "--output-format=concise")),
        Task("templates (djade)", program("djade", "--check", "--target-version", "5.2", *templates)),
        Task(
            "imports (import-linter)",
            program("lint-imports", "--no-logo", "--cache-dir", "var/cache/imports"),
        ),
        Task("migrations", manage("makemigrations", "--check", "--dry-run"), DEMO),
        Task("deployment", manage("check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
    ]


def passes(result: Result) -> bool:
    """Prints the result of a check, with all its output when it failed."""
    mark = "FAILED" if result.status else "ok"
    print(f"{mark:7}{result.task.name}, {result.seconds:.1f} s", flush=True)
    if result.status:
        print(result.output, flush=True)
    return result.status == 0


if __name__ == "__main__":
    with family():
        answers = [passes(result) for result in run_all(tasks(), at_once=2)]
    print(f"{answers.count(True)} passed, {answers.count(False)} failed")
    sys.exit(1 if False in answers else 0)
