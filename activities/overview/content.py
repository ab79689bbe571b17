"""The content of *Översikt*, frozen: rendering makes no queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from activities.periods import Phase
from activities.reports.content import Band
from activities.states import State
from samverkan.lib.charts import Segment, percent
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted, written


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
class Overview:
    day: date
    today: date
    band: Band
    shares: tuple[Share, ...]
    all_url: str
    figures: tuple[Figure, ...]
    places: tuple[str, ...]
    areas: tuple[AreaRow, ...]
    asking: Phase | None
    parties: tuple[OverviewPartyRow, ...]
    coming: tuple[Coming, ...]
    rounds_url: str = ""
    round_url: str = ""

    @property
    def is_today(self) -> bool:
        return self.day == self.today

    @property
    def headline(self) -> str:
        """`15 av 29 aktiviteter är klara eller går enligt plan. 3 avviker.`"""
        total, counts = self.band.total, self.band.counts
        if not total:
            return "Ingen aktivitet var beslutad den dagen."
        good, off = counts[State.DONE] + counts[State.ON_TRACK], counts[State.OFF_TRACK]
        of = "Alla" if good == total > 1 else f"{written(good) if good else 'Ingen'} av"
        is_done = "är klara" if good > 1 else "är klar"
        well = f"{of} {counted(total, 'aktivitet', 'aktiviteter')} {is_done} eller går enligt plan."
        return well if good == total else f"{well} {written(off) if off else 'Ingen'} avviker."

    @property
    def round_in_words(self) -> str:
        """The sentence on the round that asks, as of today; empty before the first round."""
        if self.asking is None:
            return ""
        round = self.asking.round
        if self.asking.has_ended:
            return f"{round.label} är {'stängd' if self.asking.is_closed else 'avslutad'}."
        if round.due_on < self.today:
            return f"{round.label} är öppen. Sista dagen var {in_words(round.due_on)}."
        return f"{round.label} pågår till {in_words(round.due_on)}."
