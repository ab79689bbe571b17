"""How is a cell read, and how is it written? Each raises ValueError with a sentence that says what to write instead."""

from difflib import get_close_matches
from typing import Any

from django.db.models import TextChoices
from import_export.widgets import Widget

from parties.models import Party
from parties.names import joined, parted, refuse_unfit
from samverkan.lib.administration import yes_or_no

YES, NO = {"ja", "j", "1", "sant", "true", "x"}, {"nej", "n", "0", "falskt", "false", ""}


class Text(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


class Address(Text):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value).lower()


class YesOrNo(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> bool:
        word = str(value).casefold()
        if word not in YES | NO:
            raise ValueError("Skriv Ja eller Nej.")
        return word in YES

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return yes_or_no(bool(value))


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
    """One of the words that people see, or the code itself."""

    def __init__(self, choices: type[TextChoices]) -> None:
        super().__init__()
        self.choices = choices

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        word = str(value).casefold()
        for choice in self.choices:
            if word in {choice.value, choice.label.casefold()}:
                return choice.value
        raise ValueError(f"Skriv något av {', '.join(choice.label for choice in self.choices)}.")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.choices(value).label if value in self.choices.values else ""


class Names(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        names = parted(str(value))
        refuse_unfit(names)
        return names

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return joined(value or [])


class PartyByName(Widget):
    """A party by its part of the address or any of its names, in any case. Asks the database once."""

    def __init__(self) -> None:
        super().__init__()
        self.parties: dict[str, list[Party]] = {}
        self.names: list[str] = []

    def know(self, parties: list[Party]) -> None:
        self.parties, self.names = {}, [party.name for party in parties]
        for party in parties:
            for name in {party.slug, party.name, party.short_name, *party.other_names}:
                self.parties.setdefault(name.casefold(), [])
                if party not in self.parties[name.casefold()]:
                    self.parties[name.casefold()].append(party)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Party | None:
        if not value:
            return None
        found = self.parties.get(str(value).casefold(), [])
        if len(found) > 1:
            raise ValueError(f"Flera parter kallas ”{value}”. Skriv hela namnet.")
        if not found:
            raise ValueError(f"Parten ”{value}” finns inte. {self._suggestion(str(value))}")
        return found[0]

    def _suggestion(self, word: str) -> str:
        near = get_close_matches(word.casefold(), self.parties, n=1, cutoff=0.5)
        if near:
            return f"Menade du {self.parties[near[0]][0].name}?"
        return "Lägg till den under Parter först."

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.name if value else ""
