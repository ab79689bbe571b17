"""Forms for a draft agreement's title, period and purposes, and for its parties."""

from typing import Any

from parties.models import Party, User
from priorities.agreements import actions
from priorities.agreements.forms.base import PartForm
from priorities.editing.choices import Ticked
from priorities.editing.fields import LineField, NearDayField
from priorities.models import Agreement
from samverkan.lib.forms import TextsField


class BasicsForm(PartForm):
    plain = ("title", "starts_on", "ends_on", "purposes")

    title = LineField(label="Rubrik", error_messages={"required": "Skriv överenskommelsens rubrik."})
    starts_on = NearDayField(label="Gäller från", help_text="Till exempel 2025-01-01.")
    ends_on = NearDayField(label="Gäller till", help_text="Till exempel 2026-12-31.")
    purposes = TextsField(
        label="Syften",
        required=False,
        rows=6,
        help_text="Varför parterna samverkar, och vad de vill uppnå tillsammans.",
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, user: User) -> None:
        initial = {name: getattr(agreement, name) for name in self.plain}
        super().__init__(data, agreement=agreement, user=user, initial=initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", "Slutdatum ska vara efter startdatum.")
        return cleaned

    def write(self, **common: Any) -> None:
        actions.edit_agreement(**common, **{name: self.cleaned_data[name] for name in self.plain})


class PartiesForm(PartForm):
    plain = ("parties",)

    def __init__(self, data: Any = None, *, agreement: Agreement, user: User) -> None:
        chosen = list(agreement.memberships.values_list("party", flat=True))
        super().__init__(data, agreement=agreement, user=user, initial={"parties": chosen})
        self.fields["parties"] = Ticked(
            Party.objects.visible_to(user).by_name(),
            label="Parter i överenskommelsen",
            required=False,
            help_text="Saknas en part? Systemadministratören lägger till den.",
        )

    def write(self, **common: Any) -> None:
        actions.choose_parties(**common, parties=self.cleaned_data["parties"])
