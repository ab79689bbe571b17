"""The content of a contributing party's page, and of the parts listed on other pages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from activities import policies
from activities.asked import is_asking
from activities.contributions.forms import DeclineForm, DoneForm, PartForm
from activities.history.answers import earlier_no
from activities.models import Activity, Contribution
from activities.states import State
from parties.models import User

DONE = "gjort"  # the name of the button in the form for what has been done
DECLINED = "nej"  # and of the one that declines
ASKED_AGAIN = "fraga"  # and of the coordinator's *Fråga igen*


@dataclass(frozen=True)
class Part:
    """A contributing party's part. `prompt` is the text of the link for what the user may do; empty when nothing.

    `is_own` when the user speaks for the party; `sees_reason` when they may read why it declined.
    """

    activity: Activity
    contribution: Contribution
    prompt: str
    is_own: bool
    sees_reason: bool

    @classmethod
    def of(cls, activity: Activity, contribution: Contribution, user: User) -> "Part":
        is_own = policies.speaks_for(user, contribution.party_id)
        sees_reason = is_own or policies.can_plan_for(user, activity.lead_id)
        return cls(activity, contribution, _prompt(activity, contribution, user), is_own, sees_reason)

    @property
    def has_ended(self) -> bool:
        """Done or cancelled. Needs the activity's `state`."""
        return self.activity.is_agreed and not State(self.activity.state).is_open

    @property
    def is_asked_for(self) -> bool:
        """Whether *Mitt arbete* shows the prompt: to the party's own people, until the activity has ended."""
        return bool(self.prompt) and self.is_own and not self.has_ended

    @property
    def waits_for_answer(self) -> bool:
        """Whether it counts among what waits for the user, as `asked_to_contribute` and the menu say."""
        return self.is_asked_for and self.contribution.is_unanswered and is_asking(self.activity)

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
        name = contribution.party.short_name
        asks_again = contribution.declined_on and is_asking(activity)
        return f"Fråga {name} igen" if asks_again else f"Skriv åt {name}"
    if contribution.declined_on:
        return "Ändra ert svar"
    if not contribution.confirmed_on:
        return "Bekräfta er medverkan"
    if policies.can_follow_up_contribution(user, activity, contribution.party_id):
        return "Berätta vad ni har gjort"
    return "Ändra vad ni gör"


class ContributionPage:
    """The forms: `part` for what the party does, `decline` for its no, and `done` for what it has done.

    `done` is None until the activity is agreed, and while the party has declined unless it was sent; `decline` is None for
    others than the party's own people, and once they have declined. `data` is what was sent. Needs the activity's `state`.
    """

    def __init__(self, contribution: Contribution, user: User, data: Any = None, *, today: date) -> None:
        self.contribution, self.activity = contribution, contribution.activity
        has_declined = contribution.declined_on is not None
        can_follow_up = policies.can_follow_up_contribution(user, self.activity, contribution.party_id)
        sent_by = next((name for name in (DONE, DECLINED) if data is not None and name in data), "")
        self.is_done_form = can_follow_up and sent_by == DONE
        self.is_declined = sent_by == DECLINED and policies.speaks_for(user, contribution.party_id)
        is_part = not self.is_done_form and not self.is_declined
        self.part = PartForm(data if is_part else None, contribution=contribution, user=user)
        sent = data if self.is_done_form else None
        done = DoneForm(sent, contribution=contribution, user=user, today=today)
        # What is typed while a colleague declines is saved too: what has been done was done.
        self.done = done if can_follow_up and (self.is_done_form or not has_declined) else None
        decline = DeclineForm(
            data if self.is_declined else None, contribution=contribution, user=user, seen=self.part.newest
        )
        self.decline = decline if self.part.is_own and (self.is_declined or not has_declined) else None
        self.earlier_no = earlier_no(contribution)
        self.may_ask_again = has_declined and user.is_coordinator and is_asking(self.activity)

    def save(self, *, at: datetime) -> str:
        """Saves the form that was sent. The receipt; empty, with the reasons among its errors, when it cannot be saved."""
        form = self.decline if self.is_declined else self.part
        return form.receipt if form and form.save(at=at) else ""

    @property
    def sent(self) -> PartForm | DoneForm | DeclineForm | None:
        """The form that was sent, whose errors the page lists at the top; None for a GET."""
        return next((form for form in (self.part, self.done, self.decline) if form and form.is_bound), None)

    @property
    def shows_done_first(self) -> bool:
        """Whether `done` comes first: once the party has confirmed its part."""
        return self.done is not None and self.contribution.confirmed_on is not None
