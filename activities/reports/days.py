"""The days that a report can be about."""

from datetime import date

from django.core.exceptions import ValidationError

from activities.periods import Phase, Rounds
from priorities.models import Agreement
from samverkan.lib.dates import in_words


def default_day(agreement: Agreement, *, today: date) -> date | None:
    """The day of the newest opened round, else today; None when the agreement has not begun."""
    if today < agreement.starts_on:
        return None
    newest = Rounds.of(agreement).asking_about(today, today=today)
    return min(newest.as_of, today) if newest and newest.as_of >= agreement.starts_on else today


def opened_rounds(agreement: Agreement, *, today: date) -> list[Phase]:
    """The rounds whose days the user can choose between, the newest first."""
    return [
        phase
        for phase in reversed(Rounds.of(agreement).phases(today))
        if not phase.is_planned and agreement.starts_on <= phase.round.as_of <= today
    ]


def check_day(day: date, agreement: Agreement, *, today: date) -> None:
    """Raises ValidationError for a day before the agreement or in the future. A day after its end is allowed."""
    begins = f"Överenskommelsen gäller från {in_words(agreement.starts_on)}."
    if today < agreement.starts_on:
        raise ValidationError(f"{begins} Först då går det att ta fram en rapport.", code="not_begun")
    if day < agreement.starts_on:
        raise ValidationError(f"{begins} Välj den dagen eller en senare.", code="too_early")
    if day > today:
        still = f"{in_words(day)} har inte varit än."
        raise ValidationError(f"{still} Välj {in_words(today)} eller en tidigare dag.", code="future")
