"""The form for a draft's places."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.html import format_html

from parties.models import User
from priorities.agreements.actions import choose_places
from priorities.agreements.forms.base import PartForm
from priorities.editing.fields import CountField, LineField
from priorities.editing.forms import Row
from priorities.models import Agreement, Place
from priorities.places.actions import add_place
from samverkan.lib.db import in_swedish_order
from samverkan.lib.editing.side_by_side import Merged
from samverkan.lib.editing.three_values import digest
from samverkan.lib.matching import for_matching

ORDER = 'Ordning<span class="visually-hidden"> för {}</span>'


class PlacesForm(PartForm):
    """A row for each place, chosen ones first, with a box to tick and a number for the order; then a new place."""

    new_name = LineField(label="Ny plats", required=False, longest=120, help_text="Om den inte finns ovan.")
    new_district = LineField(
        label="Kommundel",
        required=False,
        longest=120,
        help_text="Den kommundel som den nya platsen ligger i.",
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, user: User) -> None:
        super().__init__(data, agreement=agreement, user=user)
        chosen = list(agreement.focus_areas.order_by("order").values_list("place", flat=True))
        places = {place.pk: place for place in Place.objects.order_by(in_swedish_order("name"))}
        self.places = {pk: places[pk] for pk in chosen} | places
        for pk, place in self.places.items():
            taken = chosen.index(pk) + 1 if pk in chosen else None
            self.fields[f"p{pk}"] = forms.BooleanField(
                label=str(place.name), required=False, initial=bool(taken)
            )
            self.fields[f"p{pk}-order"] = CountField(
                label=format_html(ORDER, place.name), required=False, initial=taken
            )

    @property
    def rows(self) -> list[Row]:
        return [
            Row(str(place), self.bound([f"p{pk}-order"]), box=self[f"p{pk}"])
            for pk, place in self.places.items()
        ]

    @property
    def new_fields(self) -> list[forms.BoundField]:
        return self.bound(["new_name", "new_district"])

    def goes_on(self, merged: Merged) -> bool:
        """True when another has only added places: theirs and those of the editor then stand together."""
        seen = self.digests_seen
        if seen is None or merged.both or merged.lost or merged.gone or merged.again:
            return False
        saved = {
            name: digest(self.get_initial_for_field(self.fields[name], name))
            for name in self.compared_names()
        }
        return all(name not in seen for name, each in saved.items() if each != seen.get(name, ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("new_name") or ""
        if name and for_matching(name) in {for_matching(place.name) for place in self.places.values()}:
            self.add_error("new_name", "Platsen finns redan. Kryssa för den i listan.")
        if cleaned.get("new_district") and not name and "new_name" not in self.errors:
            self.add_error("new_name", "Skriv vad den nya platsen heter.")
        seen: set[int] = set()
        for pk in self.places:
            order = cleaned.get(f"p{pk}-order")
            if order and cleaned.get(f"p{pk}"):
                if order in seen:
                    self.add_error(f"p{pk}-order", f"Två platser har ordning {order}. Ge dem olika.")
                seen.add(order)
        return cleaned

    def chosen(self) -> list[Place]:
        """The ticked places in their order. Those without a number come last, in the form's order."""
        ticked = [pk for pk in self.places if self.cleaned_data[f"p{pk}"]]
        ticked.sort(key=lambda pk: self.cleaned_data[f"p{pk}-order"] or 1000)
        return [self.places[pk] for pk in ticked]

    @transaction.atomic
    def write(self, **common: Any) -> None:
        """Adds the new place, if there is one, and puts it last."""
        name, district = self.cleaned_data["new_name"], self.cleaned_data["new_district"]
        added = [add_place(by=common["by"], name=name, district=district)] if name else []
        choose_places(**common, places=[*self.chosen(), *added])
