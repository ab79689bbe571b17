"""What is sent on the way from a draft to a decision."""

from datetime import datetime
from typing import Any

from django import forms

from activities.models import Activity
from activities.planning.actions import return_activity
from parties.models import User
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.forms import BaseForm, TextsField


class StepForm(BaseForm):
    """A button: the plan's version that the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnForm(CarryingForm):
    """*Föreslå ändring*: why the proposal goes back. Carries the version that was read."""

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
        """Returns the proposal; False, with the sentence among the errors and the text kept, when that cannot be done."""
        if not self.is_valid():
            return False
        reason, version = self.cleaned_data["reason"], self.cleaned_data["version"]
        self.attempt(
            lambda: return_activity(activity=self.activity, by=by, at=at, version=version, reason=reason)
        )
        return self.is_valid()
