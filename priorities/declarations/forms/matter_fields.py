"""The fields of a matter, for every form that chooses or writes one."""

from typing import Any

from django import forms

from parties.models import Matter
from priorities.editing.fields import LineField, PastDayField
from priorities.editing.forms import WholeForm
from samverkan.lib.dates import EXAMPLE
from samverkan.lib.forms import TextsField
from samverkan.lib.matching import match

OWN = "eget"
MATTER = ("case_number", "matter_title", "committee", "memo_on", "decided_on", "section", "outcome")
NAMES = {"matter_title": "title", "declaration_title": "title"}
NEEDED = {
    "case_number": "Skriv diarienumret.",
    "matter_title": "Skriv ärendets rubrik.",
    "committee": "Skriv vilken instans som beslutar.",
    "declaration_title": "Skriv avsiktsförklaringens rubrik.",
    "valid_from": EXAMPLE,
    "valid_to": EXAMPLE,
}


class MatterFields(WholeForm):
    """Offers the existing matters, and below them the fields of an own one."""

    matter = forms.ChoiceField(
        label="Vilket ärende hör det till?",
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
    memo_on = PastDayField(label="Tjänsteutlåtande daterat", required=False)
    decided_on = PastDayField(
        label="Beslutsdatum", required=False, help_text="Lämna tomt så länge inget är beslutat."
    )
    section = LineField(label="Paragraf", required=False, longest=20)
    outcome = TextsField(label="Beslut", required=False, rows=3)

    def offer_matters(self, own: Matter | None, label: str) -> None:
        """Offers all matters but the own one, which has the fields."""
        self.matters = {str(row.pk): row for row in Matter.objects.all() if row != own}
        self.fields["matter"].label = label
        self.set_choices(
            "matter", [("", "Inget än"), *as_choices(self.matters), (OWN, "Ärendet som står här nedanför")]
        )

    def set_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    @property
    def matter_fields(self) -> list[forms.BoundField]:
        return self.bound(MATTER)

    @property
    def unfolds_matter(self) -> bool:
        """Whether to unfold the fields of the own matter."""
        return (
            self["matter"].value() == OWN
            or self.is_beside(MATTER)
            or any(field.errors or field.value() for field in self.matter_fields)
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("matter") == "" and any(cleaned.get(name) for name in MATTER):
            cleaned["matter"] = OWN
        self.check_choice("matter", MATTER)
        number = cleaned.get("case_number") if cleaned.get("matter") == OWN else ""
        if number and any(match(number, row.case_number) for row in self.matters.values()):
            self.add_error("case_number", "Diarienumret finns redan. Välj ärendet i listan i stället.")
        return cleaned

    def check_choice(self, choice: str, names: tuple[str, ...]) -> None:
        """Adds errors: for empty needed fields if the own row is chosen, else for changed fields, at the choice."""
        cleaned = self.cleaned_data
        if cleaned.get(choice) == OWN:
            for name in names:
                if name in NEEDED and not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, NEEDED[name])
        elif choice in cleaned and any(cleaned.get(name) and name in self.changed_data for name in names):
            self.add_error(
                choice, "Du har skrivit i fälten nedanför. Välj det som står där, eller töm fälten."
            )

    def chosen(self, choice: str, names: tuple[str, ...], existing: dict[str, Any]) -> Any:
        """The chosen row, the own row's fields as a dict, or None."""
        chosen = self.cleaned_data[choice]
        if chosen != OWN:
            return existing.get(chosen)
        return {NAMES.get(name, name): self.cleaned_data[name] for name in names}


def initial_values(names: tuple[str, ...], row: Any) -> dict[str, Any]:
    return {name: getattr(row, NAMES.get(name, name)) for name in names} if row else {}


def as_choices(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, str(row)) for key, row in rows.items()]
