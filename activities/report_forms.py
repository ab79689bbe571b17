"""What does the user choose before a report is made?"""

from datetime import date
from typing import Any

from activities.reports import check_day, default_day
from priorities.models import Agreement
from samverkan.lib.forms import BaseForm, DayField

EXAMPLES = "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."


class ChooseDayForm(BaseForm):
    """The day that the report is about; suggests that of the newest round."""

    per = DayField(
        label="Uppgifter per",
        help_text="Rapporten visar det som parterna har sagt om tiden till och med den dagen.",
        error_messages={"invalid": EXAMPLES, "required": EXAMPLES},
    )

    def __init__(self, data: Any = None, *, agreement: Agreement, today: date) -> None:
        super().__init__(data, initial={"per": default_day(agreement, today=today)})
        self.agreement, self.today = agreement, today

    def clean_per(self) -> date:
        day: date = self.cleaned_data["per"]
        check_day(day, self.agreement, today=self.today)
        return day
