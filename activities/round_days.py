"""The days of a follow-up round, with the same names in calendars and in *Årshjul*."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from activities.models import Round


@dataclass(frozen=True)
class RoundDay:
    """`key` names the kind of day and stays the same when the day moves."""

    key: str
    day: date
    what: str


def days_of(round: Round) -> Iterator[RoundDay]:
    """The day it speaks of, its first and last day, and the day of closing. A round closed early has no last day."""
    yield RoundDay("laget", round.as_of, "Läget den här dagen följs upp")
    yield RoundDay("oppnar", round.opens_on, "Uppföljningen öppnar")
    if round.closed_on is None or round.closed_on >= round.due_on:
        yield RoundDay("sista-dag", round.due_on, "Sista dagen att följa upp")
    if round.closed_on:
        yield RoundDay("stangd", round.closed_on, "Uppföljningen stängdes")
