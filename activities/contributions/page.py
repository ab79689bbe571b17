"""What does a contributing party see of its own part?"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from activities import policies
from activities.contributions.forms import DoneForm, PartForm
from activities.models import Activity, Contribution
from activities.states import State
from parties.models import User

TELLING = "gjort"  # the name of the button that says what has been done


@dataclass(frozen=True)
class Part:
    """A contributing party's part in an activity; `prompt` says what the viewer may do about it, empty when nothing."""

    activity: Activity
    contribution: Contribution
    prompt: str
    is_own: bool

    @classmethod
    def of(cls, activity: Activity, contribution: Contribution, user: User) -> "Part":
        is_own = policies.speaks_for(user, contribution.party_id)
        return cls(activity, contribution, _prompt(activity, contribution, user), is_own)

    @property
    def has_ended(self) -> bool:
        """Done or cancelled: nobody is asked to confirm any more. Needs the activity's `state`."""
        return self.activity.is_agreed and not State(self.activity.state).is_open

    @property
    def is_asked_for(self) -> bool:
        """Whether *Mitt arbete* says the prompt: the party's own people are asked, while it goes on."""
        return bool(self.prompt) and self.is_own and not self.has_ended

    @property
    def address(self) -> str:
        activity = self.activity
        return reverse(
            "contribution", args=[activity.agreement.slug, activity.number, self.contribution.party.slug]
        )


def _prompt(activity: Activity, contribution: Contribution, user: User) -> str:
    if not policies.can_write_contribution(user, activity, contribution.party_id):
        return ""
    if not policies.speaks_for(user, contribution.party_id):
        return f"Skriv åt {contribution.party.short_name}"
    if not contribution.confirmed_on:
        return "Bekräfta er medverkan"
    if policies.can_tell_of_contribution(user, activity, contribution.party_id):
        return "Berätta vad ni har gjort"
    return "Ändra vad ni gör"


class ContributionPage:
    """The two forms: what the party does, and once the activity is agreed what it has done."""

    def __init__(self, contribution: Contribution, user: User, data: Any = None) -> None:
        self.contribution, self.activity = contribution, contribution.activity
        can_tell = policies.can_tell_of_contribution(user, self.activity, contribution.party_id)
        self.is_telling = can_tell and data is not None and TELLING in data
        self.part = PartForm(None if self.is_telling else data, contribution=contribution, user=user)
        done = DoneForm(data if self.is_telling else None, contribution=contribution, user=user)
        self.done = done if can_tell else None

    @property
    def sent(self) -> PartForm | DoneForm | None:
        """The form that was sent, whose faults stand at the top."""
        return next((form for form in (self.part, self.done) if form and form.is_bound), None)

    @property
    def tells_first(self) -> bool:
        """What has been done is the question once the party has confirmed its part."""
        return self.done is not None and self.contribution.confirmed_on is not None
