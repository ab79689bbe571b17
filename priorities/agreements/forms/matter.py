"""The form for the matter and the declaration of a draft agreement."""

from typing import Any

from django import forms

from parties.models import Declaration, User
from priorities.agreements.forms.base import PartForm
from priorities.declarations import actions
from priorities.declarations.actions.matter import own_declaration, own_matter
from priorities.declarations.forms.matter_fields import MATTER, OWN, MatterFields, as_choices, initial_values
from priorities.editing.fields import LineField, NearDayField
from priorities.models import Agreement
from samverkan.lib.forms import TextsField

DECLARATION = ("declaration_title", "valid_from", "valid_to", "purpose")


class MatterForm(MatterFields, PartForm):
    """Offers the existing matters and declarations, and below them the fields of the agreement's own."""

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
            **initial_values(MATTER, matter),
            **initial_values(DECLARATION, declaration),
        }
        super().__init__(data, agreement=agreement, user=user, initial=initial)
        self.offer_matters(matter, "Vilket ärende hör överenskommelsen till?")
        self.declarations = {str(row.pk): row for row in Declaration.objects.all() if row != declaration}
        self.set_choices(
            "declaration",
            [*as_choices(self.declarations), (OWN, "Avsiktsförklaringen som står här nedanför")],
        )

    @property
    def unfolds_declaration(self) -> bool:
        return (
            self["declaration"].value() == OWN
            or self.is_beside(DECLARATION)
            or any(field.errors or field.value() for field in self.declaration_fields)
        )

    @property
    def declaration_fields(self) -> list[forms.BoundField]:
        return self.bound(DECLARATION)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.check_choice("declaration", DECLARATION)
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", "Slutdatum ska vara efter startdatum.")
        return cleaned

    def write(self, **common: Any) -> None:
        actions.write_matter(
            **common,
            matter=self.chosen("matter", MATTER, self.matters),
            declaration=self.chosen("declaration", DECLARATION, self.declarations),
        )
