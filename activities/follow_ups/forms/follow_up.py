"""The follow-up form: the answer, and what the editor saw, so that a stale save is refused."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from activities.editing.seen import Asked, RoundMoved, Seen, Settled, newest_follow_up
from activities.editing.spoken_days import DayGone, SpokenDays
from activities.follow_ups.actions import record_follow_up, record_unchanged
from activities.follow_ups.forms.answer import AnswerForm
from activities.follow_ups.forms.day import DayForm
from activities.follow_ups.unsaved import Restored, proof
from activities.models import Activity, FollowUp
from activities.periods import Period
from activities.states import State
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.editing.carrying import KEPT, STALE, STALE_BY_ANOTHER
from samverkan.lib.editing.stale import Stale
from samverkan.lib.number_fields import number_field

STALE_BY_SELF = (
    "Du har redan sparat en uppföljning sedan formuläret öppnades. {what} Det som står här är inte sparat. "
    "Spara igen om det också ska finnas med."
)
SETTLED = f"{{what}} {KEPT} Spara den som en ny uppföljning om den fortfarande stämmer."
ASKED = f"{{what}} {KEPT} Spara igen så blir den en rättelse som svarar på frågan."
# The new form starts with the last follow-up's values of these.
REPEATED = ("needed", "decision_by", "attainment")


class FollowUpForm(DayForm, AnswerForm):
    """*Hur går det?* After a stale save it shows the other follow-up in `theirs`."""

    save_label = ""  # the page has its own label
    stale, stale_by_self = STALE_BY_ANOTHER, STALE_BY_SELF
    saving_at: datetime

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
        days: SpokenDays | None,
        unsaved: Restored | None = None,
        **kwargs: Any,
    ) -> None:
        """`last` decides the state on the chosen day, None before the first. `unsaved` is put back into the fields."""
        self.last, self.days = last, days
        self.opened_with = self._opened_with(last)
        super().__init__(
            data,
            activity=activity,
            user=user,
            initial=self.opened_with | (unsaved.fields if unsaved else {}),
            carried=vars(seen) | {"submission_key": uuid4()},
            **kwargs,
        )
        self.unsaved = unsaved
        self.can_be_unchanged = last is None or (last.state or State.NOT_STARTED).is_open
        self.theirs: FollowUp | None = None  # what somebody saved in between, once that is known
        self.is_settled = False
        if self.is_unchanged:
            self.fields["state"].required = False
        self._ask_since(last)

    def _opened_with(self, last: FollowUp | None) -> dict[str, Any]:
        """The fields' values as the form is opened."""
        begins = {"refers_on": self.days.preselected.isoformat()} if self.days else {}
        repeated = {name: getattr(last, name, "") for name in REPEATED}
        return {"state": last.state if last else None} | repeated | begins

    def _ask_since(self, last: FollowUp | None) -> None:
        if last:
            number = number_field(self, "actual")
            number.saved, number.earlier = last.actual, "Senaste utfall"
            self.fields["what_happened"].label = f"Vad har hänt sedan {in_words(last.refers_on)}?"

    @property
    def author(self) -> str:
        """The signed proof of the form's author, so that unsaved text can be kept as theirs."""
        return proof(self.user, self.activity, self.opened_with)

    @property
    def is_unchanged(self) -> bool:
        """*Inget nytt, läget är oförändrat* was pressed."""
        return self.is_bound and "unchanged" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.is_unchanged:
            self._refuse_news(cleaned)
        elif state := cleaned.get("state"):
            self._demand_what_the_state_needs(State(state))
        return cleaned

    def _refuse_news(self, cleaned: dict[str, Any]) -> None:
        """Adds an error when *Inget nytt* was pressed although something was written or changed."""
        before = self.opened_with
        has_new_need = "needed" in cleaned and cleaned["needed"] != before["needed"]
        if cleaned.get("state") and before["state"] and cleaned["state"] != before["state"]:
            self.add_error(None, "Du har valt ett annat läge än förra gången. Spara uppföljningen i stället.")
        elif (
            cleaned.get("what_happened")
            or has_new_need
            or cleaned.get("milestones")
            or cleaned.get("actual") is not None
        ):
            self.add_error(
                None,
                "Du har skrivit något nytt. Spara uppföljningen, eller töm fälten om läget är oförändrat.",
            )

    def save(self, *, by: User, at: datetime) -> FollowUp | None:
        """The saved follow-up; None, with the reason among the errors and the text kept, when it cannot be saved."""
        self.saving_at = at
        return self.attempt(lambda: self._record(by=by, at=at)) if self.is_valid() else None

    def _record(self, *, by: User, at: datetime) -> FollowUp:
        if self.is_unchanged:
            return record_unchanged(
                activity=self.activity, by=by, at=at, **self._sent_back(), **self._spoken()
            )
        sent = self._sent_back() | self._spoken() | self._answered()
        return record_follow_up(activity=self.activity, by=by, at=at, **sent)

    def _sent_back(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        seen = Seen(cleaned["version"], cleaned["newest_id"], cleaned["round_id"])
        return {"seen": seen, "submission_key": cleaned["submission_key"]}

    def _spoken(self) -> dict[str, Any]:
        return {"spoken": self.cleaned_data.get("refers_on")}

    def _answered(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get("milestones", [])
        return {"answer": self.answer(), "milestones": [self.offered[pk] for pk in ticked]}

    def refuse(self, stale: Stale) -> None:
        """Shows what the other person saved beside the text, and carries the current values, so that the next save works."""
        self.is_settled = isinstance(stale, Settled)
        self.activity.refresh_from_db(fields=["version"])
        newest = newest_follow_up(self.activity)
        if newest and newest.pk != self.cleaned_data["newest_id"] and not newest.is_withdrawal:
            self.theirs = newest
        period = Period.of(self.activity.agreement, clock.local(self.saving_at).date())
        now = Seen(self.activity.version, newest.pk if newest else 0, period.round_id)
        self.carried |= vars(now)
        super().refuse(stale)
        if self.days or self.is_settled:
            self.look_again(SpokenDays.now(self.activity, period, party=self.activity.lead_id), stale)

    def why_stale(self, stale: Stale) -> str:
        match stale:
            case Settled():
                return SETTLED.format(what=stale)
            case RoundMoved() | DayGone():
                return STALE.format(what=stale)
            case Asked():
                return ASKED.format(what=stale)
        return super().why_stale(stale)
