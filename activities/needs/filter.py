"""The filter of *Behov*, as GET parameters, so that a filtered page can be linked to."""

from datetime import date
from typing import Any

from django import forms

from priorities.models import Agreement
from priorities.which import EVERYWHERE, ShowDayForm
from samverkan.lib.forms import DayField

GAPS = "luckor"


class NeedFilter(ShowDayForm):
    """An invalid value is ignored and named in `errors`. `per` is the day whose gaps are shown, today when empty."""

    omrade = forms.ChoiceField(
        label="Prioriterat område",
        required=False,
        error_messages={"invalid_choice": "Det prioriterade området finns inte."},
    )
    plats = forms.ChoiceField(
        label="Geografiskt område",
        required=False,
        error_messages={"invalid_choice": "Det geografiska området finns inte."},
    )
    per = DayField(label="Läget per (frivilligt)", required=False)
    visa = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, agreement: Agreement, today: date) -> None:
        super().__init__(data, agreement=agreement, today=today)
        areas = [(area.slug, area.short_name) for area in agreement.priority_areas.all()]
        places = [
            (each.place.slug, each.place.name) for each in agreement.focus_areas.select_related("place")
        ]
        self.fields["omrade"].choices = [("", "Alla"), *areas]  # type: ignore[attr-defined] # a choice field
        self.fields["plats"].choices = [("", "Alla"), *places, (EVERYWHERE, "Hela kommunen")]  # type: ignore[attr-defined] # a choice field
        self.is_valid()

    @property
    def area(self) -> str:
        return self.cleaned_data.get("omrade") or ""

    @property
    def place(self) -> str:
        return self.cleaned_data.get("plats") or ""

    @property
    def only_gaps(self) -> bool:
        return self.cleaned_data.get("visa") == GAPS

    @property
    def narrows(self) -> bool:
        return bool(self.area or self.place)
