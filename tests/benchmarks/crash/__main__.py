"""Kills gunicorn, or PostgreSQL, with all their children at random moments while people write over HTTP.

`python -m tests.benchmarks.crash sqlite|postgresql [prefix …]`; the figures of SQLite have `sqlite_` in their names. On SQLite
only the server can be killed.

PostgreSQL runs as a real one does: it waits until a transaction is on the disk. But a killed process leaves behind what it gave
to the kernel, so this proves what happens when a process dies, not when the power does.
"""

import json
import os
import random
import sys
import time
from contextlib import ExitStack
from itertools import count
from threading import Event, Thread
from typing import Any

import django

from tools.cluster import SETTINGS, cluster

DATABASE, PREFIXES = sys.argv[1], sys.argv[2:]
SAFE = {**SETTINGS, "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
STACK = ExitStack()
CLUSTER = STACK.enter_context(cluster(SAFE)) if DATABASE == "postgresql" else None
if CLUSTER:
    os.environ["DATABASE_URL"] = CLUSTER.url  # Django's settings read it

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402 - as above
from django.urls import reverse  # noqa: E402 - as above

from tests.benchmarks.closing_hour.world import signed_in  # noqa: E402 - as above
from tests.benchmarks.crash.judge import half, lost  # noqa: E402 - as above
from tests.benchmarks.crash.server import Server  # noqa: E402 - as above
from tests.benchmarks.crash.writers import AddsNeeds, FollowsUp, Imports, Writer, Written  # noqa: E402 - as above
from tests.benchmarks.world import ANSWERS, World  # noqa: E402 - as above
from tests.factories import UserFactory  # noqa: E402 - as above

KILLS = {"postgresql": ["database"] * 50 + ["server"] * 20, "sqlite": ["server"] * 30}
ACTIVITIES = 300
MOST_WRITES, LONGEST_PAUSE = 4, 0.3  # a kill comes after so many receipts, and so many seconds later
PATIENCE_SECONDS = 30
SEED = 2024


def made(port: int, written: Written) -> list[Writer]:
    """Stores the activities and signs in those who write: two follow up, one imports, one adds needs."""
    world = World()
    world.grow(ACTIVITIES)
    coordinator = signed_in(UserFactory(coordinator=True))
    lasting = [number for number in range(1, ACTIVITIES + 1) if number % len(ANSWERS) < 4]
    addresses = [reverse("follow_up", args=[world.agreement.slug, number]) for number in lasting]
    return [
        FollowsUp(port, coordinator, written, addresses=addresses),
        FollowsUp(port, coordinator, written, addresses=addresses),
        Imports(port, signed_in(UserFactory(administrator=True)), written),
        AddsNeeds(port, coordinator, written),
    ]


def burst(writers: list[Writer], numbers: Any, chance: random.Random, victim: Any) -> None:
    """Lets everybody write, and kills the victim after a few receipts, at a moment that has nothing to do with them."""
    stop, acknowledged = Event(), writers[0].written.acknowledged
    wanted, pause = len(acknowledged) + chance.randint(1, MOST_WRITES), chance.uniform(0, LONGEST_PAUSE)
    threads = [Thread(target=each.write_until, args=[stop, numbers]) for each in writers]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(acknowledged) < wanted and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(pause)
    victim.kill()
    stop.set()
    for thread in threads:
        thread.join()


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    server, written, numbers = Server(), Written(), count(1)
    writers = made(server.port, written)
    connection.close()
    chance = random.Random(SEED)  # noqa: S311 -- for moments, not for secrets
    victims = chance.sample(KILLS[DATABASE], len(KILLS[DATABASE]))
    server.start()
    try:
        for done, name in enumerate(victims, 1):
            victim = CLUSTER if CLUSTER and name == "database" else server
            burst(writers, numbers, chance, victim)
            victim.start()
            server.wait()
            sys.stderr.write(f"{DATABASE}: {done} killed, {len(written.acknowledged)} acknowledged\n")
    finally:
        server.kill()
    report(written)


def report(written: Written) -> None:
    found = {"lost": lost(written), "half": half(written)}
    for name, texts in found.items():
        sys.stderr.write("".join(f"{name}: {text}\n" for text in texts))
    taken = {
        "kills": len(KILLS[DATABASE]),
        "acknowledged": len(written.acknowledged),
        **{name: len(texts) for name, texts in found.items()},
    }
    for figure, value in taken.items():
        name = f"crash.{figure}" if CLUSTER else f"crash.sqlite_{figure}"
        if name.startswith(tuple(PREFIXES) or ("",)):
            sys.stdout.write(json.dumps({"name": name, "value": value, "unit": figure}) + "\n")


with STACK:
    main()
    connection.close()
