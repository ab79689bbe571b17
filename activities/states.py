"""How is an activity doing? One question to the user, two fields in the database, six words on the page."""

from django.db.models import TextChoices


class Status(TextChoices):
    NOT_STARTED = "not_started", "Inte påbörjad"
    ONGOING = "ongoing", "Pågår"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"


class Assessment(TextChoices):
    """Only while ongoing."""

    ON_TRACK = "on_track", "Enligt plan"
    AT_RISK = "at_risk", "Risk för avvikelse"
    OFF_TRACK = "off_track", "Avviker"


class Attainment(TextChoices):
    """Asked once done: was the goal achieved?"""

    ACHIEVED = "achieved", "Uppnått"
    PARTLY = "partly", "Delvis uppnått"
    NOT_ACHIEVED = "not_achieved", "Inte uppnått"


class DecisionLevel(TextChoices):
    """Who has to decide, when an activity is off track."""

    PARTY = "party", "Parten"
    STEERING_GROUP = "steering_group", "Styrgruppen"
    BOARD = "board", "Kommunstyrelsen"


class State(TextChoices):
    """Status and assessment as one answer to *Hur går det?*, the worst first."""

    OFF_TRACK = "off_track", "Avviker"
    AT_RISK = "at_risk", "Risk för avvikelse"
    ON_TRACK = "on_track", "Enligt plan"
    NOT_STARTED = "not_started", "Inte påbörjad"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"

    @property
    def status(self) -> Status:
        return Status.ONGOING if self.value in Assessment else Status(self.value)

    @property
    def assessment(self) -> Assessment | None:
        """None unless ongoing."""
        return Assessment(self.value) if self.value in Assessment else None

    @classmethod
    def of(cls, status: str, assessment: str) -> "State":
        """The state that the two stored fields mean."""
        return cls(assessment if status == Status.ONGOING else status)

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled."""
        return self not in {State.DONE, State.CANCELLED}

    @property
    def needs_words(self) -> bool:
        """Whoever leaves the plan, finishes or cancels says what has happened; on track may be silent."""
        return self not in {State.ON_TRACK, State.NOT_STARTED}

    @property
    def slug(self) -> str:
        """The state in an address: `inte-paborjad`."""
        return _SLUGS[self]

    @property
    def explanation(self) -> str:
        """One line under the choice in the form."""
        return _EXPLANATIONS[self]


_EXPLANATIONS: dict[State, str] = {
    State.NOT_STARTED: "Har inte startat än",
    State.ON_TRACK: "Allt går som det ska",
    State.AT_RISK: "Kan bli försenad eller mindre omfattande",
    State.OFF_TRACK: "Behöver hjälp eller beslut",
    State.DONE: "Klar, inget mer att göra",
    State.CANCELLED: "Genomförs inte",
}

_SLUGS: dict[State, str] = {
    State.NOT_STARTED: "inte-paborjad",
    State.ON_TRACK: "enligt-plan",
    State.AT_RISK: "risk",
    State.OFF_TRACK: "avviker",
    State.DONE: "genomford",
    State.CANCELLED: "avbruten",
}
