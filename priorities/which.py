"""What an address means: the agreement, the day of the state, and the place that is none."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404

from parties.requests import SignedInRequest
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.forms import BaseForm, DayField, day_field

EVERYWHERE = "hela-kommunen"  # the address part of what names no place, and so is for the whole municipality


def visible_agreements(request: SignedInRequest) -> list[Agreement]:
    """The agreements that the user may see, latest first. One query per request, however often it is called."""
    found: list[Agreement] | None = getattr(request, "agreements_in_sight", None)
    if found is None:
        found = list(Agreement.objects.visible_to(request.user).select_related("matter").latest_first())
        request.agreements_in_sight = found  # type: ignore[attr-defined] # kept for this request only
    return found


def agreement_or_404(request: SignedInRequest, slug: str) -> Agreement:
    """The agreement in the address. Raises Http404 if the user may not see it."""
    found = next((agreement for agreement in visible_agreements(request) if agreement.slug == slug), None)
    if found is None:
        raise Http404("Överenskommelsen finns inte.")
    return found


def current_agreement(agreements: list[Agreement], *, today: date) -> Agreement | None:
    """The agreement that covers the day, else the latest begun, else the first to come. `agreements` is latest first."""
    begun = [agreement for agreement in agreements if agreement.starts_on <= today]
    covering = [agreement for agreement in begun if agreement.covers(today)]
    return next(iter(covering or begun), agreements[-1] if agreements else None)


def check_day(day: date | None, agreement: Agreement, *, today: date) -> None:
    """Raises ValidationError for a day before the agreement or in the future. A day after its end is allowed."""
    if day and day > today:
        raise ValidationError("Dagen har inte varit än. Välj dagens datum eller ett tidigare.")
    if day and day < agreement.starts_on:
        begins = f"Överenskommelsen gäller från {in_words(agreement.starts_on)}."
        raise ValidationError(f"{begins} Välj den dagen eller en senare.")


def as_of(address: str, day: date | None) -> str:
    """The address of what a page shows as of the day; None for today leaves it as it is."""
    if day is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}per={day.isoformat()}"


class ShowDayForm(BaseForm):
    """The day that a page shows, in `per`; `day` is today when none or a wrong one is chosen."""

    per = DayField(label="Visa läget per", required=False)

    def __init__(self, data: Any, *, agreement: Agreement, today: date) -> None:
        super().__init__(data)
        self.agreement, self.today = agreement, today
        day_field(self, "per").within = ((agreement.starts_on, today),)

    def clean_per(self) -> date | None:
        day: date | None = self.cleaned_data["per"]
        check_day(day, self.agreement, today=self.today)
        return day

    @property
    def day(self) -> date:
        self.is_valid()
        return self.cleaned_data.get("per") or self.today

    @property
    def earlier(self) -> date | None:
        """The day, or None when it is today."""
        return self.day if self.day != self.today else None
