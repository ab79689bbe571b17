"""The day that a follow-up speaks of, said above its question, with today to choose instead of the round's."""

from dataclasses import dataclass
from datetime import date

from django import forms

from activities.editing.seen import RoundMoved, Settled
from activities.editing.spoken_days import SpokenDays
from activities.models import FollowUp
from samverkan.lib.dates import in_words
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.editing.stale import Stale

UNREADABLE = "Välj vilken dag svaret gäller."


@dataclass(frozen=True)
class DayChoice:
    """A day to choose, as its radio button's value and words."""

    value: str
    words: str
    is_chosen: bool


class DayForm(CarryingForm):
    """`days` are those that can be chosen; None when the form has no choice, as a correction, which keeps `kept_day`."""

    refers_on = forms.DateField(
        label="Svaret gäller läget",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.RadioSelect,
        error_messages={"invalid": UNREADABLE},
    )
    days: SpokenDays | None = None
    kept_day: date | None = None
    it = "Den"  # the pronoun of what the receipt speaks of

    def choose(self, day: date) -> None:
        """Puts the day into the sent data, so that it is the chosen one when the form is shown again."""
        data = self.data.copy()
        data[self.add_prefix("refers_on")] = day.isoformat()
        self.data = data

    @property
    def day_choices(self) -> list[DayChoice]:
        """The days with their words; the chosen one is as sent, or the one that the form begins with."""
        if self.days is None:
            return []
        chosen = self.days.chosen(str(self["refers_on"].value() or ""))
        return [DayChoice(day.isoformat(), self.days.in_words(day), day == chosen) for day in self.days.days]

    @property
    def day_in_words(self) -> str:
        """The only day that can be chosen, or the one that a correction keeps."""
        if self.days is None:
            return f"den {in_words(self.kept_day)}" if self.kept_day else ""
        return self.day_choices[0].words

    def look_again(self, days: SpokenDays, stale: Stale) -> None:
        """Shows the days of now after a refused save.

        Keeps the sent day if it can be chosen still. When the round has moved, the day that a new form begins with is
        chosen, as the message says; otherwise today, since only an earlier today can have passed.
        """
        self.days = days
        if isinstance(stale, RoundMoved) and not isinstance(stale, Settled):
            self.choose(days.preselected)
        elif (sent := self.cleaned_data.get("refers_on")) and sent not in days.days:
            self.choose(days.today)

    def said_about(self, saved: FollowUp) -> str:
        """The sentence of the receipt on which day the saved follow-up speaks of, and whether the round's is left."""
        if self.days is None or saved.refers_on != self.days.today:
            return f"{self.it} gäller läget den {in_words(saved.refers_on)}."
        left = self.days.round_day if not self.days.is_answered and saved.round_id is None else None
        about_round = f" Läget den {in_words(left)} är inte besvarat än." if left else ""
        return f"{self.it} gäller läget i dag.{about_round}"
