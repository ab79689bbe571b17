"""The figures of a long log, by name without the area."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from parties import audit
from parties.audit import Act
from parties.audit.sealing import seal
from parties.audit.verifying import verify
from samverkan.lib import clock
from tests.benchmarks.audit.world import Log
from tests.benchmarks.figures import median_ms

WRITES = 50


def taken(log: Log, seconds: float) -> dict[str, tuple[float, str]]:
    """Every figure as value and unit. Sealing comes before checking."""
    return {
        "write_ms": (write_ms(log, seconds), "ms"),
        "page_ms": (page_ms(log, seconds), "ms"),
        "seal_s": (in_seconds(lambda: seal(at=clock.now())), "s"),
        "verify_s": (in_seconds(verify), "s"),
    }


def in_seconds(run: Callable[[], Any]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def write_ms(log: Log, seconds: float) -> float:
    """What an entry adds to the transaction that it is part of, for somebody who may be a deputy."""
    changes = [("namn", "Huge", "Huge AB")]

    def write() -> None:
        with transaction.atomic():
            for _ in range(WRITES):
                audit.record(Act.CHANGED, by=log.users[0], of=log.party, changes=changes)

    return median_ms(write, seconds, warm_up=1) / WRITES


def page_ms(log: Log, seconds: float) -> float:
    """The slowest of the filtered pages."""
    client = Client()
    client.force_login(log.admin)
    address = reverse("admin:parties_auditentry_changelist")
    return max(median_ms(partial(fetch, client, f"{address}?{query}"), seconds / 4) for query in queries(log))


def queries(log: Log) -> list[str]:
    day = f"{log.middle:%Y-%m-%d}"
    account, party = f"account__id__exact={log.users[7].pk}", f"party__id__exact={log.party.pk}"
    return [
        "",
        f"handelse={Act.SIGNED_IN}",
        f"handelse={Act.PRUNED}",
        account,
        party,
        "galler=parties.party",
        f"galler=parties.user:{log.users[3].pk}",
        f"fran={day}&till={day}",
        f"till={day}",
        f"till={day}&{account}",
        f"{party}&handelse={Act.ROLE_CHANGED}",
        f"{account}&handelse={Act.ROLE_CHANGED}&galler=parties.user",
    ]


def fetch(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
