"""Forms for a declaration of intent, its matter and the matter's points."""

from itertools import count
from typing import Any

from django import forms

from parties.declarations.actions import Point
from parties.models import Declaration, Matter, MatterPoint, User
from priorities.declarations import actions
from priorities.declarations.actions.matter import own_matter_of_declaration
from priorities.declarations.forms.base import DeclarationForm
from priorities.declarations.forms.matter_fields import MATTER, OWN, MatterFields, initial_values
from priorities.editing.choices import Chosen
from priorities.editing.fields import CountField, LineField, NearDayField
from priorities.editing.forms import Row
from samverkan.lib.forms import TextsField

EMPTY_ROWS = 3
PARTS = ("text", "assignee", "number")


class DeclarationBasicsForm(DeclarationForm):
    plain = ("title", "valid_from", "valid_to", "purpose", "predecessor", "predecessors_in_words")

    title = LineField(label="Rubrik", error_messages={"required": "Skriv avsiktsförklaringens rubrik."})
    valid_from = NearDayField(label="Gäller från", help_text="Till exempel 2023-01-01.")
    valid_to = NearDayField(label="Gäller till", help_text="Till exempel 2026-12-31.")
    purpose = TextsField(
        label="Syfte", required=False, rows=6, help_text="Vad parterna vill uppnå med att samverka."
    )
    predecessors_in_words = TextsField(
        label="Tidigare avsiktsförklaringar",
        required=False,
        help_text="De som inte finns i Samverkan, till exempel från vilka år.",
    )

    def __init__(self, data: Any = None, *, declaration: Declaration, user: User) -> None:
        initial = {name: getattr(declaration, name) for name in self.plain if name != "predecessor"}
        initial["predecessor"] = declaration.predecessor_id
        super().__init__(data, declaration=declaration, user=user, initial=initial)
        if others := list(Declaration.objects.exclude(pk=declaration.pk)):
            self.fields["predecessor"] = Chosen(
                others, label="Följer på", empty_label="Ingen som finns i Samverkan", required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", "Slutdatum ska vara efter startdatum.")
        return cleaned

    def write(self, **common: Any) -> None:
        values = {name: self.cleaned_data[name] for name in self.plain if name in self.fields}
        actions.edit_declaration(**common, **values)


class DeclarationMatterForm(MatterFields, DeclarationForm):
    """Offers the existing matters, and below them the fields of the declaration's own."""

    def __init__(self, data: Any = None, *, declaration: Declaration, user: User) -> None:
        own = own_matter_of_declaration(declaration)
        initial = {"matter": OWN if own else str(declaration.matter_id or ""), **initial_values(MATTER, own)}
        super().__init__(data, declaration=declaration, user=user, initial=initial)
        self.offer_matters(own, "Vilket ärende hör avsiktsförklaringen till?")

    def write(self, **common: Any) -> None:
        actions.write_declaration_matter(**common, matter=self.chosen("matter", MATTER, self.matters))


class PointsForm(DeclarationForm):
    """A row for each point, with fields named `o12-…` for point 12, and three for new ones. Ignores an empty new row."""

    def __init__(self, data: Any = None, *, declaration: Declaration, user: User) -> None:
        super().__init__(data, declaration=declaration, user=user)
        self.matter: Matter | None = own_matter_of_declaration(declaration)
        points = list(self.matter.points.all()) if self.matter else []
        self.stored: dict[str, MatterPoint | None] = {f"o{point.number}": point for point in points}
        if self.matter:
            self.stored |= dict.fromkeys(f"n{n}" for n in range(1, EMPTY_ROWS + 1))
        for key, point in self.stored.items():
            self._add_row(key, point)

    def _add_row(self, key: str, point: MatterPoint | None) -> None:
        fields: dict[str, forms.Field] = {
            "text": TextsField(label="Text", required=False),
            "assignee": LineField(
                label="Uppdrag till",
                required=False,
                longest=150,
                help_text="Den funktion som får uppdraget, om punkten är ett. Inget personnamn.",
            ),
            "number": CountField(
                label="Nummer",
                required=False,
                help_text="" if point else "Lämna tomt för nästa nummer.",
            ),
        }
        if point:
            fields["remove"] = forms.BooleanField(label="Ta bort punkten", required=False)
        for part, field in fields.items():
            field.initial = getattr(point, part, None)
            self.fields[f"{key}-{part}"] = field

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                str(point) if point else "Ny punkt",
                self.bound(f"{key}-{part}" for part in PARTS),
                box=self[f"{key}-remove"] if point else None,
                is_new=point is None,
                is_first=key == next(iter(self.stored)),
            )
            for key, point in self.stored.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        taken: set[int] = set()
        for key in self._written_keys():
            text, number = f"{key}-text", f"{key}-number"
            if not cleaned.get(text) and text not in self.errors:
                self.add_error(text, "Skriv punktens text.")
            if self.stored[key] and not cleaned.get(number) and number not in self.errors:
                self.add_error(number, "Skriv punktens nummer.")
            if (value := cleaned.get(number)) in taken:
                self.add_error(number, "Två punkter har samma nummer. Ge dem olika.")
            taken |= {value} if value else set()
        return cleaned

    def _written_keys(self) -> list[str]:
        """The keys of points that stay, and of new rows with something in them."""
        return [key for key in self.stored if self._is_written(key)]

    def _is_written(self, key: str) -> bool:
        cleaned = self.cleaned_data
        if self.stored[key]:
            return not cleaned.get(f"{key}-remove")
        return any(cleaned.get(f"{key}-{part}") or f"{key}-{part}" in self.errors for part in PARTS)

    def cleaned_points(self) -> list[Point]:
        """The points. New ones without a number get the numbers after the last."""
        rows = [[self.cleaned_data[f"{key}-{part}"] for part in PARTS] for key in self._written_keys()]
        last = max((number or 0 for *_, number in rows), default=0)
        later = count(last + 1)
        return [
            Point(number=number or next(later), text=text, assignee=assignee)
            for text, assignee, number in rows
        ]

    def write(self, **common: Any) -> None:
        actions.write_points(**common, points=self.cleaned_points())
