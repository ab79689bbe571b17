"""On which days is a round's mail due? Each occasion is a stretch of days, so that a day without a run is caught up."""

from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import MailReason, Round

Occasion = MailReason.Occasion
WEEK = timedelta(days=7)
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """The days of an occasion; `until` None stands for the day that the round is closed."""

    occasion: MailReason.Occasion
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


def stretches(round: Round) -> list[Stretch]:
    """At most three, one after the other; a short round opens within its last week and has two."""
    week_before = max(round.due_on - WEEK, round.opens_on)
    found = [
        Stretch(Occasion.WEEK_BEFORE, week_before, round.due_on),
        Stretch(Occasion.DAY_AFTER, round.due_on + ONE, None),
    ]
    if round.opens_on < week_before:
        found.insert(0, Stretch(Occasion.OPENED, round.opens_on, week_before - ONE))
    return found


def due(round: Round, day: date) -> MailReason.Occasion | None:
    """The one whose turn it is in a round that is open or planned; None before it opens."""
    return next((each.occasion for each in stretches(round) if each.holds(day)), None)
