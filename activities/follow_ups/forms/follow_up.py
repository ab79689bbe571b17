"""The form that follows up: an answer with what the editor saw, so that a stale save is noticed."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from activities.editing.seen import Asked, RoundMoved, Seen, Settled, Stale, newest_word
from activities.follow_ups.actions import record_follow_up, record_unchanged
from activities.follow_ups.forms.answer import AnswerForm
from activities.follow_ups.unsaved import Restored, proof
from activities.models import Activity, FollowUp
from activities.periods import Period
from activities.states import State
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words

UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
KEPT = "Inget av ditt är sparat än, och din text finns kvar."
STALE = f"Någon annan har sparat medan du skrev. {{what}} {KEPT} Spara igen om den fortfarande stämmer."
STALE_BY_SELF = (
    "Du har redan sparat en uppföljning sedan formuläret öppnades. {what} Det som står här är inte sparat. "
    "Spara igen om det också ska finnas med."
)
MOVED = f"{{what}} {KEPT} Spara igen om den fortfarande stämmer."
SETTLED = f"{{what}} {KEPT} Spara den som en ny uppföljning om den fortfarande stämmer."
ASKED = f"{{what}} {KEPT} Spara igen så blir den en rättelse som svarar på frågan."
# What was said of these stands until something else is said.
STANDS = ("needed", "decision_by", "attainment")


class FollowUpForm(AnswerForm):
    """*Hur går det?* Carries what the editor saw, so that a stale save is noticed."""

    save_label = ""  # the page has its own words

    version = forms.IntegerField(widget=forms.HiddenInput)
    newest_id = forms.IntegerField(widget=forms.HiddenInput)
    round_id = forms.IntegerField(widget=forms.HiddenInput)
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        activity: Activity,
        user: User,
        last: FollowUp | None,
        seen: Seen,
        unsaved: Restored | None = None,
        **kwargs: Any,
    ) -> None:
        """`last` is the word that counts, None before the first; `seen` what stands now; `unsaved` what was typed before."""
        tokens = vars(seen) | {"submission_key": uuid4()}
        self.said = self._said(last)
        initial = self.said | (unsaved.fields if unsaved else {}) | tokens
        super().__init__(data, activity=activity, user=user, initial=initial, **kwargs)
        self.unsaved = unsaved
        self.tokens = {name: str(value) for name, value in tokens.items()}
        self.can_be_unchanged = last is None or (last.state or State.NOT_STARTED).is_open
        self.theirs: FollowUp | None = None  # what somebody saved in between, once that is known
        self.is_settled = False
        if self.says_unchanged:
            self.fields["state"].required = False
        self._ask_since(last)

    def _said(self, last: FollowUp | None) -> dict[str, Any]:
        """What stands in the form before anybody types."""
        return {"state": last.state if last else None} | {name: getattr(last, name, "") for name in STANDS}

    def _ask_since(self, last: FollowUp | None) -> None:
        if last:
            self.fields["what_happened"].label = f"Vad har hänt sedan {in_words(last.refers_on)}?"

    @property
    def author(self) -> str:
        """Proves whom the form was made for, should what is typed in it come back in another way than by its button."""
        return proof(self.user, self.activity, self.said)

    @property
    def says_unchanged(self) -> bool:
        """*Inget nytt, läget är oförändrat* was pressed."""
        return self.is_bound and "unchanged" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.says_unchanged:
            self._refuse_news(cleaned)
        elif state := cleaned.get("state"):
            self._demand_what_the_state_needs(State(state))
        self._tell_once_what_cannot_be_read()
        return cleaned

    def _tell_once_what_cannot_be_read(self) -> None:
        """The hidden fields are nobody's fault at the keyboard: one sentence, and the next save can go through."""
        unreadable = [name for name in self.tokens if name in self.errors]
        for name in unreadable:
            del self.errors[name]
        if unreadable:
            self.add_error(None, UNREADABLE)
            self.refresh()

    def _refuse_news(self, cleaned: dict[str, Any]) -> None:
        """Nobody loses what they wrote by pressing the wrong button."""
        has_new_need = "needed" in cleaned and cleaned["needed"] != self.said["needed"]
        if (
            cleaned.get("what_happened")
            or has_new_need
            or cleaned.get("milestones")
            or cleaned.get("actual") is not None
        ):
            self.add_error(
                None,
                "Du har skrivit något nytt. Spara uppföljningen, eller töm fälten om läget är oförändrat.",
            )
        elif cleaned.get("state") and self.said["state"] and cleaned["state"] != self.said["state"]:
            self.add_error(None, "Du har valt ett annat läge än förra gången. Spara uppföljningen i stället.")

    def save(self, *, by: User, at: datetime) -> FollowUp | None:
        """Saves the answer once; None, with the reason among the errors and every word kept, when that cannot be done."""
        if not self.is_valid():
            return None
        try:
            return self._record(by=by, at=at)
        except Stale as stale:
            self._tell(stale, at=at)
        except ValidationError as error:
            self.add_error(None, error)
        self.refresh()
        return None

    def _record(self, *, by: User, at: datetime) -> FollowUp:
        if self.says_unchanged:
            return record_unchanged(activity=self.activity, by=by, at=at, **self._carried())
        return record_follow_up(activity=self.activity, by=by, at=at, **self._carried(), **self._answered())

    def _carried(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        seen = Seen(cleaned["version"], cleaned["newest_id"], cleaned["round_id"])
        return {"seen": seen, "submission_key": cleaned["submission_key"]}

    def _answered(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get("milestones", [])
        return {"answer": self.answer(), "milestones": [self.offered[pk] for pk in ticked]}

    def _tell(self, stale: Stale, *, at: datetime) -> None:
        """Says what has happened in between; what another has written shows beside what is being written."""
        match stale:
            case Settled():
                sentence, self.is_settled = SETTLED, True
            case RoundMoved():
                sentence = MOVED
            case Asked():
                sentence = ASKED
            case _:
                sentence = STALE_BY_SELF if stale.own else STALE
        self.add_error(None, sentence.format(what=stale))
        self.activity.refresh_from_db(fields=["version"])
        newest = newest_word(self.activity)
        if newest and newest.pk != self.cleaned_data["newest_id"] and not newest.is_withdrawal:
            self.theirs = newest
        period = Period.of(self.activity.agreement, clock.local(at).date())
        now = Seen(self.activity.version, newest.pk if newest else 0, period.round_id)
        self.tokens |= {name: str(value) for name, value in vars(now).items()}

    def refresh(self) -> None:
        """Carries what stands now, so that the next save can go through."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined] # what a request posts is a QueryDict
        for name, value in self.tokens.items():
            data[self.add_prefix(name)] = value
        self.data = data
