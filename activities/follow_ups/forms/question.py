"""The form for a question about a follow-up."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from activities.follow_ups.actions import answer_on_behalf, ask_about
from activities.models import FollowUp, Question
from parties.models import User
from samverkan.lib.editing.stale import Stale
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


class AnswerQuestionForm(GuardedForm):
    """*Svara åt Polisen*: the answer to a question, which the coordinator writes down on the party's behalf."""

    answer = TextsField(
        label="Vad är svaret?",
        rows=4,
        help_text="Svaret läggs till efter det som står i uppföljningen, och det syns att du har skrivit det.",
        error_messages={"required": "Skriv svaret."},
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    from_round = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, question: Question) -> None:
        super().__init__(data, initial={"submission_key": uuid4()})
        self.question = question

    def save(self, *, by: User, at: datetime) -> FollowUp | None:
        """The correction; None, with the reason among the errors and the text kept, when it cannot be saved."""
        if not self.is_valid():
            return None
        key = self.cleaned_data["submission_key"] or uuid4()
        try:
            return answer_on_behalf(
                question=self.question, by=by, at=at, text=self.cleaned_data["answer"], submission_key=key
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
        except Stale as stale:
            self.add_error(None, str(stale))
        return None
