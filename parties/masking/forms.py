from typing import Any

from django import forms
from django.db.models import Model

from samverkan.lib.forms import GuardedForm, TypedLineField
from samverkan.lib.locks import maskable_texts
from samverkan.lib.texts import MASKED, shortened

EXCERPT = 160  # characters


class MaskForm(GuardedForm):
    """Which of the row's texts is masked, and why."""

    field = forms.ChoiceField(
        label="Vilken text?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj en text.",
            "invalid_choice": "Texten finns inte kvar. Välj en annan.",
        },
    )
    reason = TypedLineField(
        label="Varför?",
        max_length=200,
        help_text="Till exempel: uppgift om en enskild. Skriv inte det som ska bort. Skälet står i ändringsloggen.",
        error_messages={"required": "Skriv varför texten maskeras."},
    )

    def __init__(self, data: Any = None, *, row: Model, names: list[str], label: Any) -> None:
        """`names` are the fields that the user may see, `label` gives the name of one."""
        super().__init__(data)
        texts = {
            each.name: getattr(row, each.name) for each in maskable_texts(type(row)) if each.name in names
        }
        choice: Any = self.fields["field"]
        choice.choices = [
            (name, f"{label(name).capitalize()}: {shortened(text, EXCERPT)}")
            for name, text in texts.items()
            if text and text != MASKED
        ]

    @property
    def has_texts(self) -> bool:
        choice: Any = self.fields["field"]
        return bool(choice.choices)
