"""Holds the rule of the tests that run on SQLite only: every query that they make is made on both databases by others."""

import json
from collections.abc import Iterable
from pathlib import Path


def unshared(paths: Iterable[Path]) -> list[str]:
    """One line for each query that only tests on one database make, with one of them.

    Each file is what `tests/support/one_database.py` has written about a share; a share that broke off has written none.
    """
    told = [json.loads(path.read_text()) for path in paths if path.exists()]
    both = {query for each in told for query in each["both"]}
    alone = {query: test for each in told for query, test in each["one"].items()}
    return [
        f"FAILED {test} runs on SQLite only, and no test on both databases asks: {query}"
        for query, test in sorted(alone.items())
        if query not in both
    ]
