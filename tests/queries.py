"""Which queries does a page make for its own sake?"""

from django.test.utils import CaptureQueriesContext

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
