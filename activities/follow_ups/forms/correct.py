"""The form that corrects a follow-up."""

from datetime import date, datetime
from typing import Any

from django import forms

from activities.follow_ups.actions import record_correction
from activities.follow_ups.forms.follow_up import FollowUpForm
from activities.follow_ups.unsaved import proof
from activities.models import FollowUp
from parties.models import User
from samverkan.lib.editing.carrying import KEPT
from samverkan.lib.number_fields import number_field
from samverkan.lib.numbers import is_yes_or_no, written

FIELDS = ("what_happened", "needed", "decision_by", "attainment")
ANSWERS = f"Samordnaren har en fråga om er senaste uppföljning, och det du sparar rättar den. Läs frågan. {KEPT} Spara igen."


class CorrectionForm(FollowUpForm):
    """*Rätta uppföljningen*, filled with the follow-up that it replaces, and of the same day. It has no *Inget nytt*."""

    corrects = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, follow_up: FollowUp, later: date | None = None, **kwargs: Any
    ) -> None:
        """`later` is the day of which something else can be told while a question is open; None when there is none."""
        self.follow_up, self.kept_day, self.later = follow_up, follow_up.refers_on, later
        super().__init__(data, last=follow_up, days=None, **kwargs)
        self.carried["corrects"] = follow_up.pk
        self.can_be_unchanged = False
        number_field(self, "actual").saved = follow_up.actual

    def _opened_with(self, last: FollowUp | None) -> dict[str, Any]:
        values = {name: getattr(self.follow_up, name) for name in FIELDS}
        return values | {"state": self.follow_up.state, "actual": self._actual()}

    def _actual(self) -> str:
        """The value as its field shows it; empty when there was none."""
        if self.follow_up.actual is None:
            return ""
        if is_yes_or_no(self.follow_up.activity.measure_unit):
            return "1" if self.follow_up.actual else "0"
        return written(self.follow_up.actual)

    def _ask_since(self, last: FollowUp | None) -> None:
        """Keeps the label: a correction is not about what has happened since."""

    @property
    def save_label(self) -> str:  # type: ignore[override] # depends on what has happened
        return "Spara som ny uppföljning" if self.is_settled else "Spara rättelsen"

    @property
    def author(self) -> str:
        return proof(
            self.user, self.activity, self.opened_with, corrects=0 if self.is_settled else self.follow_up.pk
        )

    @property
    def is_unchanged(self) -> bool:
        return False

    def save(self, *, by: User, at: datetime) -> FollowUp | None:
        """None, and an error, when the form was opened as an ordinary one, which did not show the question."""
        if self.is_valid() and self.cleaned_data["corrects"] != self.follow_up.pk:
            self.add_error(None, ANSWERS)
            self.carry()
            return None
        return super().save(by=by, at=at)

    def _record(self, *, by: User, at: datetime) -> FollowUp:
        return record_correction(
            follow_up=self.follow_up, by=by, at=at, **self._sent_back(), **self._answered()
        )
