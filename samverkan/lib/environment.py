"""What do the environment variables say? Missing and malformed ones end the process with a line each and status 2."""

import os
import re
import sys
import warnings
from collections.abc import Callable
from datetime import date
from email.headerregistry import Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator
from environ import Env

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# An address alone, or a name, in quotes if it has a comma, and the address in angle brackets.
SENDER = re.compile(
    r'(?:(?P<name>"[^"\\\x00-\x1f]+"\s*|[^"<>,@;:\\\x00-\x1f]*)<(?P<named>[^<>\s]+)>|(?P<bare>[^<>\s]+))'
)


class StrictEnv(Env):
    """django-environ's reader with our own types. An empty value counts as missing.

    Whatever is wrong is noted, and something harmless read instead, until `stop_if_wrong` tells all of it at once.
    """

    ENVIRON = {name: value for name, value in os.environ.items() if value.strip()}

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def note(self, sentence: str) -> None:
        """Notes what is wrong."""
        self.wrong.append(sentence)

    def refuse_unsafe(self, *, is_secure: bool, debug: bool, hosts: list[str]) -> None:
        """Notes what is unsafe on the open net, where the address is https."""
        if is_secure and debug:
            self.note(
                "DEBUG must be false with an https address: it shows code and settings to whoever meets an error."
            )
        if is_secure and "*" in hosts:
            self.note("ALLOWED_HOSTS must name the hosts with an https address, not *.")

    def stop_if_wrong(self) -> None:
        """Ends the process with a line on standard error for each thing that is wrong."""
        if self.wrong:
            sys.stderr.writelines(f"samverkan: {sentence}\n" for sentence in self.wrong)
            raise SystemExit(2)

    def get_value(
        self, var: Any, cast: Any = None, default: Any = Env.NOTSET, parse_default: bool = False
    ) -> Any:
        """The value, or the default. Notes one that is missing without a default, or malformed."""
        try:
            return super().get_value(var, cast=cast, default=default, parse_default=parse_default)
        except ImproperlyConfigured:
            self.note(f"{var} is not set. See .env.example.")
        except (ValueError, KeyError):
            self.note(f"{var} cannot be read. See .env.example.")
        return None if default is Env.NOTSET else default

    def bool(self, var: str, default: Any = Env.NOTSET) -> bool:
        """`true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`."""
        value = self.ENVIRON.get(var, "").strip().lower()
        if value in {"", "0", "1", "true", "false", "yes", "no", "on", "off"}:
            return super().bool(var, default=default)
        self.note(f"{var} must be true or false, not {value!r}.")
        return False

    def count(self, var: str, default: int) -> int:
        """A whole number, 0 or more."""
        value = int(self.int(var, default=default))
        if value < 0:
            self.note(f"{var} must be a whole number, 0 or more, not {value}.")
            return default
        return value

    def day(self, var: str) -> date | None:
        """A day as YYYY-MM-DD; None when not set."""
        value = self.ENVIRON.get(var, "").strip()
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.note(f"{var} must be a day such as 2024-09-30, not {value!r}.")
            return None

    def secret(self, var: str, default: str | None) -> str:
        """A secret of at least 50 characters; only development has a default."""
        value = self.ENVIRON.get(var, "").strip() or default
        if value is None:
            self.note(
                f"{var} is not set. Set it to a long random string, for example from `openssl rand -base64 60`."
            )
            return ""
        if value != default and len(value) < 50:
            self.note(f"{var} is too short: at least 50 characters.")
        return value

    def site_url(self, var: str, default: str | None) -> str:
        """The site's address without a final slash. Plain http is allowed on loopback only."""
        value = (self.ENVIRON.get(var, "").strip() or default or "").rstrip("/")
        if why := _why_no_site(value):
            self.note(f"{var} {why}")
            return "http://127.0.0.1:8000"
        return value

    def database(self, var: str, default: str) -> dict[str, Any]:
        """Django's settings for one database: SQLite or PostgreSQL."""
        settings = self._parsed(var, self.db_url, default)
        if settings is None or settings.get("ENGINE") not in {
            "django.db.backends.sqlite3",
            "django.db.backends.postgresql",
        }:
            if settings is not None:
                self.note(
                    f"{var} must name SQLite (sqlite:///path) or PostgreSQL (postgres://user:password@host:5432/name)."
                )
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
        return settings

    def mail(self, var: str, default: str | None) -> dict[str, Any]:
        """Django's EMAIL_ settings, such as from smtp+tls://user:password@host:587."""
        if default is None and not self.ENVIRON.get(var):
            self.note(f"{var} is not set. See .env.example.")
            return {"EMAIL_BACKEND": ""}
        settings = self._parsed(var, self.email_url, default)
        if settings is None or not settings.get("EMAIL_BACKEND"):
            if settings is not None:
                self.note(f"{var} must be an address such as smtp+tls://user:password@host:587.")
            return {"EMAIL_BACKEND": ""}
        return settings

    def sender(self, var: str, default: str) -> str:
        """Whom mail is from: one address, or a name and the address as in `Samverkan <samverkan@example.se>`."""
        value = self.ENVIRON.get(var, "").strip() or default
        found = SENDER.fullmatch(value)
        address = (found["named"] or found["bare"]) if found else ""
        try:
            EmailValidator()(address)
        except ValidationError:
            self.note(
                f"{var} must be an address, with or without a name, such as Samverkan <samverkan@example.se>, not {value!r}."
            )
            return default
        user, _, domain = address.rpartition("@")
        name = ((found["name"] or "") if found else "").strip().strip('"')
        return str(Address(display_name=name, username=user, domain=domain)) if name else address

    def served_address(self, mark: Path) -> str:
        """The demo's own address: on PORT, otherwise on the port that `mark` says that it was last served on."""
        port = self.ENVIRON.get("PORT", "").strip()
        if not port and mark.is_file():
            port = mark.read_text().strip()
        return f"http://127.0.0.1:{port if port.isdecimal() else 8000}"

    def _parsed(self, var: str, parse: Callable[..., dict[str, Any]], default: Any) -> dict[str, Any] | None:
        """None, and a note, for what cannot be read."""
        try:
            with warnings.catch_warnings(action="ignore"):  # our own sentence says what to set
                return parse(var, default=default)
        except (ValueError, KeyError, ImproperlyConfigured):
            self.note(f"{var} cannot be read. See .env.example.")
            return None


def _why_no_site(value: str) -> str:
    """What is wrong with the site's address; empty when nothing is."""
    if not value:
        return "is not set. Set it to the address that people type, for example https://samverkan.example.se"
    try:
        parts = urlsplit(value)
        is_address = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or parts.scheme not in {"http", "https"} or parts.path or parts.query:
        return f"must be an address without a path, for example https://samverkan.example.se, not {value!r}."
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return f"must begin with https:// outside this machine, not {value!r}."
    return ""
