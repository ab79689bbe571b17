"""The days on which a round's mail is due.

An occasion lasts from its first day until the next one begins: *sju dagar före* until the last day, *dagen efter* until the
round is closed. A night without a run of `remind` therefore loses no mail.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import Round
from activities.states import Occasion

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """The days of an occasion. `until` None: until the round is closed."""

    occasion: Occasion
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def stretches(round: Round) -> list[Stretch]:
    """The occasions in order, each until the next begins. Leaves out those without a day, as the opening of a short round."""
    begins = [(each, each.traits.begins) for each in Occasion]
    turns = [(each, first_day(round)) for each, first_day in begins if first_day]
    last_days = [*(since - ONE for _, since in turns[1:]), None]
    found = [Stretch(*turn, until) for turn, until in zip(turns, last_days, strict=True)]
    return [each for each in found if each.until is None or each.since <= each.until]


def due(round: Round, day: date) -> Occasion | None:
    """The occasion of the day in an open or planned round; None before it opens."""
    return next((each.occasion for each in stretches(round) if each.holds(day)), None)
