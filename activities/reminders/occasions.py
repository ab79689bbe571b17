"""On which days is a round's mail due? Each occasion is a stretch of days, so that a day without a run is caught up."""

from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import Round
from activities.states import Occasion

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """The days of an occasion; `until` None stands for the day that the round is closed."""

    occasion: Occasion
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def stretches(round: Round) -> list[Stretch]:
    """One after the other, each until the next begins; one without a day, as the first one of a short round, is left out."""
    begins = [(each, each.traits.begins) for each in Occasion]
    turns = [(each, first_day(round)) for each, first_day in begins if first_day]
    last_days = [*(since - ONE for _, since in turns[1:]), None]
    found = [Stretch(*turn, until) for turn, until in zip(turns, last_days, strict=True)]
    return [each for each in found if each.until is None or each.since <= each.until]


def due(round: Round, day: date) -> Occasion | None:
    """The one whose turn it is in a round that is open or planned; None before it opens."""
    return next((each.occasion for each in stretches(round) if each.holds(day)), None)
