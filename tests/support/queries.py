"""The queries that a page makes for its own content, with few rows and with many."""

from collections.abc import Callable, Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 12

ABOUT_THE_VISIT = (
    "django_session",
    "SAVEPOINT",  # every page saves the session, so that it lasts from the latest click
    "BEGIN",  # the same, outside a test's transaction
    "COMMIT",
    "SELECT JSON('",  # Django asks SQLite once whether it knows JSON
    'FROM "parties_user" LEFT OUTER JOIN',
    'FROM "parties_user" WHERE "parties_user"."id"',
)


def beyond_the_visit(captured: CaptureQueriesContext) -> list[str]:
    """The SQL of all queries but those for the session and the user."""
    return [
        query["sql"]
        for query in captured.captured_queries
        if not any(part in query["sql"] for part in ABOUT_THE_VISIT)
    ]


def queries_of(client: Client, address: str) -> list[str]:
    """The SQL of a page that answers 200."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return beyond_the_visit(captured)


def queries_by_size(
    client: Client, addresses: Iterable[str], fill: Callable[[int], None], sizes: tuple[int, ...]
) -> dict[str, dict[int, list[str]]]:
    """The SQL of each page at each number of rows. Calls `fill` once per size, since storing rows takes time."""
    found: dict[str, dict[int, list[str]]] = {address: {} for address in addresses}
    for size in sizes:
        fill(size)
        for address, by_size in found.items():
            by_size[size] = queries_of(client, address)
    return found
