"""Settings are strict about the environment, and safe unless it says otherwise."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.utils.module_loading import import_string

from samverkan.lib.environment import StrictEnv

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgres://samverkan:password@db.example.se:5432/samverkan",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.se:587",
    "SECRET_KEY": "aA1-bB2-cC3-dD4-eE5-fF6-gG7-hH8-iI9-jJ0-kK1-lL2-mM3-nN4",
    "SITE_URL": "https://samverkan.example.se",
}
ASKED = (
    "DEBUG", "IS_DEMO", "ALLOWED_HOSTS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS", "SECURE_HSTS_PRELOAD", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER", "EMAIL_HOST",
    "EMAIL_USE_TLS", "DEFAULT_FROM_EMAIL", "SERVER_EMAIL",
)  # fmt: skip


def read_settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Reads the settings in a process of its own, with that environment and no other."""
    code = f"import json; from samverkan import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"} | environment,
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_real_installation_is_safe_without_being_told():
    answer = read_settings(PRODUCTION)
    assert answer.stderr == ""
    found = json.loads(answer.stdout)
    assert found.pop("SECURE_HSTS_SECONDS") >= 365 * 24 * 60 * 60
    assert found == {
        "DEBUG": False,
        "IS_DEMO": False,
        "ALLOWED_HOSTS": ["samverkan.example.se"],
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_PRELOAD": False,
        "CSRF_TRUSTED_ORIGINS": ["https://samverkan.example.se"],
        "SECURE_PROXY_SSL_HEADER": None,
        "EMAIL_HOST": "mail.example.se",
        "EMAIL_USE_TLS": True,
        "DEFAULT_FROM_EMAIL": "Samverkan <noreply@samverkan.example.se>",
        "SERVER_EMAIL": "Samverkan <noreply@samverkan.example.se>",
    }


def test_plain_http_on_loopback_gets_cookies_that_work_there():
    answer = read_settings(PRODUCTION | {"SITE_URL": "http://127.0.0.1:8000"})
    found = json.loads(answer.stdout)
    assert not any(found[name] for name in ASKED if name.startswith(("SECURE_", "SESSION_", "CSRF_COOKIE")))


def test_a_proxy_is_believed_only_when_there_is_one():
    answer = read_settings(PRODUCTION | {"TRUSTED_PROXIES": "1"})
    assert json.loads(answer.stdout)["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", ""),
        ("SITE_URL", "samverkan.example.se"),
        ("SITE_URL", "http://samverkan.example.se"),
        ("SITE_URL", "https://samverkan.example.se/en/sida"),
        ("SITE_URL", "https://[samverkan"),
        ("SITE_URL", "https://samverkan.example.se:port"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "mail.example.se"),
        ("EMAIL_URL", "pigeon://mail.example.se"),
        ("EMAIL_URL", "smtp://mail.example.se:port"),
        ("DATABASE_URL", "samverkan"),
        ("DATABASE_URL", "mysql://samverkan@db.example.se/samverkan"),
        ("DATABASE_URL", "postgres://samverkan@db.example.se:port/samverkan"),
        ("DEBUG", "perhaps"),
        ("SAMVERKAN_TODAY", "2024-02-30"),
        ("SAMVERKAN_TODAY", "30 september 2024"),
        ("DEFAULT_FROM", "Samverkan"),
        ("DEFAULT_FROM", "Samverkan <samverkan>"),
        ("DEFAULT_FROM", "Samverkan <a@example.se"),
        ("DEFAULT_FROM", "a@example.se, b@example.se"),
        ("DEFAULT_FROM", "Trygghet, Samverkan <a@example.se>"),
        ("DEFAULT_FROM", "Samverkan\nBcc: b@example.se <a@example.se>"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_what_is_missing_or_malformed_stops_the_start_with_one_line(name, value):
    answer = read_settings(PRODUCTION | {name: value})
    assert answer.stdout == ""
    assert answer.stderr.splitlines()[1:] == []
    assert answer.stderr.startswith(f"samverkan: {name} ")
    assert answer.returncode == 2


def test_everything_that_is_missing_or_malformed_is_told_at_once():
    nothing = read_settings({})
    assert nothing.returncode == 2
    assert [line.split()[1] for line in nothing.stderr.splitlines()] == [
        "SITE_URL",
        "SECRET_KEY",
        "EMAIL_URL",
    ]

    wrong = {
        "DEBUG": "perhaps",
        "SAMVERKAN_TODAY": "i dag",
        "SITE_URL": "samverkan",
        "SECRET_KEY": "short",
        "TRUSTED_PROXIES": "one",
        "DATABASE_URL": "mysql://db/samverkan",
        "EMAIL_URL": "mail.example.se",
        "DEFAULT_FROM": "Samverkan",
    }
    answer = read_settings(wrong)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert [line.split()[1] for line in answer.stderr.splitlines()] == list(wrong)


@pytest.mark.parametrize(("name", "value"), [("DEBUG", "true"), ("ALLOWED_HOSTS", "samverkan.example.se,*")])
def test_what_is_unsafe_on_the_open_net_stops_the_start_there(name, value):
    answer = read_settings(PRODUCTION | {name: value})
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"samverkan: {name} ")
    assert read_settings(PRODUCTION | {name: value, "SITE_URL": "http://127.0.0.1:8000"}).returncode == 0


