"""The form for a need."""

from datetime import datetime
from textwrap import shorten
from typing import Any

from django import forms

from parties.models import User
from priorities.editing import choices
from priorities.editing.choices import Chosen, Ticked
from priorities.editing.forms import WritingForm
from priorities.editing.stale import ARCHIVED
from priorities.models import Agreement, Need, Place
from priorities.needs import actions
from samverkan.lib.db import in_swedish_order
from samverkan.lib.forms import TextsField

TEXTS = ("problem", "affected", "causes")
NEW_SOURCE = ("source_name", "publisher", "kind")
SUCCESSION = ("predecessor", "outcome")
LONGEST = 80  # characters of a problem in a list to choose from


class NeedForm(WritingForm):
    plain = ("problem", "affected", "causes", "priority_area", "places", "sources")

    problem = TextsField(
        label="Problem",
        error_messages={"required": "Skriv vad problemet är."},
        help_text="En eller två meningar om vad som är fel, inte om vad som ska göras.",
    )
    affected = TextsField(label="Vilka som berörs", required=False, rows=2)
    causes = TextsField(label="Troliga orsaker", required=False, help_text="En orsak per rad.")

    def __init__(self, data: Any = None, *, agreement: Agreement, need: Need | None = None) -> None:
        super().__init__(data, row=need, initial=_initial(need))
        self.agreement, self.need = agreement, need
        places = Place.objects.filter(focus_areas__agreement=agreement).order_by(in_swedish_order("name"))
        self.fields |= {
            "priority_area": Chosen(
                agreement.priority_areas.order_by("order"),
                label="Prioriterat område",
                empty_label="Välj område",
                needed="Välj ett prioriterat område.",
            ),
            "places": Ticked(
                places,
                label="Geografiska områden",
                required=False,
                help_text="Välj inget om behovet gäller hela kommunen.",
            ),
            "sources": Ticked(choices.sources(), label="Källor som visar det", required=False),
            **choices.new_source_fields(),
        }

        self._add_succession_fields()

    def _add_succession_fields(self) -> None:
        """Adds the predecessor if there are earlier needs, and the outcome if there is a later agreement."""
        day = self.agreement.starts_on
        earlier = Need.objects.filter(agreement__starts_on__lt=day).select_related("agreement")
        if found := list(earlier.order_by("-agreement__starts_on", "number")):
            self.fields["predecessor"] = Chosen(
                found, label="Följer på", empty_label="Inget tidigare behov", called=_label, required=False
            )
        if self.need and Agreement.objects.filter(starts_on__gt=day).exists():
            self.fields["outcome"] = forms.ChoiceField(
                label="När behovet förs vidare till nästa överenskommelse",
                required=False,
                choices=[("", "Inte avgjort än"), *Need.Outcome.choices],
                error_messages={"invalid_choice": choices.NOT_LISTED},
            )

    @property
    def succession_fields(self) -> list[forms.BoundField]:
        return self.bound(SUCCESSION)

    @property
    def unfolds_succession(self) -> bool:
        """Whether to unfold the predecessor and the outcome."""
        return self.is_beside(SUCCESSION) or any(
            field.errors or field.value() for field in self.succession_fields
        )

    @property
    def new_source_fields(self) -> list[forms.BoundField]:
        return self.bound(NEW_SOURCE)

    @property
    def unfolds_new_source(self) -> bool:
        """Whether to unfold the fields of a new source."""
        return any(field.errors or field.value() for field in self.new_source_fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.new_source = choices.new_source(self)
        return cleaned

    def why_closed(self) -> str:
        return ARCHIVED if self.agreement.is_archived else ""

    def save(self, *, by: User, at: datetime) -> Need | None:
        self.editor = by
        if not self.is_valid():
            return None
        values = {name: self.cleaned_data[name] for name in (*self.plain, *SUCCESSION) if name in self.fields}
        values["sources"] = [*values["sources"], *([self.new_source] if self.new_source else [])]
        seen = self.cleaned_data["version"]
        if self.need is None:
            return self.attempt(lambda: actions.add_need(by=by, at=at, agreement=self.agreement, **values))
        need = self.need
        return self.attempt(lambda: actions.edit_need(by=by, at=at, need=need, seen=seen, **values))


def _initial(need: Need | None) -> dict[str, Any]:
    if need is None:
        return {}
    return {
        **{name: getattr(need, name) for name in TEXTS},
        "priority_area": need.priority_area_id,
        "predecessor": need.predecessor_id,
        "outcome": need.outcome,
        "places": [place.pk for place in need.places.all()],
        "sources": [source.pk for source in need.sources.all()],
    }


def _label(need: Need) -> str:
    problem = shorten(need.problem, LONGEST, placeholder=" …")
    return f"Behov {need.number}, {need.agreement.period}: {problem}"
