"""The form for a draft's priority areas."""

from typing import Any

from django import forms

from parties.models import User
from priorities.agreements import actions
from priorities.agreements.actions import AreaInput
from priorities.agreements.forms.base import PartForm
from priorities.editing.fields import CountField, LineField
from priorities.editing.forms import Row
from priorities.models import Agreement
from samverkan.lib.forms import TextsField
from samverkan.lib.matching import for_matching

EMPTY_ROWS = 3
AREA_FIELDS = ("order", "name", "short_name", "effect_goal")


class AreasForm(PartForm):
    """A row for each area, with fields named `o12-…`, and three for new ones, `n1-…`. Ignores an empty new row."""

    def __init__(self, data: Any = None, *, agreement: Agreement, user: User) -> None:
        super().__init__(data, agreement=agreement, user=user)
        self.keys: dict[str, int | None] = {}
        self.names: dict[str, str] = {}
        areas = list(agreement.priority_areas.order_by("order"))
        for place, area in enumerate(areas, 1):
            initial = {"order": place, **{name: getattr(area, name) for name in AREA_FIELDS[1:]}}
            self._add_row(f"o{area.pk}", area.pk, initial, str(area.name))
        for n in range(1, EMPTY_ROWS + 1):
            self._add_row(f"n{n}", None, {}, "")

    def _add_row(self, key: str, pk: int | None, initial: dict[str, Any], name: str) -> None:
        self.keys[key], self.names[key] = pk, name
        fields: dict[str, forms.Field] = {
            "name": LineField(label="Namn", required=False),
            "short_name": LineField(
                label="Kort namn", required=False, longest=60, help_text="För listor och tabeller."
            ),
            "effect_goal": TextsField(
                label="Effektmål",
                required=False,
                rows=2,
                help_text="Vad som ska ha blivit bättre när tiden är slut.",
            ),
            "order": CountField(label="Ordning", required=False),
        }
        if pk:
            fields["remove"] = forms.BooleanField(label="Ta bort området", required=False)
        for part, field in fields.items():
            field.initial = initial.get(part)
            self.fields[f"{key}-{part}"] = field

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                self.names[key] or "Nytt område",
                self.bound(f"{key}-{part}" for part in ("name", "short_name", "effect_goal", "order")),
                box=self[f"{key}-remove"] if pk else None,
                is_new=pk is None,
                is_first=key == next(iter(self.keys)),
            )
            for key, pk in self.keys.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kept = [key for key in self.keys if self._is_written(key)]
        for key in kept:
            for part, sentence in (
                ("name", "Skriv områdets namn."),
                ("short_name", "Skriv ett kort namn."),
            ):
                if not cleaned.get(f"{key}-{part}") and f"{key}-{part}" not in self.errors:
                    self.add_error(f"{key}-{part}", sentence)
        self._refuse_twice(kept, "name", "Två områden heter så. Ge dem olika namn.")
        self._refuse_twice(kept, "order", "Två områden har samma ordning. Ge dem olika.")
        return cleaned

    def _is_written(self, key: str) -> bool:
        """True for an area that stays, and for a new row with something in it."""
        cleaned = self.cleaned_data
        if self.keys[key]:
            return not cleaned.get(f"{key}-remove")
        parts = [f"{key}-{part}" for part in AREA_FIELDS]
        return any(cleaned.get(part) or part in self.errors for part in parts)

    def _refuse_twice(self, keys: list[str], part: str, sentence: str) -> None:
        seen: set[str] = set()
        for key in keys:
            value = for_matching(str(self.cleaned_data.get(f"{key}-{part}") or ""))
            if value and value in seen:
                self.add_error(f"{key}-{part}", sentence)
            seen.add(value)

    def cleaned_areas(self) -> list[AreaInput]:
        """The areas in their order. Those without a number come last, in the form's order."""
        kept = [key for key in self.keys if self._is_written(key)]
        kept.sort(key=lambda key: self.cleaned_data[f"{key}-order"] or 1000)
        return [
            AreaInput(self.keys[key], *(self.cleaned_data[f"{key}-{part}"] for part in AREA_FIELDS[1:]))
            for key in kept
        ]

    def write(self, **common: Any) -> None:
        removed = [pk for key, pk in self.keys.items() if pk and self.cleaned_data[f"{key}-remove"]]
        actions.write_areas(**common, areas=self.cleaned_areas(), removed=removed)
