"""Requests a sign-in code and reads it from the mail."""

import re

from django.core import mail
from django.test import Client

HOME = "/logga-in/"
CODE = "/logga-in/kod/"


def ask(client: Client, email: str, **more: str):
    return client.post(HOME, {"way": "code", "login": email, "password": "", **more})


def mailed() -> str:
    """The code in the latest mail."""
    return re.search(r"^([0-9]{6})$", mail.outbox[-1].body, re.MULTILINE)[1]


def another(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def signed_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
