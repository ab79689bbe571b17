"""The form for the day that *Översikt* shows."""

from datetime import date
from typing import Any

from priorities.models import Agreement
from priorities.which import check_day
from samverkan.lib.forms import BaseForm, DayField


class ShowDayForm(BaseForm):
    """A day; `day` is today when none or a wrong one is chosen."""

    per = DayField(label="Visa läget per", required=False)

    def __init__(self, data: Any, *, agreement: Agreement, today: date) -> None:
        super().__init__(data)
        self.agreement, self.today = agreement, today
        self.fields["per"].within = ((agreement.starts_on, today),)  # type: ignore[attr-defined] # a day field

    def clean_per(self) -> date | None:
        day: date | None = self.cleaned_data["per"]
        check_day(day, self.agreement, today=self.today)
        return day

    @property
    def day(self) -> date:
        chosen = self.cleaned_data["per"] if self.is_valid() else None
        return chosen or self.today
