"""What would the file do? One line for each row, told before anything is saved."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

MAX_SHOWN = 500


class Kind(StrEnum):
    NEW = "Ny"
    CHANGED = "Ändrad"
    SAME = "Oförändrad"
    FAULTY = "Fel"


@dataclass(frozen=True)
class Line:
    """One row: what it is about, what of it would change (what, before, after), and what is wrong with it."""

    number: int
    title: str
    kind: Kind
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    lines: list[Line]

    @property
    def faulty(self) -> list[Line]:
        return self.of(Kind.FAULTY)

    @property
    def new(self) -> list[Line]:
        return self.of(Kind.NEW)

    @property
    def changed(self) -> list[Line]:
        return self.of(Kind.CHANGED)

    @property
    def same(self) -> list[Line]:
        return self.of(Kind.SAME)

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def shown(self) -> list[Line]:
        """What a page shows: the faults when there are any, else all that happens and then what stays; not without end."""
        return (self.faulty or [*self.new, *self.changed, *self.same])[:MAX_SHOWN]

    @property
    def unshown(self) -> int:
        return len(self.faulty or self.lines) - len(self.shown)

    def of(self, kind: Kind) -> list[Line]:
        return [line for line in self.lines if line.kind is kind]

    @property
    def digest(self) -> str:
        """The same for the same lines: tells whether somebody has changed something since they were looked at."""
        said = [(line.number, line.title, line.kind, line.changes, line.faults) for line in self.lines]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()
