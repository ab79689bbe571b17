from collections.abc import Iterable
from typing import Any

from parties.models import Party
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
