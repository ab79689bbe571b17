"""What saving a table would do, row by row, before anything is saved."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

MAX_SHOWN = 500


class RowKind(StrEnum):
    """What becomes of a row; the value is what people read."""

    NEW = "Ny"
    CHANGED = "Ändrad"
    SAME = "Oförändrad"
    FAULTY = "Fel"


@dataclass(frozen=True)
class CheckedRow:
    """A row's number in the file, its first text, what it would change (column, before, after), and what is wrong with it."""

    number: int
    title: str
    kind: RowKind
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """All rows of a table as checked or, when they have been saved, as saved."""

    rows: list[CheckedRow]

    @property
    def faulty(self) -> list[CheckedRow]:
        return self.of(RowKind.FAULTY)

    @property
    def new(self) -> list[CheckedRow]:
        return self.of(RowKind.NEW)

    @property
    def changed(self) -> list[CheckedRow]:
        return self.of(RowKind.CHANGED)

    @property
    def same(self) -> list[CheckedRow]:
        return self.of(RowKind.SAME)

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def shown(self) -> list[CheckedRow]:
        """At most 500 rows for a page: the faulty ones if there are any, else new, changed and unchanged in that order."""
        return (self.faulty or [*self.new, *self.changed, *self.same])[:MAX_SHOWN]

    @property
    def unshown(self) -> int:
        return len(self.faulty or self.rows) - len(self.shown)

    def of(self, kind: RowKind) -> list[CheckedRow]:
        return [row for row in self.rows if row.kind is kind]

    @property
    def digest(self) -> str:
        """The same for the same rows: another one says that somebody has changed something since they were checked."""
        said = [(row.number, row.title, row.kind, row.changes, row.faults) for row in self.rows]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()
