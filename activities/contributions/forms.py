"""The forms for what a contributing party will do, and what it has done."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms

from activities import policies
from activities.contributions.actions import (
    decline_contribution,
    newest_record,
    record_contribution,
    why_stale,
    write_contribution,
)
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.forms.day import DayForm
from activities.models import Contribution, FollowUp
from activities.periods import Period
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.forms import TextsField


class PartForm(SideBySideForm):
    """*Vad gör ni i aktiviteten?* Saving it as the party confirms the part; saving it as the coordinator does not."""

    what = TextsField(label="Vad gör ni i aktiviteten?")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    counter = "seen"

    def __init__(self, data: Any = None, *, contribution: Contribution, user: User) -> None:
        """One query, for the newest record in the history."""
        self.newest = newest_record(contribution)
        super().__init__(
            data,
            initial={"what": contribution.what},
            carried={"seen": self.newest.history_id if self.newest else 0},
            auto_id="del_%s",
        )
        self.contribution, self.user = contribution, user
        self.is_own = policies.speaks_for(user, contribution.party_id)
        name, what = contribution.party.short_name, self.fields["what"]
        if not self.is_own:
            what.label = f"Vad gör {name} i aktiviteten?"
            what.help_text = (
                f"{name} har tackat nej. Ändrar du texten står nejet kvar tills {name} själv säger ja."
                if contribution.declined_on
                else f"{name} bekräftar det själv. Ändrar du det som är bekräftat får {name} ta ställning igen."
            )
        what.error_messages["required"] = f"Skriv vad {'ni' if self.is_own else name} gör i aktiviteten."

    @property
    def button(self) -> str:
        if not self.is_own:
            return f"Spara åt {self.contribution.party.short_name}"
        return "Spara" if self.contribution.confirmed_on else "Bekräfta vår medverkan"

    @property
    def receipt(self) -> str:
        """The sentence after saving, with what happens next."""
        name = self.contribution.party.short_name
        if not self.is_own and self.contribution.declined_on:
            return f"Texten är sparad. {name} har tackat nej och tillfrågas inte igen av att du ändrar den."
        if not self.is_own:
            return f"Det som {name} gör är sparat. {name} ser det på Mitt arbete och bekräftar det själv."
        if self.contribution.confirmed_on:
            return "Det ni gör i aktiviteten är sparat och bekräftat."
        if self.contribution.activity.is_agreed:
            return "Er medverkan är bekräftad. När ni har gjort något kan ni berätta om det här."
        return "Er medverkan är bekräftad. När aktiviteten är beslutad kan ni berätta här vad ni har gjort."

    def savers(self, missed: int) -> Savers:
        return Savers.of(self.contribution.past, missed)

    def what_was_saved(self) -> Stale:
        return why_stale(self.contribution, self.newest)

    def save(self, *, at: datetime) -> bool:
        """False, with the reason among the errors and the text kept, when it cannot be saved."""
        if not self.is_valid():
            return False
        written = {name: self.cleaned_data[name] for name in ("what", "seen")}
        self.attempt(
            lambda: write_contribution(contribution=self.contribution, by=self.user, at=at, **written)
        )
        return self.is_valid()


class DeclineForm(CarryingForm):
    """*Tacka nej*: the party will not contribute, and says why. Refused when somebody has saved since the page was opened."""

    decline_reason = TextsField(
        label="Varför kan ni inte medverka?",
        rows=3,
        help_text="Samordnaren och den ansvariga parten läser det.",
        error_messages={"required": "Skriv varför ni tackar nej."},
    )
    seen_record = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, contribution: Contribution, user: User, seen: Any) -> None:
        """`seen` is the newest record in the contribution's history."""
        carried = {"seen_record": seen.history_id if seen else 0}
        super().__init__(data, carried=carried, auto_id="nej_%s")
        self.contribution, self.user = contribution, user

    @property
    def receipt(self) -> str:
        lead = self.contribution.activity.lead.short_name
        return f"Ni har tackat nej. Samordnaren och {lead} får ett mejl med skälet."

    def save(self, *, at: datetime) -> Contribution | None:
        """None, with the reason among the errors and the text kept, when it cannot be saved."""
        if not self.is_valid():
            return None
        reason, seen = self.cleaned_data["decline_reason"], self.cleaned_data["seen_record"]
        return self.attempt(
            lambda: decline_contribution(
                contribution=self.contribution, by=self.user, at=at, reason=reason, seen=seen
            )
        )


class DoneForm(DayForm):
    """*Vad har ni gjort?* Saves a follow-up without a status."""

    what_happened = TextsField(
        label="Vad har ni gjort?",
        help_text="Två eller tre meningar räcker. Texten kan komma med i rapporten till kommunstyrelsen.",
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    saving_at: datetime
    it = "Det"

    def __init__(self, data: Any = None, *, contribution: Contribution, user: User, today: date) -> None:
        """Two queries, for the days that the follow-up can speak of."""
        super().__init__(data, carried={"submission_key": uuid4()}, auto_id="gjort_%s")
        self.contribution, self.user = contribution, user
        self.days = self._days(today)
        self.is_own = user.party_id == contribution.party_id
        name, field = contribution.party.short_name, self.fields["what_happened"]
        if not self.is_own:
            field.label = f"Vad har {name} gjort?"
        field.error_messages["required"] = f"Skriv vad {'ni' if self.is_own else name} har gjort."

    @property
    def button(self) -> str:
        return "Spara i loggen" if self.is_own else f"Spara i loggen åt {self.contribution.party.short_name}"

    @property
    def receipt(self) -> str:
        who = "ni" if self.is_own else self.contribution.party.short_name
        return f"Det {who} har gjort är sparat i loggen."

    def _days(self, today: date) -> SpokenDays:
        activity = self.contribution.activity
        return SpokenDays.now(
            activity,
            Period.of(activity.agreement, today),
            party=self.contribution.party_id,
            voice=FollowUp.Voice.CONTRIBUTOR,
        )

    def refuse(self, stale: Stale) -> None:
        super().refuse(stale)
        self.look_again(self._days(clock.local(self.saving_at).date()), stale)

    def save(self, *, at: datetime) -> FollowUp | None:
        """The follow-up; None, with the reason among the errors and the text kept, when it cannot be saved."""
        if not self.is_valid():
            return None
        self.saving_at = at
        activity = self.contribution.activity
        written = {name: self.cleaned_data[name] for name in ("what_happened", "submission_key")}
        written["spoken"] = self.cleaned_data["refers_on"]
        return self.attempt(
            lambda: record_contribution(
                activity=activity, contribution=self.contribution, by=self.user, at=at, **written
            )
        )
