"""Which words belong to what is being said now, and which are settled?"""

from dataclasses import dataclass
from datetime import date

from activities.models import FollowUp, Round
from priorities.models import Agreement
from samverkan.lib import clock


@dataclass(frozen=True)
class Period:
    """The open round, or between rounds the time since the last one closed. What was said before it is settled.

    `newest` is the round that opened last, None before the first; `day` the present one.
    """

    newest: Round | None
    day: date

    @classmethod
    def of(cls, agreement: Agreement, day: date, *, held: bool = False) -> "Period":
        """One query. `held` keeps the round's row until the transaction ends: a word and a closing happen one after the other."""
        rounds = Round.objects.select_for_update(of=("self",), no_key=True) if held else Round.objects.all()
        return cls(rounds.newest_on(agreement, day), day)

    @property
    def round(self) -> Round | None:
        """The open one; None between rounds."""
        return self.newest if self.newest and self.newest.is_open(self.day) else None

    @property
    def round_id(self) -> int:
        """What a form carries: 0 for none."""
        return self.round.pk if self.round else 0

    @property
    def refers_on(self) -> date:
        """The day that a word written now speaks of: the earlier of the present day and the open round's."""
        return min(self.day, self.round.as_of) if self.round else self.day

    def is_open_for(self, word: FollowUp) -> bool:
        """Whether the word can still be corrected."""
        if self.round:
            return word.round_id == self.round.pk
        closed_on = self.newest.closed_on if self.newest else None
        return word.round_id is None and (closed_on is None or clock.local(word.saved_at).date() >= closed_on)

    def has_ended_for(self, word: FollowUp) -> bool:
        """Whether the round that the word was said in is over: it is not even undone any more."""
        return word.round_id is not None and word.round_id != self.round_id
