"""What saving a table would change, row by row."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

MAX_SHOWN = 500


class RowKind(StrEnum):
    """The effect on a row. The value is the label."""

    NEW = "Ny"
    CHANGED = "Ändrad"
    SAME = "Oförändrad"
    FAULTY = "Fel"


@dataclass(frozen=True)
class CheckedRow:
    """A row's number in the file, its first text, its changes as (column, before, after), and its errors."""

    number: int
    title: str
    kind: RowKind
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Preview:
    """All rows of a table, as checked or as saved."""

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
        """At most 500 rows for the page: the faulty ones if any, otherwise new, changed and unchanged in that order."""
        return (self.faulty or [*self.new, *self.changed, *self.same])[:MAX_SHOWN]

    @property
    def unshown(self) -> int:
        return len(self.faulty or self.rows) - len(self.shown)

    def of(self, kind: RowKind) -> list[CheckedRow]:
        return [row for row in self.rows if row.kind is kind]

    @property
    def digest(self) -> str:
        """Differs when somebody has changed something since the rows were checked."""
        content = [(row.number, row.title, row.kind, row.changes, row.faults) for row in self.rows]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()
