"""The content of a contributing party's page, and of the parts listed on other pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from activities import policies
from activities.contributions.forms import DoneForm, PartForm
from activities.models import Activity, Contribution
from activities.states import State
from parties.models import User

DONE = "gjort"  # the name of the button in the form for what has been done


@dataclass(frozen=True)
class Part:
    """A contributing party's part. `prompt` is the text of the link for what the user may do; empty when nothing.

    `is_own` when the user speaks for the party.
    """

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
        """Done or cancelled. Needs the activity's `state`."""
        return self.activity.is_agreed and not State(self.activity.state).is_open

    @property
    def is_asked_for(self) -> bool:
        """Whether *Mitt arbete* shows the prompt: to the party's own people, until the activity has ended."""
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
    if policies.can_follow_up_contribution(user, activity, contribution.party_id):
        return "Berätta vad ni har gjort"
    return "Ändra vad ni gör"


class ContributionPage:
    """The two forms: `part` for what the party does, and `done` for what it has done, None until the activity is agreed."""

    def __init__(self, contribution: Contribution, user: User, data: Any = None) -> None:
        self.contribution, self.activity = contribution, contribution.activity
        can_follow_up = policies.can_follow_up_contribution(user, self.activity, contribution.party_id)
        self.is_done_form = can_follow_up and data is not None and DONE in data
        self.part = PartForm(None if self.is_done_form else data, contribution=contribution, user=user)
        done = DoneForm(data if self.is_done_form else None, contribution=contribution, user=user)
        self.done = done if can_follow_up else None

    @property
    def sent(self) -> PartForm | DoneForm | None:
        """The form that was sent, whose errors the page lists at the top; None for a GET."""
        return next((form for form in (self.part, self.done) if form and form.is_bound), None)

    @property
    def shows_done_first(self) -> bool:
        """Whether `done` comes first: once the party has confirmed its part."""
        return self.done is not None and self.contribution.confirmed_on is not None
