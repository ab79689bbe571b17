"""The form for a report: its day and what it covers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from activities.reports import LABELS, WHOLE, Scope, address_of, check_day, default_day, scopes
from priorities.models import Agreement
from samverkan.lib.dates import EXAMPLES
from samverkan.lib.forms import BaseForm, DayField, day_field

GROUPS = {"part": "Parter", "omrade": "Prioriterade områden", "plats": "Geografiska områden"}
UNKNOWN = {
    "part": "Parten i adressen finns inte i överenskommelsen. Välj en i listan.",
    "omrade": "Det prioriterade området i adressen finns inte i överenskommelsen. Välj ett i listan.",
    "plats": "Det geografiska området i adressen finns inte i överenskommelsen. Välj ett i listan.",
    "": "Det som rapporten ska omfatta finns inte i överenskommelsen. Välj i listan.",
}
SEVERAL = "Rapporten kan omfatta en part, ett prioriterat område eller ett geografiskt område, men inte flera på en gång."


class ScopeSelect(forms.Select):
    """One list in the form, but a parameter for each kind in the address: `part=…`, `omrade=…` or `plats=…`."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """`part:polisen`. Several are joined by a space, which matches no choice and so gets an error."""
        named = [f"{kind}:{data[kind]}" for kind in LABELS if data.get(kind)]
        return " ".join(named) or str(data.get(name) or "")


class ReportForm(BaseForm):
    """The day of the report, at first that of the newest round, and what it covers."""

    per = DayField(
        label="Uppgifter per",
        help_text="Rapporten visar det som parterna har sagt om tiden till och med den dagen.",
        error_messages={"required": EXAMPLES},
    )
    omfattning = forms.Field(
        label="Rapporten omfattar",
        help_text="För en part visas de aktiviteter som den ansvarar för eller medverkar i.",
        required=False,
        widget=ScopeSelect,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        agreement: Agreement,
        today: date,
        suggested: Mapping[str, Any] | None = None,
    ) -> None:
        """`suggested`: values from the address, shown without being checked."""
        named = suggested or {}
        is_day_known = data is not None or named.get("per")
        initial = {
            "per": named.get("per") if is_day_known else default_day(agreement, today=today),
            "omfattning": ScopeSelect().value_from_datadict(named, None, "omfattning"),
        }
        super().__init__(data, initial=initial)
        self.agreement, self.today = agreement, today
        day_field(self, "per").within = ((agreement.starts_on, today),)
        there = scopes(agreement)
        self.scopes = {scope.key: scope for found in there.values() for scope in found} | {"": WHOLE}
        self.fields["omfattning"].widget.choices = [
            ("", "Hela överenskommelsen"),
            *(
                (GROUPS[kind], [(one.key, one.name) for one in found])
                for kind, found in there.items()
                if found
            ),
        ]

    def clean_per(self) -> date:
        day: date = self.cleaned_data["per"]
        check_day(day, self.agreement, today=self.today)
        return day

    def clean_omfattning(self) -> Scope:
        key: str = self.cleaned_data["omfattning"]
        if key in self.scopes:
            return self.scopes[key]
        kind = key.partition(":")[0]
        raise ValidationError(SEVERAL if " " in key else UNKNOWN.get(kind, UNKNOWN[""]), code="unknown")

    @property
    def address(self) -> str:
        """The query string of the chosen report: `per=2024-08-31&part=polisen`. Valid forms only."""
        return address_of(self.cleaned_data["per"], self.cleaned_data["omfattning"])
