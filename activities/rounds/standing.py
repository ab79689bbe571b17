"""How does each round of an agreement stand on a day?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from activities.models import Round


class Standing(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True)
class Told:
    """A round beside the others. `ended_on` is the first day that it asked nothing: it was closed, or the `next` opened."""

    round: Round
    standing: Standing
    ended_on: date | None
    next: Round | None

    @property
    def is_planned(self) -> bool:
        return self.standing == Standing.PLANNED

    @property
    def is_open(self) -> bool:
        return self.standing == Standing.OPEN

    @property
    def has_ended(self) -> bool:
        return self.standing == Standing.ENDED


def standings(rounds: Sequence[Round], today: date) -> list[Told]:
    """Of all rounds of one agreement, in the order in which they open: at most one is open, by `RoundQuerySet.open_on`."""
    ordered = sorted(rounds, key=lambda round: round.opens_on)
    return [
        _told(round, following, today)
        for round, following in zip(ordered, [*ordered[1:], None][: len(ordered)], strict=True)
    ]


def _told(round: Round, following: Round | None, today: date) -> Told:
    if round.is_planned(today):
        return Told(round, Standing.PLANNED, None, following)
    replaced_on = following.opens_on if following and following.opens_on <= today else None
    closed_on = round.closed_on if round.closed_on and round.closed_on <= today else None
    ended_on = closed_on or replaced_on
    if ended_on is None:
        return Told(round, Standing.OPEN, None, following)
    return Told(round, Standing.ENDED, ended_on, following)
