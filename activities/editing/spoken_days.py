"""Which day a follow-up speaks of: the open round's or today, and which of them its form begins with."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from activities.models import Activity, Contribution, FollowUp, Round
from activities.periods import Period
from activities.querysets import as_planned, due_in, earlier
from activities.states import Voice
from samverkan.lib.dates import in_words
from samverkan.lib.editing.stale import Stale


class DayGone(Stale):
    """The follow-up cannot speak of the day that its form showed. Nobody has saved."""


@dataclass(frozen=True)
class SpokenDays:
    """The days that a party can speak of when it follows up an activity today.

    `round` is the open round when it asks about the activity, see `due_in`: both had agreed to it and, by the plan
    of the round's day, it was due to have started, and a contributor had its part in it. None when no round asks; then
    only today can be chosen, so that nobody speaks of a day before both had said yes. `is_answered` when the party has
    answered in the round.
    """

    today: date
    round: Round | None
    is_answered: bool

    @classmethod
    def of(cls, period: Period, *, is_asked: bool, is_answered: bool) -> "SpokenDays":
        """`is_asked` as `due_in` says of the open round."""
        return cls(period.day, period.round if is_asked else None, is_asked and is_answered)

    @classmethod
    def now(
        cls, activity: Activity, period: Period, *, party: int, voice: Voice = Voice.RESPONSIBLE
    ) -> "SpokenDays":
        """Looks up whether the open round asks and the party has answered. One query while a round is open."""
        if period.round is None:
            return cls.of(period, is_asked=False, is_answered=False)
        said = FollowUp.objects.counting().filter(activity=OuterRef("pk"), round=period.round, voice=voice)
        said = said if voice == Voice.RESPONSIBLE else said.filter(party=party)
        asked = Activity.objects.filter(Q(pk__in=due_in(period.round, period.day)), pk=activity.pk)
        if voice == Voice.CONTRIBUTOR:
            own = Contribution.objects.filter(activity=OuterRef("pk"), party=party)
            day = period.round.speaks_of(period.day)
            asked = asked.filter(Exists(as_planned(own, earlier(day, period.day))))
        answered = asked.annotate(is_answered=Exists(said)).values_list("is_answered", flat=True).first()
        return cls.of(period, is_asked=answered is not None, is_answered=bool(answered))

    @property
    def round_day(self) -> date | None:
        """The day of an answer in the round: the round's, or today while that is still to come."""
        return self.round.speaks_of(self.today) if self.round else None

    @property
    def days(self) -> tuple[date, ...]:
        """The days to choose between, today last."""
        return tuple(dict.fromkeys((self.round_day or self.today, self.today)))

    @property
    def preselected(self) -> date:
        """The round's day for the party's first answer in it, otherwise today."""
        return self.today if self.is_answered else self.days[0]

    def chosen(self, sent: str) -> date:
        """The day that was sent, as `2024-08-31`, or else the preselected one.

        Today for an unsaved answer about an earlier today, which is later than the day of the round.
        """
        found = next((day for day in self.days if day.isoformat() == sent), None)
        if found is None and self.round_day and sent > self.round_day.isoformat():
            return self.today
        return found or self.preselected

    def place(self, day: date) -> dict[str, object]:
        """The fields of a follow-up of the day: `refers_on`, and `round`, which it answers; None beside the round.

        Raises DayGone for a day that cannot be chosen: the form is from another day, or the round has changed.
        """
        if day not in self.days:
            raise DayGone(self._why_gone(day))
        return {"refers_on": day, "round": self.round if day == self.round_day else None}

    def in_words(self, day: date) -> str:
        """`i dag, den 30 september 2024`, or `den 31 augusti 2024`."""
        return f"{'i dag, ' if day == self.today else ''}den {in_words(day)}"

    def _why_gone(self, day: date) -> str:
        if day > self.today:
            return f"Svaret kan inte gälla {in_words(day)}, som inte har varit än."
        return (
            f"Formuläret visade läget den {in_words(day)}, och svaret kan inte gälla den dagen längre. "
            f"Nu gäller det läget {self.in_words(self.today)}."
        )