@pytest.mark.parametrize(
    ("said", "sender"),
    [
        ("samverkan@example.se", "samverkan@example.se"),
        ("Trygghet i Önköping <samverkan@example.se>", "Trygghet i Önköping <samverkan@example.se>"),
        ('"Trygghet, samverkan" <samverkan@example.se>', '"Trygghet, samverkan" <samverkan@example.se>'),
        ("<samverkan@example.se>", "samverkan@example.se"),
    ],
)
def test_mail_is_from_whom_the_environment_says(said, sender):
    assert (
        json.loads(read_settings(PRODUCTION | {"DEFAULT_FROM": said}).stdout)["DEFAULT_FROM_EMAIL"] == sender
    )


def test_the_demos_links_lead_to_the_port_that_is_served():
    demo = {"SECRET_KEY": PRODUCTION["SECRET_KEY"], "SAMVERKAN_TODAY": "2024-09-30", "PORT": "8123"}
    found = json.loads(read_settings(demo).stdout)
    assert found["CSRF_TRUSTED_ORIGINS"] == ["http://127.0.0.1:8123"]
    assert found["DEFAULT_FROM_EMAIL"] == "Samverkan <noreply@localhost>"


def test_a_command_beside_a_served_demo_leads_to_its_port(tmp_path):
    (tmp_path / "port").write_text("8124\n")
    assert StrictEnv().served_address(tmp_path / "port") == "http://127.0.0.1:8124"
    assert StrictEnv().served_address(tmp_path / "none") == "http://127.0.0.1:8000"


def test_preload_is_chosen():
    chosen = [
        json.loads(read_settings(PRODUCTION | given).stdout)["SECURE_HSTS_PRELOAD"]
        for given in ({}, {"HSTS_PRELOAD": "true"})
    ]
    assert chosen == [False, True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hemligt"),
        ("DATABASE_URL", "pigeon://samverkan:hemligt@db.example.se/samverkan"),
        ("DATABASE_URL", "samverkan:hemligt@db.example.se/samverkan"),
        ("EMAIL_URL", "pigeon://samverkan:hemligt@mail.example.se"),
    ],
)
def test_no_secret_is_repeated_in_the_line(name, value):
    answer = read_settings(PRODUCTION | {name: value})
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "hemligt" not in answer.stderr


def test_one_country_one_language_one_clock():
    found = settings.LANGUAGE_CODE, settings.TIME_ZONE, settings.USE_TZ
    assert found == ("sv", "Europe/Stockholm", True)


def test_pages_load_nothing_from_elsewhere():
    directives = {
        name: set(values) for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
    }
    nothing, ours = {"'none'"}, {"'self'"}
    own = {name for name, values in directives.items() if values == ours}
    assert {"connect-src", "font-src", "form-action", "script-src", "style-src"} <= own
    assert directives["img-src"] == ours | {"data:"}
    assert all(directives[name] == nothing for name in ("base-uri", "default-src", "frame-ancestors"))
    assert not any(
        value.startswith(("'unsafe", "http", "*")) for values in directives.values() for value in values
    )


def test_nobody_is_let_in_unless_a_page_says_so():
    kinds = [import_string(name) for name in settings.MIDDLEWARE]

    assert any(isinstance(kind, type) and issubclass(kind, LoginRequiredMiddleware) for kind in kinds)


@pytest.mark.django_db
def test_sqlite_takes_its_lock_first_and_waits_its_turn():
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
        return
    options = settings.DATABASES["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
