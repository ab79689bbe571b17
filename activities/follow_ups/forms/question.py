"""The form for a question about a follow-up."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from activities.follow_ups.actions import ask_about
from activities.models import FollowUp, Question
from parties.models import User
from samverkan.lib.forms import GuardedForm, TextsField


class QuestionForm(GuardedForm):
    """*Fråga om uppföljningen*: returns the follow-up to the party with a question."""

    text = TextsField(
        label="Vad undrar du över?",
        rows=4,
        help_text="Parten läser frågan ovanför sitt formulär och svarar genom att rätta uppföljningen.",
        error_messages={"required": "Skriv vad du undrar över."},
    )

    def __init__(self, data: Any = None, *, follow_up: FollowUp) -> None:
        super().__init__(data)
        self.follow_up = follow_up

    def save(self, *, by: User, at: datetime) -> Question | None:
        """The question; None, with the reason among the errors and the text kept, when it cannot be asked."""
        if not self.is_valid():
            return None
        try:
            return ask_about(follow_up=self.follow_up, by=by, at=at, text=self.cleaned_data["text"])
        except ValidationError as error:
            self.add_error(None, error.messages)
        return None
