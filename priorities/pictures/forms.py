"""The forms for a lägesbild: its three parts, its participants and its sources, and the day on which it was adopted."""

from datetime import date, datetime
from typing import Any

from django import forms

from parties.models import Party, User
from priorities.editing import choices
from priorities.editing.choices import Chosen, Ticked
from priorities.editing.fields import YEARS, CountField, LineField, PastDayField, PdfField, whole_number
from priorities.editing.forms import ConfirmForm, Row, WritingForm
from priorities.models import SituationalPicture, SourceUse
from priorities.pictures import actions
from priorities.pictures.actions import ADOPTED
from samverkan.lib.forms import TextsField
from samverkan.lib.matching import for_matching

EMPTY_ROWS = 3
USE_FIELDS = ("period", "retrieved_on", "limitations", "places")
NEW_SOURCE = ("source_name", "publisher", "kind")
ATTACHMENT = ("number", "attachment_title", "file")


class YearField(CountField):
    default_error_messages = {"invalid": "Skriv ett år, till exempel 2024."}

    def to_python(self, value: Any) -> int | None:
        year = whole_number(value, str(self.error_messages["invalid"]))
        if year is not None and year not in YEARS:
            raise forms.ValidationError(f"Skriv ett år mellan {YEARS[0]} och {YEARS[-1]}.", code="far_off")
        return year


