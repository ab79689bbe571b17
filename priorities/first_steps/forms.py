"""The form that an agreement begins with."""

from datetime import datetime
from typing import Any

from parties.models import User
from priorities.editing.fields import LineField, NearDayField
from priorities.editing.forms import WritingForm
from priorities.first_steps import actions
from priorities.models import Agreement


class NewAgreementForm(WritingForm):
    plain = ("title", "starts_on", "ends_on")

    title = LineField(
        label="Rubrik",
        help_text="Till exempel Samverkansöverenskommelse 2025–2026.",
        error_messages={"required": "Skriv överenskommelsens rubrik."},
    )
    starts_on = NearDayField(label="Gäller från", help_text="Till exempel 2025-01-01.")
    ends_on = NearDayField(label="Gäller till", help_text="Till exempel 2026-12-31.")

    def save(self, *, by: User, at: datetime) -> Agreement | None:
        """The draft; None, with the reason among the errors, when it is refused."""
        if not self.is_valid():
            return None
        fields: dict[str, Any] = {name: self.cleaned_data[name] for name in self.plain}
        return self.attempt(lambda: actions.begin_agreement(by=by, at=at, **fields))
