"""How each type of cell is read and written. Reading raises ValueError with a sentence that says what to write instead."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db.models import TextChoices
from import_export.widgets import Widget

from samverkan.lib.matching import for_matching
from samverkan.lib.names import NO_SLUG, joined, parted, refuse_unfit
from samverkan.lib.texts import shortened

YES, NO = {"ja", "j", "1", "sant", "true", "x"}, {"nej", "n", "0", "falskt", "false", ""}


class Text(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Address(Text):
    """An e-mail address, read in lower case."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value).lower()


class Slug(Text):
    """The part of an address that stands for a row."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        try:
            validate_slug(value)
        except ValidationError as refused:
            raise ValueError(NO_SLUG) from refused
        return str(value)


class YesOrNo(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        text = for_matching(str(value))
        if text not in YES | NO:
            raise ValueError("Skriv Ja eller Nej.")
        return text in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "Ja" if value else "Nej"


class Year(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if not value:
            return None
        if not (str(value).isdecimal() and len(str(value)) == 4):
            raise ValueError("Skriv ett år med fyra siffror.")
        return int(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class Choice(Widget):
    """One of the choices, by label or value, in any case."""

    def __init__(self, choices: type[TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        text = for_matching(str(value))
        for choice in self.choices:
            if text in {choice.value, for_matching(choice.label)}:
                return choice.value
        raise ValueError(f"Skriv något av {', '.join(choice.label for choice in self.choices)}.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.choices(value).label if value in self.choices.values else ""


class Names(Widget):
    """Several names with a separator that no name may contain."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        names = parted(str(value))
        refuse_unfit(names)
        return names

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return joined(value or [])


class ByName(Widget):
    """A row of another table, by any of its names, in any case.

    Call `know` before reading; reading makes no query. `{name}` in the sentences of a subclass is the cell's text.
    """

    ambiguous: ClassVar[str]
    unknown: ClassVar[str]
    hint: ClassVar[str]  # the advice when no name is similar

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, list[Any]] = {}

    def names_of(self, row: Any) -> Iterable[str]:
        """The row's names in a cell. The first one is written to files."""
        raise LookupError

    def know(self, rows: Iterable[Any]) -> None:
        self.rows = {}
        for row in rows:
            for name in {for_matching(name) for name in self.names_of(row)}:
                self.rows.setdefault(name, []).append(row)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """The row; None for an empty cell."""
        if not value:
            return None
        found = self.rows.get(for_matching(str(value)), [])
        if len(found) > 1:
            raise ValueError(self.ambiguous.format(name=shortened(value)))
        if not found:
            raise ValueError(f"{self.unknown.format(name=shortened(value))} {self._suggestion(str(value))}")
        return found[0]

    def _suggestion(self, text: str) -> str:
        near = get_close_matches(for_matching(shortened(text)), self.rows, n=1, cutoff=0.5)
        return f"Menade du {self.render(self.rows[near[0]][0])}?" if near else self.hint

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return next(iter(self.names_of(value))) if value else ""
