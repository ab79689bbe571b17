"""What *Årshjul* shows: happenings on a day, and reminders for a whole year."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samverkan.lib.dates import in_words


class Kind(StrEnum):
    """The kind of a happening; the value names its colour."""

    ROUND = "round"
    PICTURE = "picture"
    AGREEMENT = "agreement"

    @property
    def label(self) -> str:
        return {"round": "Uppföljning", "picture": "Lägesbild", "agreement": "Överenskommelse och beslut"}[
            self
        ]


@dataclass(frozen=True)
class Happening:
    """What happens on a day (`what`), and to what (`about`). `until`: the last day of something that lasts.

    `has_happened`: it is told afterwards only, as that a round was closed.
    """

    day: date
    what: str
    about: str
    kind: Kind
    url: str = ""
    until: date | None = None
    has_happened: bool = False

    @property
    def in_words(self) -> str:
        """`13 september 2024: sista dagen att följa upp (Delår per 31 augusti 2024)`."""
        return f"{in_words(self.day)}: {self.what[0].lower()}{self.what[1:]} ({self.about})"


@dataclass(frozen=True)
class Reminder:
    """A note for each year from `first` to `last`, or from `first` on; it has no day."""

    words: str
    url: str
    first: int
    last: int | None = None

    def is_about(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)
