"""Warnings beside the state: overdue, late start, not updated."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class FlagTraits:
    """What belongs to one flag; see StateTraits. `several` and `attention` are the texts of its figure on *Översikt*.

    `predicates` for one activity and for several.
    """

    slug: str
    icon: str
    definition: str
    several: str
    attention: str
    predicates: tuple[str, str]

    def does(self, count: int) -> str:
        """The predicate for that many activities: `är försenade`."""
        return self.predicates[count > 1]


class Flag(TextChoices):
    """A warning beside the state. Derived as of a day and never stored: see `ActivityQuerySet.with_flags`."""

    OVERDUE = "overdue", "Försenad"
    LATE_START = "late_start", "Sen start"
    NOT_UPDATED = "not_updated", "Inte uppdaterad"

    @property
    def traits(self) -> FlagTraits:
        return _FLAGS[self]

    @property
    def slug(self) -> str:
        """The flag in an address: `sen-start`."""
        return self.traits.slug


_FLAGS: Mapping[Flag, FlagTraits] = {
    Flag.OVERDUE: FlagTraits(
        slug="forsenad",
        icon="calendar-x",
        definition="Slutdatumet har passerat och aktiviteten är varken genomförd eller avbruten.",
        several="Försenade",
        attention="slutdatum har passerat",
        predicates=("är försenad", "är försenade"),
    ),
    Flag.LATE_START: FlagTraits(
        slug="sen-start",
        icon="hourglass-split",
        definition="Startdatumet har passerat och aktiviteten är inte påbörjad.",
        several="Sen start",
        attention="startdatum har passerat",
        predicates=("har sen start", "har sen start"),
    ),
    Flag.NOT_UPDATED: FlagTraits(
        slug="inte-uppdaterad",
        icon="clock-history",
        definition="Den ansvariga parten har inte följt upp aktiviteten i uppföljningsomgången.",
        several="Inte uppdaterade",
        attention="ingen omgång har öppnat",
        predicates=("är inte uppdaterad", "är inte uppdaterade"),
    ),
}
