"""The content of *Översikt*, frozen: rendering makes no queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from activities.periods import Phase
from activities.reports.content import Band
from activities.states import Flag, State
from samverkan.lib.charts import Segment, percent
from samverkan.lib.dates import in_words
from samverkan.lib.names import listing
from samverkan.lib.numbers import counted, written

FIRST = 3  # of what waits of a kind, not folded


@dataclass(frozen=True)
class Figure:
    """A figure of how many activities need attention. `key` names the colour, `icon` the drawing."""

    key: str
    icon: str
    count: int
    label: str
    detail: str
    url: str


@dataclass(frozen=True)
class Share:
    """One state in the band and its legend, with the address of its activities."""

    segment: Segment[State]
    url: str


@dataclass(frozen=True)
class Cell:
    """The activities of one priority area in one place or in the whole municipality."""

    place: str
    counts: Mapping[State, int]
    url: str
    gap_count: int = 0
    gap_url: str = ""

    @property
    def count(self) -> int:
        return sum(self.counts.values())

    @property
    def worst(self) -> State | None:
        """None without activities."""
        return next((state for state in State if self.counts.get(state)), None)

    @property
    def in_words(self) -> str:
        """`1 avviker` or `1 med risk`; for other states the name alone: `Enligt plan`."""
        if self.worst and self.worst.traits.in_cell:
            return f"{written(self.counts[self.worst])} {self.worst.traits.in_cell}"
        return self.worst.label if self.worst else ""

    @property
    def gap_in_words(self) -> str:
        return f"{counted(self.gap_count, 'lucka', 'luckor')}"


@dataclass(frozen=True)
class PlaceColumn:
    """A place with the address of its page; empty for the whole municipality."""

    name: str
    url: str


@dataclass(frozen=True)
class AreaRow:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class OverviewPartyRow:
    """How many of the activities that the round asks a party about it has answered."""

    name: str
    answered: int
    left: int
    url: str
    remind_url: str = ""

    @property
    def asked(self) -> int:
        return self.answered + self.left

    @property
    def is_done(self) -> bool:
        return not self.left

    @property
    def width(self) -> str:
        return percent(self.answered, self.asked)


@dataclass(frozen=True)
class About:
    """An activity that something happens to."""

    title: str
    url: str
    lead: str


@dataclass(frozen=True)
class Coming:
    """What happens on a day to one or several activities. For a day of a round `about` is empty, and `url` leads to the round."""

    day: date
    what: str
    about: tuple[About, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Deviation:
    """An activity that is off track, overdue, late to start or at risk.

    `overdue_since` is its end date when that has passed, `late_since` its start date when that has passed without a start.
    `reason`: what is needed to get on, or else what has happened. `decided_by` is empty when no decision is asked for.
    """

    title: str
    url: str
    lead: str
    state: State
    overdue_since: date | None
    late_since: date | None
    reason: str
    decided_by: str


@dataclass(frozen=True)
class Deviations:
    """The first of them, the worst first. `total` counts all, and `url` leads to exactly those."""

    shown: tuple[Deviation, ...]
    total: int
    url: str

    @property
    def is_cut(self) -> bool:
        return len(self.shown) < self.total


@dataclass(frozen=True)
class Wait:
    """An activity that waits, and the party that it waits about."""

    title: str
    party: str
    url: str


@dataclass(frozen=True)
class WaitGroup:
    """What waits of one kind. `heading` counts all of them."""

    heading: str
    waits: tuple[Wait, ...]

    @property
    def first(self) -> tuple[Wait, ...]:
        return self.waits[:FIRST]

    @property
    def folded(self) -> tuple[Wait, ...]:
        return self.waits[FIRST:]


@dataclass(frozen=True)
class LateRound:
    """An open round past its last day. `remind_url` is empty when nobody has anything left."""

    label: str
    said: str
    url: str
    remind_url: str
    close_url: str


@dataclass(frozen=True)
class Waits:
    """`round` is None unless one is past its last day."""

    round: LateRound | None
    groups: tuple[WaitGroup, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.round or self.groups)


@dataclass(frozen=True)
class Overview:
    day: date
    today: date
    band: Band
    shares: tuple[Share, ...]
    all_url: str
    figures: tuple[Figure, ...]
    places: tuple[PlaceColumn, ...]
    areas: tuple[AreaRow, ...]
    asking: Phase | None
    parties: tuple[OverviewPartyRow, ...]
    coming: tuple[Coming, ...]
    deviations: Deviations
    waits: Waits | None
    rounds_url: str = ""
    round_url: str = ""

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def headline(self) -> str:
        """`3 av 4 aktiviteter är klara eller går enligt plan. 1 avviker. 2 är försenade.`

        The states add up; the flags are beside them, so that nothing that is late or unanswered is left out.
        """
        return " ".join(filter(None, [self._states_in_words, self._flags_in_words]))

    @property
    def _states_in_words(self) -> str:
        total, counts = self.band.total, self.band.counts
        if not total:
            return "Ingen aktivitet var beslutad den dagen."
        if total == 1:
            only = next(state for state in State if counts[state])
            return f"Den enda aktiviteten {only.traits.does(1)}."
        good = sum(counts[state] for state in State if state.traits.is_good)
        rest = [
            f"{written(counts[state])} {state.traits.does(counts[state])}"
            for state in State
            if counts[state] and not state.traits.is_good
        ]
        if not rest:
            everything = "Båda aktiviteterna" if total == 2 else f"Alla {written(total)} aktiviteter"
            return f"{everything} är klara eller går enligt plan."
        well = f"{written(good) if good else 'Ingen'} av {written(total)} aktiviteter"
        return f"{well} är {'klara' if good > 1 else 'klar'} eller går enligt plan. {listing(rest)}."

    @property
    def _flags_in_words(self) -> str:
        """`2 är försenade och 1 är inte uppdaterad.`, or of a single activity `Den är försenad.`; empty without any."""
        counts = {Flag(each.key): each.count for each in self.figures if each.key in Flag and each.count}
        if self.band.total == 1:
            parts = [flag.traits.does(1) for flag in counts]
            return f"Den {listing(parts)}." if parts else ""
        parts = [f"{written(count)} {flag.traits.does(count)}" for flag, count in counts.items()]
        return f"{listing(parts)}." if parts else ""

    @property
    def round_in_words(self) -> str:
        """The sentence on the round that asks, as of the day; empty before the first round."""
        if self.asking is None:
            return ""
        round = self.asking.round
        if self.asking.has_ended:
            return f"{round.label} är {'stängd' if self.asking.is_closed else 'avslutad'}."
        if self.asking.is_planned:
            return f"{round.label} öppnar {in_words(round.opens_on)}."
        if round.due_on < self.day:
            return f"{round.label} är öppen. Sista dagen var {in_words(round.due_on)}."
        return f"{round.label} pågår till {in_words(round.due_on)}."
