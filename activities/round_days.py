"""On which days does something happen in a follow-up round? Told alike in calendars and in the year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from activities.models import Round


@dataclass(frozen=True)
class RoundDay:
    """`key` names the sort of day, and stays the same when the day is moved."""

    key: str
    day: date
    what: str


def days_of(round: Round) -> Iterator[RoundDay]:
    """The day it speaks of, the first and the last day to answer, and the day that it was closed.

    One that was closed early has no last day to answer.
    """
    yield RoundDay("laget", round.as_of, "Läget den här dagen följs upp")
    yield RoundDay("oppnar", round.opens_on, "Uppföljningen öppnar")
    if round.closed_on is None or round.closed_on >= round.due_on:
        yield RoundDay("sista-dag", round.due_on, "Sista dagen att följa upp")
    if round.closed_on:
        yield RoundDay("stangd", round.closed_on, "Uppföljningen stängdes")
