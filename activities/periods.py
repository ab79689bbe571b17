"""Which round asks on a day, when each round ends, and which follow-ups can still be corrected."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.db.models import prefetch_related_objects

from activities.models import FollowUp, Round
from priorities.models import Agreement
from samverkan.lib import clock


@dataclass(frozen=True)
class Phase:
    """A round on a day: planned, open or ended. `next` is the agreement's round that opens after it, None for the last one."""

    round: Round
    next: Round | None
    day: date

    @property
    def is_planned(self) -> bool:
        return self.round.is_planned(self.day)

    @property
    def is_open(self) -> bool:
        return not self.is_planned and self.ended_on is None

    @property
    def has_ended(self) -> bool:
        return self.ended_on is not None

    @property
    def is_closed(self) -> bool:
        """Whether somebody closed it. A round that nobody closed ends by itself."""
        return self.round.is_closed(self.day)

    @property
    def ended_on(self) -> date | None:
        """The first day on which it no longer asks; None while it is planned or open.

        That is when it was closed, when the next one opened or when it lapsed, whichever came first. The next round's
        opening does not count for one that was closed: that round may have been planned afterwards.
        """
        days = [self.round.lapses_on]
        if self.is_closed and self.round.closed_on:
            days.append(self.round.closed_on)
        elif self.next:
            days.append(self.next.opens_on)
        ended_on = min(days)
        return ended_on if ended_on <= self.day else None

    @property
    def has_lapsed(self) -> bool:
        """Whether it ended because its time was out: nobody closed it, and no other round had opened."""
        return not self.is_closed and self.ended_on == self.round.lapses_on


@dataclass(frozen=True)
class Rounds:
    """An agreement's rounds, sorted by opening day. Make it with `of` or `among`.

    One round asks at a time. A round that has ended never opens again.
    """

    in_order: tuple[Round, ...]

    @classmethod
    def of(cls, agreement: Agreement) -> "Rounds":
        """One query, kept with the agreement: a page and its menu ask about the same rounds."""
        prefetch_related_objects([agreement], "rounds")
        return cls.among(agreement.rounds.all())

    @classmethod
    def among(cls, rounds: Iterable[Round]) -> "Rounds":
        """From the rounds of one agreement in any order: all of them, or at least those opened by the days asked about."""
        return cls(tuple(sorted(rounds, key=lambda round: round.opens_on)))

    @classmethod
    def of_each(cls, rounds: Iterable[Round]) -> "list[Rounds]":
        """One for each agreement, in the order of its first round; the rounds as for `among`."""
        found: dict[int, list[Round]] = {}
        for round in rounds:
            found.setdefault(round.agreement_id, []).append(round)
        return [cls.among(own) for own in found.values()]

    def phases(self, day: date) -> list[Phase]:
        return [Phase(round, later, day) for round, later in zip_longest(self.in_order, self.in_order[1:])]

    def phase_of(self, round: Round, day: date) -> Phase | None:
        """None when the round is not among them."""
        return next((phase for phase in self.phases(day) if phase.round == round), None)

    def open_on(self, day: date) -> Round | None:
        """The round that a follow-up written on the day belongs to; None between rounds."""
        return next((phase.round for phase in self.phases(day) if phase.is_open), None)

    def asked_by(self, day: date, *, today: date) -> tuple[Round, ...]:
        """The rounds that had opened by the day or speak of it or an earlier day, without those still planned today."""
        return tuple(
            round
            for round in self.in_order
            if min(round.as_of, round.opens_on) <= day and not round.is_planned(today)
        )

    def asking_about(self, day: date, *, today: date) -> Round | None:
        """The round that decides who is *inte uppdaterad* as of the day; None before the first.

        Today that is the open round, or between rounds the last one. A day that a round speaks of is always that
        round's, also when the next one had opened by then.
        """
        asked = self.asked_by(day, today=today)
        own = (round for round in asked if round.as_of == day < today)
        return next(own, asked[-1] if asked else None)


def open_rounds(agreements: list[Agreement], day: date) -> list[Round]:
    """Each agreement's open round, with its agreement. One query for those whose rounds are not at hand."""
    prefetch_related_objects(agreements, "rounds")
    found = (Rounds.of(agreement).open_on(day) for agreement in agreements)
    return [round for round in found if round]


@dataclass(frozen=True)
class Period:
    """The open round, or between rounds the time since the last one ended. Earlier follow-ups can no longer change.

    `newest` is the round that opened last, None before the first; `day` is today.
    """

    newest: Round | None
    day: date

    @classmethod
    def of(cls, agreement: Agreement, day: date, *, held: bool = False) -> "Period":
        """One query. `held` locks the round's row until the transaction ends, so that a follow-up and a closing take turns."""
        rounds = Round.objects.select_for_update(of=("self",), no_key=True) if held else Round.objects.all()
        return cls(rounds.newest_on(agreement, day), day)

    @property
    def round(self) -> Round | None:
        """The open one; None between rounds."""
        return self.newest if self.newest and Phase(self.newest, None, self.day).is_open else None

    @property
    def _ended_on(self) -> date | None:
        return Phase(self.newest, None, self.day).ended_on if self.newest else None

    @property
    def round_id(self) -> int:
        """The open round's key for a form's hidden field; 0 between rounds."""
        return self.round.pk if self.round else 0

    def is_open_for(self, follow_up: FollowUp) -> bool:
        """Whether it can still be corrected: made since the open round opened, or between rounds since the last one ended."""
        if follow_up.round_id is not None:
            return follow_up.round_id == self.round_id
        since = self.round.opens_on if self.round else self._ended_on
        return since is None or clock.local(follow_up.saved_at).date() >= since

    def has_ended_for(self, follow_up: FollowUp) -> bool:
        """Whether the follow-up's round is over, so that it can no longer be undone."""
        return follow_up.round_id is not None and follow_up.round_id != self.round_id
