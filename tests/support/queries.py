"""Which queries does a page make for its own sake, and how many with few rows and with many?"""

from collections.abc import Callable, Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 12

ABOUT_THE_VISIT = (
    "django_session",
    "SAVEPOINT",  # the session is saved with every page, so that it lasts from the latest
    "BEGIN",  # likewise, where no test's transaction is around it
    "COMMIT",
    'FROM "parties_user" LEFT OUTER JOIN',
    'FROM "parties_user" WHERE "parties_user"."id"',
)


def beyond_the_visit(captured: CaptureQueriesContext) -> list[str]:
    """What was asked of the database, but for the session and the user."""
    return [
        query["sql"]
        for query in captured.captured_queries
        if not any(part in query["sql"] for part in ABOUT_THE_VISIT)
    ]


def queries_of(client: Client, address: str) -> list[str]:
    """What a page that is shown asks."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return beyond_the_visit(captured)


def queries_by_size(
    client: Client, addresses: Iterable[str], fill: Callable[[int], None], sizes: tuple[int, ...]
) -> dict[str, dict[int, list[str]]]:
    """What each page asks when there are so many rows; what takes time to store is stored once for all pages."""
    found: dict[str, dict[int, list[str]]] = {address: {} for address in addresses}
    for size in sizes:
        fill(size)
        for address, by_size in found.items():
            by_size[size] = queries_of(client, address)
    return found
