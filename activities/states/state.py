"""How an activity is doing: one choice for the user and six states on the page, stored as status and assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import TextChoices


class Status(TextChoices):
    """The first of the two stored fields of a state."""

    NOT_STARTED = "not_started", "Inte påbörjad"
    ONGOING = "ongoing", "Pågår"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"


class Assessment(TextChoices):
    """The second of the two stored fields of a state. Empty unless the activity is ongoing."""

    ON_TRACK = "on_track", "Enligt plan"
    AT_RISK = "at_risk", "Risk för avvikelse"
    OFF_TRACK = "off_track", "Avviker"


@dataclass(frozen=True)
class StateTraits:
    """What belongs to one state.

    `slug` stands in addresses and `icon` names a vendored drawing. `explanation` is the line under the choice in the form,
    `definition` stands in the report's appendix. `words`, for one activity and for several, follow the count in the report
    (`10 enligt plan`) and the `verb` in its sentences (`tio går enligt plan`). The higher `rank` is the better state when
    two rounds are compared; the report's first sentence counts the `is_good` ones.
    `asks` names the fields that the form shows for the state; `demands` the required ones, each with its error message.
    A state with `attention` has a figure on *Översikt* with that text under it, and the matrix then uses `in_cell`:
    `1 med risk`.
    """

    slug: str
    icon: str
    explanation: str
    definition: str
    words: tuple[str, str]
    rank: int
    verb: str = ""
    is_good: bool = False
    is_open: bool = True
    asks: tuple[str, ...] = ()
    demands: Mapping[str, str] = field(default_factory=dict)
    attention: str = ""
    in_cell: str = ""

    def label(self, count: int) -> str:
        """The text after the count: `enligt plan`."""
        return self.words[count != 1]

    def does(self, count: int) -> str:
        """The predicate for that many activities: `går enligt plan`."""
        return f"{self.verb} {self.words[count > 1]}".strip()


class State(TextChoices):
    """Status and assessment as one answer to *Hur går det?*, the worst first."""

    OFF_TRACK = "off_track", "Avviker"
    AT_RISK = "at_risk", "Risk för avvikelse"
    ON_TRACK = "on_track", "Enligt plan"
    NOT_STARTED = "not_started", "Inte påbörjad"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"

    @property
    def traits(self) -> StateTraits:
        return _STATES[self]

    @property
    def slug(self) -> str:
        """The state in an address: `inte-paborjad`."""
        return self.traits.slug

    @property
    def status(self) -> Status:
        return Status.ONGOING if self.value in Assessment else Status(self.value)

    @property
    def assessment(self) -> Assessment | None:
        """None unless ongoing."""
        return Assessment(self.value) if self.value in Assessment else None

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self.traits.is_open

    @property
    def needs_words(self) -> bool:
        """Whether the follow-up has to say what has happened: when at risk, off track, done or cancelled."""
        return "what_happened" in self.traits.demands

    @classmethod
    def of(cls, status: str, assessment: str) -> "State":
        """The state that the two stored fields mean."""
        return cls(assessment if status == Status.ONGOING else status)

    @classmethod
    def as_asked(cls) -> list["State"]:
        """In the order of the form."""
        return list(_STATES)

    @classmethod
    def not_cancelled(cls) -> list["State"]:
        """The states in which an activity answers its needs."""
        return [state for state in cls if state != cls.CANCELLED]


_STATES: Mapping[State, StateTraits] = {
    State.ON_TRACK: StateTraits(
        slug="enligt-plan",
        icon="arrow-right-circle-fill",
        explanation="Allt går som det ska",
        definition="Aktiviteten följer tidplan och omfattning.",
        words=("enligt plan", "enligt plan"),
        verb="går",
        rank=5,
        is_good=True,
    ),
    State.AT_RISK: StateTraits(
        slug="risk",
        icon="exclamation-triangle-fill",
        explanation="Kan bli försenad eller mindre omfattande",
        definition="Aktiviteten kan bli försenad eller mindre omfattande än planerat.",
        words=("riskerar att avvika", "riskerar att avvika"),
        rank=3,
        asks=("needed",),
        demands={"what_happened": "Beskriv vad som har hänt när läget är Risk för avvikelse."},
        attention="kan komma att avvika",
        in_cell="med risk",
    ),
    State.OFF_TRACK: StateTraits(
        slug="avviker",
        icon="x-octagon-fill",
        explanation="Behöver hjälp eller beslut",
        definition="Aktiviteten kan inte slutföras som planerat utan hjälp eller beslut.",
        words=("avviker", "avviker"),
        rank=2,
        asks=("needed", "decision_by"),
        demands={
            "what_happened": "Beskriv vad som har hänt när läget är Avviker.",
            "needed": "Beskriv vad som behövs när läget är Avviker.",
            "decision_by": "Välj vem som behöver besluta när läget är Avviker.",
        },
        attention="behöver hjälp eller beslut",
        in_cell="avviker",
    ),
    State.DONE: StateTraits(
        slug="genomford",
        icon="check-circle-fill",
        explanation="Klar, inget mer att göra",
        definition="Aktiviteten är slutförd.",
        words=("genomförd", "genomförda"),
        verb="är",
        rank=6,
        is_good=True,
        is_open=False,
        asks=("attainment",),
        demands={
            "what_happened": "Beskriv resultatet när aktiviteten är genomförd.",
            "attainment": "Välj om målet nåddes.",
        },
    ),
    State.NOT_STARTED: StateTraits(
        slug="inte-paborjad",
        icon="circle",
        explanation="Har inte startat än",
        definition="Aktiviteten har inte startat.",
        words=("inte påbörjad", "inte påbörjade"),
        verb="är",
        rank=4,
        asks=("needed",),
    ),
    State.CANCELLED: StateTraits(
        slug="avbruten",
        icon="slash-circle",
        explanation="Genomförs inte",
        definition="Aktiviteten genomförs inte.",
        words=("avbruten", "avbrutna"),
        verb="är",
        rank=1,
        is_open=False,
        asks=("needed",),
        demands={"what_happened": "Beskriv varför aktiviteten avbryts."},
    ),
}
