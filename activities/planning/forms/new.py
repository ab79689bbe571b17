"""The form for a new plan. Sent twice it makes one draft."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from activities.editing.seen import Seen
from activities.models import Activity
from activities.planning.actions import Plan, register_activity, replace_activity
from activities.planning.forms.base import PlanForm
from activities.planning.forms.start import PlanStart
from parties.models import User
from samverkan.lib.editing.stale import Stale
from samverkan.lib.fields import MAX_TEXT
from samverkan.lib.forms import TextsField
from samverkan.lib.numbers import written

STALE = (
    "Någon har sparat något om aktivitet {number} sedan du öppnade formuläret. {what} Inget av ditt är sparat än, "
    "och allt du skrev finns kvar. Spara igen om den fortfarande ska ersättas."
)
SAVED_ALREADY = (
    "Du har redan sparat ett utkast från det här formuläret: aktivitet {number}. Det som står här är inte sparat. "
    "Ändra det utkastet i stället, eller spara igen om det ska bli ett till."
)
REPLACED_ALREADY = (
    "Du har redan ersatt aktiviteten från det här formuläret, med aktivitet {number}. Det som står här är inte sparat. "
    "Ändra det utkastet i stället."
)
LOST = (
    "Aktiviteten som du utgick från finns inte längre, så dess delmål följer inte med. "
    "Spara igen om utkastet ska sparas utan dem."
)
LONGEST_REASON = MAX_TEXT - 100  # the log puts a short sentence before it


class NewPlanForm(PlanForm):
    """`start` says what the plan begins with. A plan that replaces an activity also asks for the reason."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, start: PlanStart) -> None:
        self.start = start
        seen = {"version": start.seen.version, "newest_id": start.seen.newest_id} if start.seen else {}
        super().__init__(
            data,
            agreement=start.agreement,
            choices=start.choices,
            lead=start.lead,
            initial=start.initial(),
            carried={"submission_key": uuid4(), **seen},
        )
        self.fields |= {name: forms.IntegerField(widget=forms.HiddenInput()) for name in seen}
        if start.replaces:
            reason = ReasonField(
                label="Varför ersätts den?",
                rows=2,
                help_text="Skälet syns på båda aktiviteterna och i uppföljningen.",
                error_messages={"required": "Beskriv varför aktiviteten ersätts."},
            )
            self.fields = {"reason": reason} | self.fields

    def save(self, *, by: User, at: datetime) -> Activity | None:
        """The draft; None, with the reason among the errors and the text kept, when it cannot be saved."""
        if not self.is_valid():
            return None
        plan = self.plan()
        draft = self.attempt(lambda: self._make(plan, by=by, at=at))
        if draft and not _matches(draft, plan, reason=self.cleaned_data.get("reason", "")):
            sentence = REPLACED_ALREADY if self.start.replaces else SAVED_ALREADY
            self.add_error(None, sentence.format(number=draft.number))
            self.carry()
            return None
        return draft

    def why_stale(self, stale: Stale) -> str:
        number = self.start.replaces.number if self.start.replaces else ""
        return STALE.format(number=number, what=stale)

    @staticmethod
    def receipt(draft: Activity, by: User) -> str:
        """`Utkastet är sparat. Skicka det till Huge när det är klart.`"""
        whom = draft.lead.short_name if by.is_coordinator else "samordnaren"
        return f"Utkastet är sparat. Skicka det till {whom} när det är klart."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.start.is_lost:
            self.add_error(None, LOST)
        return cleaned

    def _make(self, plan: Plan, *, by: User, at: datetime) -> Activity:
        start, cleaned = self.start, self.cleaned_data
        new = plan.fields | {
            "focus_areas": plan.focus_areas,
            "needs": plan.needs,
            "reporters": plan.reporters,
            "contributions": start.contributions(plan.contributors),
            "milestones": [{"title": each.title, "due_on": each.due_on} for each in start.milestones],
            "submission_key": cleaned["submission_key"],
        }
        if start.replaces is None:
            return register_activity(by=by, at=at, agreement=start.agreement, **new)
        seen = Seen(cleaned["version"], cleaned["newest_id"])
        reason = cleaned["reason"]
        return replace_activity(activity=start.replaces, by=by, at=at, seen=seen, reason=reason, **new)


class ReasonField(TextsField):
    """A free text, shorter so that the log can put a sentence before it."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if len(text) > LONGEST_REASON:
            raise ValidationError(
                f"Skälet får vara högst {written(LONGEST_REASON)} tecken. Det är {written(len(text))}.",
                code="max_length",
            )
        return text


def _matches(draft: Activity, plan: Plan, *, reason: str) -> bool:
    """Whether the draft has the form's content. A form sent again with other content is not saved."""
    lists: dict[str, list[Any]] = {
        "focus_areas": plan.focus_areas,
        "needs": plan.needs,
        "reporters": plan.reporters,
        "contributors": plan.contributors,
    }
    fields = plan.fields | {"replace_reason": reason}
    return all(getattr(draft, name) == value for name, value in fields.items()) and all(
        {row.pk for row in rows} == set(getattr(draft, name).values_list("pk", flat=True))
        for name, rows in lists.items()
    )
