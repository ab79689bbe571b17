from collections.abc import Iterable
from typing import Any

from parties.models import Party, PartyKind
from samverkan.lib.matching import for_matching
from samverkan.lib.tables.cells import ByName, Text


class UnitName(Text):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.name if value else ""


class PartyByName(ByName):
    """A party by its slug or any of its names."""

    ambiguous = "Flera parter kallas ”{name}”. Skriv hela namnet."
    unknown = "Parten ”{name}” finns inte."
    hint = "Lägg till den under Parter först."

    def names_of(self, row: Party) -> Iterable[str]:
        return [row.name, row.slug, row.short_name, *row.other_names]


class KindByName(ByName):
    """A party's kind by its name. A cell that names none is answered with all there are."""

    def names_of(self, row: PartyKind) -> Iterable[str]:
        return [row.name]

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> PartyKind:
        found = self.rows.get(for_matching(str(value or "")))
        if not found:
            names = ", ".join(str(kind) for (kind,) in self.rows.values())
            add = "ägg till slaget under Slag av parter först."
            raise ValueError(f"Skriv något av {names}, eller l{add}" if names else f"L{add}")
        kind: PartyKind = found[0]
        return kind
