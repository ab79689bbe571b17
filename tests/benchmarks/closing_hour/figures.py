"""The figures of the closing hour. Their names never change, so that runs can be compared."""

import statistics

from tests.benchmarks.closing_hour.crowd import Answers
from tests.benchmarks.closing_hour.world import ClosingHour


def figures(database: str, hour: ClosingHour, answers: Answers) -> dict[str, tuple[float, str]]:
    """Each figure with its unit, by name. Lost are the expected follow-ups that are not stored, receipt or not."""
    saved = hour.saved()
    counts = {"saved": saved, "lost": hour.expected - saved, "double": hour.double()}
    if database == "sqlite":
        return {f"rounds.sqlite_{name}": (value, "follow-ups") for name, value in counts.items()}
    twentieths = statistics.quantiles(answers.taken_ms, n=20)
    return {
        **{f"rounds.{name}": (value, "follow-ups") for name, value in counts.items()},
        "rounds.p50": (statistics.median(answers.taken_ms), "ms"),
        "rounds.p95": (twentieths[-1], "ms"),
    }
