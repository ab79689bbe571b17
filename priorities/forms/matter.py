"""What is typed of the matter behind a draft agreement, and of its declaration?"""

from typing import Any

from django import forms

from parties.models import Declaration, Matter, User
from priorities import actions
from priorities.actions.matter import own_declaration, own_matter
from priorities.forms.fields import LineField, NearDayField
from priorities.forms.writing import PartForm
from priorities.models import Agreement
from samverkan.lib.forms import TextsField

OWN = "eget"
MATTER = ("case_number", "matter_title", "committee", "memo_on", "decided_on", "section", "outcome")
DECLARATION = ("declaration_title", "valid_from", "valid_to", "purpose")
NAMES = {"matter_title": "title", "declaration_title": "title"}
NEEDED = {
    "case_number": "Skriv diarienumret.",
    "matter_title": "Skriv ärendets rubrik.",
    "committee": "Skriv vilken instans som beslutar.",
    "declaration_title": "Skriv avsiktsförklaringens rubrik.",
    "valid_from": "Skriv ett datum som 2024-08-30.",
    "valid_to": "Skriv ett datum som 2024-08-30.",
}


class MatterForm(PartForm):
    """Each is one that is there already, or the agreement's own, told by the fields below it."""

    matter = forms.ChoiceField(
        label="Vilket ärende hör överenskommelsen till?",
        required=False,
        error_messages={"invalid_choice": "Välj ett ärende i listan."},
    )
    case_number = LineField(label="Diarienummer", required=False, longest=60)
    matter_title = LineField(label="Ärendets rubrik", required=False)
    committee = LineField(
        label="Instans",
        required=False,
        longest=120,
        help_text="Den som beslutar, till exempel kommunstyrelsen.",
    )
    memo_on = NearDayField(label="Tjänsteutlåtande daterat", required=False)
    decided_on = NearDayField(
        label="Beslutsdatum", required=False, help_text="Lämna tomt så länge inget är beslutat."
    )
    section = LineField(label="Paragraf", required=False, longest=20)
    outcome = TextsField(label="Beslut", required=False, rows=3)
    declaration = forms.ChoiceField(
        label="Vilken avsiktsförklaring bygger den på?",
        error_messages={
            "invalid_choice": "Välj en avsiktsförklaring i listan.",
            "required": "Välj en avsiktsförklaring i listan.",
        },
    )
    declaration_title = LineField(label="Avsiktsförklaringens rubrik", required=False)
    valid_from = NearDayField(label="Gäller från", required=False)
    valid_to = NearDayField(label="Gäller till", required=False)
    purpose = TextsField(label="Syfte", required=False, rows=3)

    def __init__(self, data: Any = None, *, agreement: Agreement, user: User) -> None:
        matter, declaration = own_matter(agreement), own_declaration(agreement)
        initial = {
            "matter": OWN if matter else str(agreement.matter_id or ""),
            "declaration": OWN if declaration else str(agreement.declaration_id),
            **_told(MATTER, matter),
            **_told(DECLARATION, declaration),
        }
        super().__init__(data, agreement=agreement, user=user, initial=initial)
        self.matters = {str(row.pk): row for row in Matter.objects.all() if row != matter}
        self.declarations = {str(row.pk): row for row in Declaration.objects.all() if row != declaration}
        own = [(OWN, "Ärendet som står här nedanför")]
        self._offer("matter", [("", "Inget än"), *_listed(self.matters), *own])
        self._offer(
            "declaration", [*_listed(self.declarations), (OWN, "Avsiktsförklaringen som står här nedanför")]
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    @property
    def writes_matter(self) -> bool:
        """Whether to unfold the fields of the agreement's own."""
        return self["matter"].value() == OWN or any(
            field.errors or field.value() for field in self.matter_fields
        )

    @property
    def writes_declaration(self) -> bool:
        return self["declaration"].value() == OWN or any(
            field.errors or field.value() for field in self.declaration_fields
        )

    @property
    def matter_fields(self) -> list[forms.BoundField]:
        return self.bound(MATTER)

    @property
    def declaration_fields(self) -> list[forms.BoundField]:
        return self.bound(DECLARATION)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("matter") == "" and any(cleaned.get(name) for name in MATTER):
            cleaned["matter"] = OWN
        for choice, names in (("matter", MATTER), ("declaration", DECLARATION)):
            if cleaned.get(choice) == OWN:
                self._demand(names)
            elif choice in cleaned and any(cleaned.get(name) and name in self.changed_data for name in names):
                self.add_error(
                    choice, "Du har skrivit i fälten nedanför. Välj det som står där, eller töm fälten."
                )
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", "Slutdatum ska vara efter startdatum.")
        return cleaned

    def _demand(self, names: tuple[str, ...]) -> None:
        for name in names:
            if name in NEEDED and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, NEEDED[name])

    def write(self, **common: Any) -> None:
        actions.write_matter(
            **common,
            matter=self._chosen("matter", MATTER, self.matters),
            declaration=self._chosen("declaration", DECLARATION, self.declarations),
        )

    def _chosen(self, choice: str, names: tuple[str, ...], there: dict[str, Any]) -> Any:
        """One that is there, the fields of the agreement's own, or None."""
        chosen = self.cleaned_data[choice]
        if chosen != OWN:
            return there.get(chosen)
        return {NAMES.get(name, name): self.cleaned_data[name] for name in names}


def _told(names: tuple[str, ...], row: Any) -> dict[str, Any]:
    return {name: getattr(row, NAMES.get(name, name)) for name in names} if row else {}


def _listed(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(row)) for key, row in rows.items()]
