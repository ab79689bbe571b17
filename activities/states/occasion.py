"""Why a mail of a follow-up round is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import TextChoices

WEEK, DAY = timedelta(days=7), timedelta(days=1)


class Days(Protocol):
    """The days of a round that an occasion needs."""

    @property
    def opens_on(self) -> date: ...
    @property
    def due_on(self) -> date: ...


@dataclass(frozen=True)
class OccasionTraits:
    """What belongs to one occasion.

    `is_sent_once`: each person gets its mail at most once in a round. `begins` gives the first day of its turn in a round;
    None for mail that follows an event or a request. A turn lasts until the next one begins: see
    `activities/reminders/occasions.py`.
    """

    is_sent_once: bool = False
    begins: Callable[[Days], date] | None = None


class Occasion(TextChoices):
    """Why a mail is sent. The members with a turn stand in the order of their days."""

    OPENED = "opened", "Omgången har öppnat"
    WEEK_BEFORE = "week_before", "Sju dagar före sista dagen"
    DAY_AFTER = "day_after", "Dagen efter sista dagen"
    QUESTION = "question", "Samordnaren har en fråga"
    NUDGE = "nudge", "Påminnelse från samordnaren"
    SUMMARY = "summary", "Sammanfattning till samordnaren"

    @property
    def traits(self) -> OccasionTraits:
        return _OCCASIONS[self]

    @classmethod
    def in_turn(cls) -> list["Occasion"]:
        """Those with a turn of their own in a round."""
        return [each for each in cls if each.traits.begins]

    @classmethod
    def sent_once(cls) -> list["Occasion"]:
        return [each for each in cls if each.traits.is_sent_once]


_OCCASIONS: Mapping[Occasion, OccasionTraits] = {
    Occasion.OPENED: OccasionTraits(is_sent_once=True, begins=lambda round: round.opens_on),
    Occasion.WEEK_BEFORE: OccasionTraits(
        is_sent_once=True, begins=lambda round: max(round.due_on - WEEK, round.opens_on)
    ),
    Occasion.DAY_AFTER: OccasionTraits(is_sent_once=True, begins=lambda round: round.due_on + DAY),
    Occasion.QUESTION: OccasionTraits(),
    Occasion.NUDGE: OccasionTraits(),
    Occasion.SUMMARY: OccasionTraits(is_sent_once=True),
}
