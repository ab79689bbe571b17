"""The forms of the preparation's steps."""

from datetime import datetime
from typing import Any

from django import forms

from activities.models import Activity
from activities.planning.actions import return_activity
from parties.models import User
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.forms import BaseForm, TextsField


class StepForm(BaseForm):
    """A button that sends the plan's version that the user saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(CarryingForm):
    """*Föreslå ändring*: the reason for returning the proposal. Carries the version that the user read."""

    stale = "{what} Ditt svar är inte skickat, och din text finns kvar. Läs förslaget igen innan du svarar."
    reason = TextsField(
        label="Vad behöver ändras?",
        rows=4,
        help_text="De som skickade förslaget läser det här, ändrar och skickar det igen.",
        error_messages={"required": "Skriv vad som behöver ändras."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, activity: Activity) -> None:
        super().__init__(data, carried={"version": activity.version})
        self.activity = activity

    def save(self, *, by: User, at: datetime) -> bool:
        """False, with the reason among the errors and the text kept, when the proposal cannot be returned."""
        if not self.is_valid():
            return False
        reason, version = self.cleaned_data["reason"], self.cleaned_data["version"]
        self.attempt(
            lambda: return_activity(activity=self.activity, by=by, at=at, version=version, reason=reason)
        )
        return self.is_valid()
