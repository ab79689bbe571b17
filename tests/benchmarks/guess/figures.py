"""The figures of guessing. Their names never change, so that runs can be compared."""

from pathlib import Path
from typing import Any

from allauth.account.signals import login_code_rejected
from django.core import mail
from django.test import Client

from parties.models import User
from tests.support.at_once import People
from tests.support.sign_in_codes import CODE, HOME, another, ask, mailed

AT_ONCE, EACH = 40, 5
WASHES = 10  # requests between two looks at the limit
UNJUDGED = "För många försök"


def judged(user: User, folder: Path, *, at_once: int = AT_ONCE, each: int = EACH) -> int:
    """How many of `at_once * each` parallel guesses at one code are judged; at most five should be."""
    client = Client()
    ask(client, user.email)
    wrong, session = another(mailed()), client.cookies["sessionid"].value
    heard: list[Any] = []

    def hear(sender: object, **_: object) -> None:
        heard.append(sender)

    def guess() -> None:
        own = Client()
        own.cookies["sessionid"] = session
        for _ in range(each):
            assert own.post(CODE, {"code": wrong}).status_code < 500

    login_code_rejected.connect(hear)
    try:
        faults = [answer for answer in People(folder).do(*[guess] * at_once) if answer]
    finally:
        login_code_rejected.disconnect(hear)
    assert not faults, faults[0]
    return len(heard)


def washed(user: User, *, requests: int) -> int:
    """Of `requests` for unknown addresses, how many made guesses possible that a limit had stopped; none should."""
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    while _is_judged(stranger, user.email):
        pass
    unlocked = 0
    for number in range(1, requests + 1):
        other = Client(REMOTE_ADDR=f"203.0.{number // 250}.{number % 250}")
        assert ask(other, f"konto-{number}@example.com")["Location"] == CODE
        if number % WASHES == 0 and _is_judged(stranger, user.email):
            unlocked += WASHES
    mail.outbox.clear()
    return unlocked


def _is_judged(client: Client, email: str) -> bool:
    answer = client.post(HOME, {"login": email, "password": "fel lösenord!"})
    return UNJUDGED not in answer.content.decode()


def figures(database: str, user: User, folder: Path, *, requests: int = 5000) -> dict[str, tuple[int, str]]:
    """Each figure with its unit, by name."""
    prefix = "guess.sqlite_" if database == "sqlite" else "guess."
    return {
        f"{prefix}judged": (judged(user, folder), "guesses"),
        f"{prefix}washed": (washed(user, requests=requests), "requests"),
    }
