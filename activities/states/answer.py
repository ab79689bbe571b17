"""The other choices of a follow-up: the party's part in the activity, whether the goal was reached, who has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


class Voice(TextChoices):
    """The part of a party that follows up: it is responsible for the activity, or contributes to it."""

    RESPONSIBLE = "responsible", "Ansvarig part"
    CONTRIBUTOR = "contributor", "Medverkande part"


class Attainment(TextChoices):
    """Whether the goal was reached; asked when the activity is done."""

    ACHIEVED = "achieved", "Uppnått"
    PARTLY = "partly", "Delvis uppnått"
    NOT_ACHIEVED = "not_achieved", "Inte uppnått"


@dataclass(frozen=True)
class DecisionLevelTraits:
    """The report's texts: the heading of the questions, the sentence when there are none, and who is asked.

    `asked` is empty for the board: its questions stand in the report's summary.
    """

    heading: str
    none: str
    asked: str = ""


class DecisionLevel(TextChoices):
    """Who has to decide, when an activity is off track."""

    PARTY = "party", "Parten"
    STEERING_GROUP = "steering_group", "Styrgruppen"
    BOARD = "board", "Kommunstyrelsen"

    @property
    def traits(self) -> DecisionLevelTraits:
        return _DECISION_LEVELS[self]

    @classmethod
    def as_reported(cls) -> list["DecisionLevel"]:
        """In the report's order, the highest level first."""
        return list(_DECISION_LEVELS)


_DECISION_LEVELS: Mapping[DecisionLevel, DecisionLevelTraits] = {
    DecisionLevel.BOARD: DecisionLevelTraits(
        heading="Vad behöver kommunstyrelsen besluta?", none="Ingen fråga är ställd till kommunstyrelsen."
    ),
    DecisionLevel.STEERING_GROUP: DecisionLevelTraits(
        heading="Att besluta i styrgruppen",
        none="Ingen fråga är ställd till styrgruppen.",
        asked="styrgruppen",
    ),
    DecisionLevel.PARTY: DecisionLevelTraits(
        heading="Parternas egna beslut",
        none="Ingen part har en egen fråga att besluta om.",
        asked="parterna",
    ),
}
