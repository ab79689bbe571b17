"""The filter of *Behov*, as GET parameters, so that a filtered page can be linked to."""

from datetime import date
from typing import Any

from django import forms

from priorities.models import Agreement
from priorities.which import EVERYWHERE, check_day
from samverkan.lib.forms import BaseForm, DayField, day_field

GAPS = "luckor"


class NeedFilter(BaseForm):
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
        super().__init__(data)
        self.agreement, self.today = agreement, today
        areas = [(area.slug, area.short_name) for area in agreement.priority_areas.all()]
        places = [
            (each.place.slug, each.place.name) for each in agreement.focus_areas.select_related("place")
        ]
        self.fields["omrade"].choices = [("", "Alla"), *areas]  # type: ignore[attr-defined] # a choice field
        self.fields["plats"].choices = [("", "Alla"), *places, (EVERYWHERE, "Hela kommunen")]  # type: ignore[attr-defined] # a choice field
        day_field(self, "per").within = ((agreement.starts_on, today),)
        self.is_valid()

    def clean_per(self) -> date | None:
        day: date | None = self.cleaned_data["per"]
        check_day(day, self.agreement, today=self.today)
        return day

    @property
    def day(self) -> date:
        return self.cleaned_data.get("per") or self.today

    @property
    def area(self) -> str:
        return self.cleaned_data.get("omrade") or ""

    @property
    def place(self) -> str:
        return self.cleaned_data.get("plats") or ""

    @property
    def names_place(self) -> bool:
        """Whether a place is chosen; the whole municipality is none."""
        return self.place not in {"", EVERYWHERE}

    @property
    def only_gaps(self) -> bool:
        return self.cleaned_data.get("visa") == GAPS

    @property
    def narrows(self) -> bool:
        return bool(self.area or self.place)
