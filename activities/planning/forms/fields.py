"""Choice fields for rows that are already fetched, so that validating makes no query."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from activities.planning.forms.choices import Choices


@dataclass(frozen=True)
class Option:
    """One row in a list of check boxes. `value` is what the browser sends."""

    row: Any
    id: str
    is_chosen: bool

    @property
    def value(self) -> str:
        return str(self.row.pk)


@dataclass(frozen=True)
class NeedOption(Option):
    """`area` and `places` are the keys that choosing the need suggests; `where` is their names as text."""

    area: str
    places: str
    where: str


@dataclass(frozen=True)
class PersonOption(Option):
    """`label` is the function, with the mail address when two people of a party have the same one."""

    label: str


def _given(field: forms.BoundField, rows: Iterable[Any]) -> list[tuple[Any, str, bool]]:
    chosen = {str(value) for value in field.value() or []}
    return [(row, f"{field.auto_id}_{place}", str(row.pk) in chosen) for place, row in enumerate(rows)]


def need_options(field: forms.BoundField, choices: Choices) -> list[NeedOption]:
    found = []
    for need, id_, is_chosen in _given(field, choices.needs):
        places = choices.places_of(need)
        where = ", ".join([need.priority_area.short_name, *(place.place.name for place in places)])
        keys = " ".join(str(place.pk) for place in places)
        found.append(NeedOption(need, id_, is_chosen, str(need.priority_area_id), keys, where))
    return found


def person_options(field: forms.BoundField, choices: Choices) -> list[PersonOption]:
    functions = {person.pk: person.title or person.display_name for person in choices.people}
    alike = Counter((person.party_id, functions[person.pk]) for person in choices.people)
    found = []
    for person, id_, is_chosen in _given(field, choices.people):
        function = functions[person.pk]
        label = f"{function} ({person.email})" if alike[person.party_id, function] > 1 else function
        found.append(PersonOption(person, id_, is_chosen, label))
    return found


class RowField(forms.ChoiceField):
    """One of the offered rows, or None."""

    def __init__(self, *, invalid: str, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": invalid, "required": invalid}, **kwargs)

    def offer(self, rows: list[Any], nothing: str, groups: list[tuple[Any, list[Any]]] | None = None) -> None:
        """`nothing` is the label of the empty choice. More than one group is shown with headings."""
        self.rows = {str(row.pk): row for row in rows}
        if groups and len(groups) > 1:
            named = [(str(group), [(row.pk, str(row)) for row in within]) for group, within in groups]
            self.choices = [("", nothing), *named]
        else:
            self.choices = [("", nothing), *((row.pk, str(row)) for row in rows)]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class RowsField(forms.MultipleChoiceField):
    """A list of offered rows, in the order offered."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, invalid: str, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": invalid, "invalid_list": invalid}, **kwargs)

    def offer(self, rows: list[Any], label: Callable[[Any], str] = str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(row.pk, label(row)) for row in rows]

    def clean(self, value: Any) -> list[Any]:
        wanted = set(super().clean(value))
        return [row for pk, row in self.rows.items() if pk in wanted]