class PictureForm(WritingForm):
    """A row for each use of a source, with fields named `u12-…`, and three for new ones. Ignores an empty new row."""

    plain = ("year", "title", "mapping", "other_information", "analysis", "participants")

    year = YearField(label="År", error_messages={"required": "Skriv vilket år lägesbilden gäller."})
    title = LineField(label="Rubrik", error_messages={"required": "Skriv lägesbildens rubrik."})
    mapping = TextsField(
        label="Kartläggning",
        required=False,
        rows=6,
        help_text="Brottsligheten i kommunen och hur den har utvecklats.",
    )
    other_information = TextsField(
        label="Annan information",
        required=False,
        rows=4,
        help_text="Det som parterna vet i övrigt, till exempel från dialoger och trygghetsvandringar.",
    )
    analysis = TextsField(
        label="Analys", required=False, rows=6, help_text="Vad det beror på, och vad som behöver göras."
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, user: User, picture: SituationalPicture | None = None
    ) -> None:
        super().__init__(data, files, row=picture, initial=_initial(picture))
        self.picture = picture
        parties = Party.objects.visible_to(user).by_name()
        self.fields["participants"] = Ticked(parties, label="Parter som deltog", required=False)
        self.keys: dict[str, SourceUse | None] = {}
        self.uses = list(picture.uses.all()) if picture else []
        self.offered_sources, self.offered_places = choices.sources(), choices.places()
        for use in self.uses:
            self._add_row(f"u{use.pk}", use)
        for n in range(1, EMPTY_ROWS + 1):
            self._add_row(f"n{n}", None)
        number = 1 + max((each.number for each in picture.attachments.all()), default=0) if picture else 1
        self.fields |= {
            "number": CountField(label="Bilaga nr", required=False, initial=number),
            "attachment_title": LineField(label="Bilagans rubrik", required=False),
            "file": PdfField(label="Fil", required=False),
        }

    def _add_row(self, key: str, use: SourceUse | None) -> None:
        self.keys[key] = use
        fields: dict[str, forms.Field] = {}
        if use is None:
            fields = {
                "source": Chosen(
                    self.offered_sources, label="Källa", required=False, empty_label="Välj källa"
                ),
                **choices.new_source_fields(),
            }
        fields |= {
            "period": LineField(
                label="Period", required=False, longest=120, help_text="Till exempel 2023 eller våren 2024."
            ),
            "retrieved_on": PastDayField(
                label="Hämtad", required=False, help_text="Till exempel 2024-08-30."
            ),
            "limitations": TextsField(
                label="Begränsningar", required=False, rows=2, help_text="Vad källan inte kan svara på."
            ),
            "places": Ticked(self.offered_places, label="Platser", required=False),
        }
        if use:
            fields["remove"] = forms.BooleanField(label="Ta bort källan ur lägesbilden", required=False)
        for part, field in fields.items():
            if use and part in USE_FIELDS:
                field.initial = (
                    [place.pk for place in use.places.all()] if part == "places" else getattr(use, part)
                )
            self.fields[f"{key}-{part}"] = field

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                str(use.source) if use else "Lägg till en källa",
                self.bound(
                    f"{key}-{part}" for part in (*(() if use else ("source", *NEW_SOURCE)), *USE_FIELDS)
                ),
                box=self[f"{key}-remove"] if use else None,
                is_new=use is None,
            )
            for key, use in self.keys.items()
        ]

    @property
    def attachment_row(self) -> Row:
        return Row("Lägg till en bilaga", self.bound(ATTACHMENT), is_new=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.new_sources = {
            key: choices.new_source(self, f"{key}-") for key, use in self.keys.items() if use is None
        }
        taken = [self._source_name(key) for key in self.keys if not cleaned.get(f"{key}-remove")]
        for key in self.new_sources:
            self._check_new_source(key, taken)
        if cleaned.get("file") and not cleaned.get("attachment_title"):
            self.add_error("attachment_title", "Skriv bilagans rubrik.")
        if cleaned.get("attachment_title") and not cleaned.get("number") and "number" not in self.errors:
            self.add_error("number", "Skriv bilagans nummer.")
        return cleaned

    def _check_new_source(self, key: str, taken: list[str]) -> None:
        cleaned, field = self.cleaned_data, f"{key}-source"
        if field in self.errors:
            return
        if not self._source_name(key):
            if any(cleaned.get(f"{key}-{part}") for part in USE_FIELDS) and not self.has_fault_at(key):
                self.add_error(field, "Välj en källa, eller skriv vad den nya källan heter.")
        elif cleaned.get(field) and self.new_sources[key]:
            self.add_error(field, "Du har både valt en källa och namngett en ny. Gör det ena.")
        elif taken.count(self._source_name(key)) > 1:
            self.add_error(field, "Källan finns redan i lägesbilden. Ändra den raden i stället.")

    def has_fault_at(self, key: str) -> bool:
        return any(f"{key}-{part}" in self.errors for part in NEW_SOURCE)

    def _source_name(self, key: str) -> str:
        """What the name of the row's source is compared by; empty without one."""
        if use := self.keys[key]:
            return for_matching(str(use.source))
        new_source = self.new_sources[key]
        source = self.cleaned_data.get(f"{key}-source")
        return for_matching(new_source["name"] if new_source else str(source or ""))

    def cleaned_uses(self) -> list[dict[str, Any]]:
        cleaned = self.cleaned_data
        return [
            {
                "source": use.source if use else cleaned[f"{key}-source"] or self.new_sources[key],
                **{part: cleaned[f"{key}-{part}"] for part in USE_FIELDS},
            }
            for key, use in self.keys.items()
            if self._source_name(key) and not cleaned.get(f"{key}-remove")
        ]

    def why_closed(self) -> str:
        return ADOPTED if self.picture and self.picture.is_adopted else ""

    def save(self, *, by: User, at: datetime) -> SituationalPicture | None:
        self.editor = by
        if not self.is_valid():
            return None
        cleaned = self.cleaned_data
        values: dict[str, Any] = {name: cleaned[name] for name in self.plain} | {"uses": self.cleaned_uses()}
        if title := cleaned["attachment_title"]:
            attachment = {"number": cleaned["number"], "title": title, "file": cleaned["file"]}
            values["attachments"] = [attachment]
        if self.picture is None:
            return self.attempt(lambda: actions.draft_picture(by=by, at=at, **values))
        picture, seen = self.picture, cleaned["version"]
        return self.attempt(lambda: actions.edit_picture(by=by, at=at, picture=picture, seen=seen, **values))


class AdoptPictureForm(ConfirmForm):
    """Asks for the day on which the lägesbild was adopted; suggests `today`."""

    plain = ("adopted_on",)

    adopted_on = PastDayField(
        label="Fastställd",
        help_text="Dagen då parterna eller styrgruppen bestämde sig för den.",
        error_messages={"required": "Skriv vilken dag lägesbilden fastställdes."},
    )

    def __init__(self, data: Any = None, *, picture: SituationalPicture, today: date) -> None:
        super().__init__(data, row=picture, initial={"adopted_on": today})
        self.picture = picture

    def save(self, *, by: User, at: datetime) -> bool:
        """True if it is adopted; otherwise the reason is among the errors."""
        if not self.is_valid():
            return False

        def act() -> bool:
            seen, day = self.cleaned_data["version"], self.cleaned_data["adopted_on"]
            actions.adopt_picture(by=by, at=at, picture=self.picture, seen=seen, adopted_on=day)
            return True

        return self.attempt(act) is not None


def _initial(picture: SituationalPicture | None) -> dict[str, Any]:
    if picture is None:
        return {}
    texts = ("year", "title", "mapping", "other_information", "analysis")
    return {
        **{name: getattr(picture, name) for name in texts},
        "participants": [party.pk for party in picture.participants.all()],
    }
