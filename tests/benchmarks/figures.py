"""The figures and how each is measured. Their names, `area.figure.database.size`, never change."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities import reports
from samverkan.lib import clock
from tests.benchmarks.reminders import queries_beyond_mails
from tests.benchmarks.world import LAST_DAY, World
from tests.support.queries import beyond_the_visit

DATABASES = ("sqlite", "postgresql")
EXPORTED_FROM = "postgresql"  # the tables' figures, and the mail's, have no database in their names
WARM_UP, FEWEST, MOST = 3, 7, 40


@dataclass(frozen=True)
class Sizes:
    """The numbers of activities and of people to remind, and the seconds for which a page is measured."""

    pages: Sequence[int] = (30, 300, 3000)
    report: Sequence[int] = (30, 300)
    export: int = 500
    people: int = 300
    seconds: float = 3.0


@dataclass(frozen=True)
class Measurement:
    name: str
    unit: str
    size: int
    take: Callable[[World, float], float]

    def line(self, value: float) -> str:
        """One line of JSON."""
        return json.dumps(
            {"name": self.name, "value": round(value, 3 if self.unit == "s" else 1), "unit": self.unit}
        )


def measurements(database: str, sizes: Sizes) -> list[Measurement]:
    """The measurements on a database, those with the fewest activities first."""
    found = []
    for size in sizes.pages:
        for page in PAGES:
            where = f"{page}.{database}.{size}"
            found.append(Measurement(f"pages.{where}", "ms", size, partial(page_ms, page)))
            found.append(Measurement(f"queries.{where}", "queries", size, partial(page_queries, page)))
    for size in sizes.report:
        for step, take in REPORT.items():
            found.append(Measurement(f"report.{step}.{database}.{size}", "ms", size, take))
    if database == EXPORTED_FROM:
        found.append(Measurement(f"export.xlsx_s.{sizes.export}", "s", sizes.export, export_s))
        found.append(
            Measurement(f"export.xlsx_queries.{sizes.export}", "queries", sizes.export, export_queries)
        )
        found.append(
            Measurement(f"remind.queries.{sizes.people}", "queries", 0, remind_queries(sizes.people))
        )
    return sorted(found, key=lambda one: one.size)


def lines(
    database: str, prefixes: Sequence[str], sizes: Sizes, progress: Callable[[str], Any]
) -> Iterator[str]:
    """Takes the measurements whose names begin with a prefix, all without prefixes. Yields a line after each."""
    wanted = [one for one in measurements(database, sizes) if one.name.startswith(tuple(prefixes) or ("",))]
    world = World() if wanted else None
    for measurement in wanted:
        if measurement.size > world.size:
            progress(f"{database}: {measurement.size} activities …")
            world.grow(measurement.size)
        yield measurement.line(measurement.take(world, sizes.seconds))


# --- Pages -----------------------------------------------------------------------------------------------------------


def _page(world: World, page: str) -> Callable[[], Any]:
    client, name, args = PAGES[page](world)
    return partial(_fetch, client, reverse(name, args=args))


def _fetch(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"


# Who opens which address.
PAGES: dict[str, Callable[[World], tuple]] = {
    "overview": lambda world: (world.coordinator, "overview", [world.agreement.slug]),
    "list": lambda world: (world.coordinator, "activity_list", [world.agreement.slug]),
    "activity": lambda world: (world.coordinator, "activity", [world.agreement.slug, world.size // 2 + 1]),
    "mywork": lambda world: (world.representative, "my_work", []),
}


def page_ms(page: str, world: World, seconds: float) -> float:
    return median_ms(_page(world, page), seconds)


def page_queries(page: str, world: World, _: float) -> int:
    return queries(_page(world, page))


def queries(fetch: Callable[[], Any]) -> int:
    """The number of queries of a page, without those for the session and the user."""
    fetch()
    with CaptureQueriesContext(connection) as captured:
        fetch()
    return len(beyond_the_visit(captured))


def median_ms(run: Callable[[], Any], seconds: float, *, warm_up: int = WARM_UP) -> float:
    """The median of as many runs as fit in the time, at least FEWEST and at most MOST, after the warm-up."""
    for _ in range(warm_up):
        run()
    taken: list[float] = []
    while len(taken) < FEWEST or (sum(taken) < seconds * 1000 and len(taken) < MOST):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
        if sum(taken) > 4 * seconds * 1000:  # a file that takes long to make is made once or twice
            break
    return statistics.median(taken)


# --- The report ------------------------------------------------------------------------------------------------------


def _gathered(world: World) -> reports.Report:
    return reports.gather(world.agreement, as_of=LAST_DAY, made_on=clock.today())


def _gather_ms(world: World, seconds: float) -> float:
    return median_ms(partial(_gathered, world), seconds)


def _html_ms(world: World, seconds: float) -> float:
    made = _gathered(world)
    return median_ms(lambda: render_to_string("activities/reports/pdf.html", {"report": made}), seconds)


def _pdf_ms(world: World, seconds: float) -> float:
    """Includes rendering the HTML."""
    made = _gathered(world)
    return median_ms(partial(reports.as_pdf, made), seconds / 3, warm_up=0)


REPORT = {"gather": _gather_ms, "html": _html_ms, "pdf": _pdf_ms}


# --- The table -------------------------------------------------------------------------------------------------------


def _export(world: World) -> Callable[[], Any]:
    address = reverse("activity_export", args=[world.agreement.slug, "xlsx"])
    return partial(_fetch, world.coordinator, address)


def export_s(world: World, seconds: float) -> float:
    return median_ms(_export(world), seconds) / 1000


def export_queries(world: World, _: float) -> int:
    return queries(_export(world))


# --- The rounds' mail ------------------------------------------------------------------------------------------------


def remind_queries(people: int) -> Callable[[World, float], float]:
    """The queries of a run that mails everybody, beyond one write for each mail."""
    return lambda _world, _seconds: queries_beyond_mails(people)
