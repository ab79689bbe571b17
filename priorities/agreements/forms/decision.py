"""The form for what was decided about an agreement: when it is adopted, and later."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from parties.models import User
from priorities.agreements import actions
from priorities.declarations.actions.matter import others_with
from priorities.editing.fields import LineField, PastDayField
from priorities.editing.forms import ConfirmForm, WritingForm
from priorities.editing.stale import ADOPTED, ARCHIVED
from priorities.models import Agreement

NOT_YET = "Lämna tomt om det inte är beslutat än. Du kan fylla i det senare."

SHARED = "Ärendet hör också till {}: det du skriver gäller även där."
OF_ITS_OWN = " Har överenskommelsen ett eget ärende skriver du dess diarienummer."


class DecisionForm(WritingForm):
    """The day and the section may be unknown; the matter has had its committee and its case number since it began."""

    plain = ("committee", "case_number", "decided_on", "section")

    committee = LineField(
        label="Instans",
        longest=120,
        help_text="Den som beslutar, till exempel kommunstyrelsen.",
        error_messages={"required": "Skriv vilken instans som beslutar."},
    )
    case_number = LineField(
        label="Diarienummer", longest=60, error_messages={"required": "Skriv diarienumret."}
    )
    decided_on = PastDayField(label="Beslutsdatum", required=False, help_text=NOT_YET)
    section = LineField(label="Paragraf", required=False, longest=20, help_text="Till exempel § 12.")

    def __init__(self, data: Any = None, *, agreement: Agreement) -> None:
        matter = agreement.matter
        initial = {name: getattr(matter, name) for name in self.plain} if matter else {}
        super().__init__(data, row=agreement, initial=initial)
        self.agreement = agreement
        if matter and (others := others_with(matter, agreement)):
            titles = " och ".join(others)
            self.fields["case_number"].help_text = SHARED.format(titles) + (
                OF_ITS_OWN if agreement.is_draft else ""
            )

    def why_closed(self) -> str:
        return ARCHIVED if self.agreement.is_archived else ""

    @property
    def decision(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.plain}

    def save(self, *, by: User, at: datetime) -> bool:
        """True if it is saved; otherwise the reason is among the errors."""
        return self.done(
            lambda seen: actions.record_decision(
                by=by, at=at, agreement=self.agreement, seen=seen, **self.decision
            ),
            by,
        )

    def done(self, act: Callable[[int], None], by: User) -> bool:
        """Whether the form holds and the action, which takes the version that the form showed, went through."""
        self.editor = by
        if not self.is_valid():
            return False

        def acted() -> bool:
            act(self.cleaned_data["version"])
            return True

        return self.attempt(acted) is not None


class AdoptForm(ConfirmForm, DecisionForm):
    """Asks whether to adopt the draft as the page shows it, and for the decision, to copy if somebody else adopts first."""

    def why_closed(self) -> str:
        return "" if self.agreement.is_draft else ADOPTED

    def close(self, why: str) -> None:
        WritingForm.close(self, why)

    def save(self, *, by: User, at: datetime) -> bool:
        return self.done(
            lambda seen: actions.adopt_agreement(
                by=by, at=at, agreement=self.agreement, seen=seen, decision=self.decision
            ),
            by,
        )
