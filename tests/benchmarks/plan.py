"""The plan of an earlier day: what it costs beside today's, and whether later changes leave an earlier report as it was.

`python -m tests.benchmarks.plan sqlite|postgresql [prefix …]`. `plan.earlier.PAGE.DATABASE.300` is a page's time as of an
earlier day for each time as of today, the two taken in turn; `plan.earlier_queries.…` how many queries more it makes.
`plan.histories` are generated, and `plan.differing` those whose report differs in more than the note; they are SQLite's.
"""

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

django.setup()

from django.conf import settings as django_settings  # noqa: E402 - Django must be set up first
from django.core.management import call_command  # noqa: E402 - as above
from django.db import connection, transaction  # noqa: E402 - as above
from django.test import override_settings  # noqa: E402 - as above
from django.test.utils import CaptureQueriesContext  # noqa: E402 - as above
from django.urls import reverse  # noqa: E402 - as above
from hypothesis import given, settings  # noqa: E402 - as above
from hypothesis import strategies as st  # noqa: E402 - as above

from activities import reports  # noqa: E402 - as above
from samverkan.lib import clock  # noqa: E402 - as above
from tests.benchmarks.world import LAST_DAY, World  # noqa: E402 - as above
from tests.support.plan_changes import CHANGES, DAY, Change, told_alike  # noqa: E402 - as above
from tests.support.plan_changes import World as SmallWorld  # noqa: E402 - as above

HISTORIES, SIZE, TURNS = 1000, 300, 15
EARLIER = LAST_DAY
STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def both(world: World) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """Each page as of today and as of an earlier day."""
    slug = world.agreement.slug

    def page(name: str, *args: str) -> tuple[Callable[[], Any], Callable[[], Any]]:
        address = reverse(name, args=[slug, *args])
        client = world.coordinator
        return (lambda: client.get(address)), (lambda: client.get(address, {"per": EARLIER.isoformat()}))

    def report(day: Any) -> Callable[[], Any]:
        return lambda: reports.gather(world.agreement, as_of=day, made_on=clock.today())

    return {
        "overview": page("overview"),
        "list": page("activity_list"),
        "needs": page("need_list"),
        "place": page("place", "plats-0"),
        "export": page("activity_export", "xlsx"),
        "report": (report(clock.today()), report(EARLIER)),
    }


def seconds(run: Callable[[], Any]) -> float:
    """What the run before has left is collected first, or the second of a pair would pay for the first."""
    gc.collect()
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def queries(run: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def earlier_days(database: str, prefixes: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    names = ("overview", "list", "needs", "place", "export", "report")
    wanted = [name for name in names if f"plan.earlier.{name}.{database}.{SIZE}".startswith(prefixes)]
    if not wanted:
        return
    world = World()
    world.grow(SIZE)
    pages = both(world)
    for name in wanted:
        today, earlier = pages[name]
        more = [queries(earlier) - queries(today) for _ in range(2)]  # the first of each also warms up
        taken = [(seconds(today), seconds(earlier)) for _ in range(TURNS)]
        ratio = statistics.median(each[1] for each in taken) / statistics.median(each[0] for each in taken)
        yield f"plan.earlier.{name}.{database}.{SIZE}", round(ratio, 2), "times"
        yield f"plan.earlier_queries.{name}.{database}.{SIZE}", more[-1], "queries"


def histories(prefixes: tuple[str, ...]) -> Iterator[tuple[str, float, str]]:
    if not any(f"plan.{name}".startswith(prefixes) for name in ("histories", "differing")):
        return
    taken = {"histories": 0, "differing": 0}

    @settings(max_examples=HISTORIES, derandomize=True, deadline=None, database=None)
    @given(before=st.lists(CHANGES, max_size=4), after=st.lists(CHANGES, max_size=6))
    def compare(before: list[Change], after: list[Change]) -> None:
        with transaction.atomic():
            world = SmallWorld()
            world.change(before, until=DAY)
            taken["histories"] += 1
            try:
                told_alike(world, after)
            except AssertionError:
                taken["differing"] += 1
                sys.stderr.write(f"differs: {before} {after}\n")
            transaction.set_rollback(True)

    compare()
    for name, value in taken.items():
        yield f"plan.{name}", value, "histories"


def main(database: str, prefixes: tuple[str, ...]) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    if database == "sqlite":
        show(histories(prefixes))
    with override_settings(STORAGES={**django_settings.STORAGES, "staticfiles": STATIC}):
        show(earlier_days(database, prefixes))


def show(figures: Iterator[tuple[str, float, str]]) -> None:
    for name, value, unit in figures:
        sys.stdout.write(json.dumps({"name": name, "value": value, "unit": unit}) + "\n")
        sys.stdout.flush()


main(sys.argv[1], tuple(sys.argv[2:]) or ("",))
