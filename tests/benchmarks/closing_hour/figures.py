"""What is told of the closing hour? The names stay the same from then on."""

import statistics

from tests.benchmarks.closing_hour.crowd import Told
from tests.benchmarks.closing_hour.world import ClosingHour


def figures(database: str, hour: ClosingHour, told: Told) -> dict[str, tuple[float, str]]:
    """Each figure with its unit. Lost is what was asked for and is not there, whatever the pages said."""
    saved = hour.saved()
    counts = {"saved": saved, "lost": hour.expected - saved, "double": hour.double()}
    if database == "sqlite":
        return {f"rounds.sqlite_{name}": (value, "follow-ups") for name, value in counts.items()}
    twentieths = statistics.quantiles(told.taken_ms, n=20)
    return {
        **{f"rounds.{name}": (value, "follow-ups") for name, value in counts.items()},
        "rounds.p50": (statistics.median(told.taken_ms), "ms"),
        "rounds.p95": (twentieths[-1], "ms"),
    }
