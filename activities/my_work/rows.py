"""The activities that the user's party leads, and which of them wait today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from activities.asked import with_mine
from activities.editing.seen import Seen
from activities.editing.spoken_days import SpokenDays
from activities.models import Activity, FollowUp, Round
from activities.my_work.tasks import adopted, led
from activities.periods import Period, open_rounds
from activities.querysets import due_in, met_in, overdue_on
from activities.states import State
from activities.waiting import asked_about, waiting_in
from parties.models import Deputy, User
from priorities.models import Agreement
from samverkan.lib.db import whether


class WorkRow(NamedTuple):
    """An activity's key and what decides which list it is in.

    `is_mine`: the user is asked about it, also as a deputy. `waits` for a follow-up or an answer, `is_asked` when a question
    waits, `is_answered` in the open round. `round_asks`: the open round asks about it.
    """

    pk: int
    is_mine: bool
    waits: bool
    is_asked: bool
    is_answered: bool
    round_asks: bool


@dataclass(frozen=True)
class Led:
    """The party's agreed activities in adopted agreements, worst first, and the open `rounds`. All that a save needs."""

    rounds: list[Round]
    deputies: list[Deputy]
    rows: list[WorkRow]
    today: date

    @classmethod
    def by(cls, user: User, agreements: list[Agreement], *, today: date) -> "Led":
        """Three queries, however many activities and agreements."""
        rounds = open_rounds(adopted(agreements), today)
        deputies = list(Deputy.objects.stood_in_for(user.pk, today).select_related("person"))
        return cls(rounds, deputies, _rows(user, agreements, rounds, today=today), today)

    @cached_property
    def waiting(self) -> list[WorkRow]:
        """What waits for the user, those with a question first."""
        return sorted(
            (row for row in self.rows if row.waits and row.is_mine), key=lambda row: not row.is_asked
        )

    @cached_property
    def elsewhere(self) -> list[WorkRow]:
        """What waits for others of the party."""
        return [row for row in self.rows if row.waits and not row.is_mine]

    def find(self, pk: str | None) -> WorkRow | None:
        """The row with the key, without a key the first that waits for the user; None when there is none."""
        if pk is None:
            return next(iter(self.waiting), None)
        return next((row for row in self.rows if str(row.pk) == pk), None)

    def activities(self, rows: Iterable[WorkRow]) -> dict[int, Activity]:
        """The activities of the rows, by key, with what a card or a line shows. One query."""
        asked = {row.pk: row.is_asked for row in rows}
        visible = Activity.objects.filter(pk__in=asked)  # the rows came from `visible_to`
        found = visible.as_of(self.today).with_newest_days(self.today)
        found = found.annotate(is_overdue=whether(overdue_on(self.today)))  # type: ignore[no-redef] # the model names it
        shown = {activity.pk: activity for activity in found.select_related("agreement", "lead")}
        for activity in shown.values():
            activity.state = State(activity.state)
            activity.has_question = asked[activity.pk]
        return shown

    def open(self, activity: Activity) -> "Opened":
        """Fetches the activity's follow-ups. One query. Needs the activity from `activities`."""
        follow_ups = list(activity.follow_ups.for_log().with_questions())
        round = next((each for each in self.rounds if each.agreement_id == activity.agreement_id), None)
        row = next(each for each in self.rows if each.pk == activity.pk)
        period = Period(round, self.today)
        days = SpokenDays.of(period, is_asked=row.round_asks, is_answered=row.is_answered)
        return Opened(activity, follow_ups, days, round.pk if round else 0)


@dataclass(frozen=True)
class Opened:
    """The activity whose form is open, its follow-ups as for the log, and the key of its open round or 0.

    `days` are those that a follow-up written now can speak of.
    """

    activity: Activity
    follow_ups: list[FollowUp]
    days: SpokenDays
    round_id: int

    @property
    def asked_about(self) -> FollowUp | None:
        """The follow-up whose question waits for an answer; None without a question."""
        if not self.activity.has_question:
            return None
        in_round = (each for each in self.follow_ups if each.counts and each.round_id == self.round_id)
        return next((each for each in in_round if each.is_asked_about), None)

    @property
    def seen(self) -> Seen:
        """What a form opened now carries, to refuse a stale save."""
        last = max(self.follow_ups, key=lambda each: (each.saved_at, each.pk), default=None)
        return Seen(self.activity.version, last.pk if last else 0, self.round_id)


def _rows(user: User, agreements: list[Agreement], rounds: list[Round], *, today: date) -> list[WorkRow]:
    """One row for each activity that the party leads. One query."""
    answered = reduce(or_, (Q(pk__in=met_in(round, today)) for round in rounds), Q(pk__in=[]))
    asked = reduce(or_, (Q(pk__in=due_in(round, today)) for round in rounds), Q(pk__in=[]))
    rows = with_mine(led(user, agreements, today=today), user, today)
    marked = rows.annotate(  # type: ignore[no-redef] # the model names `round_asks`
        waits=whether(waiting_in(rounds, today)),
        is_asked=whether(Q(pk__in=asked_about(rounds))),
        is_answered=whether(answered),
        round_asks=whether(asked),
    )
    return list(map(WorkRow._make, marked.worst_first().values_list(*WorkRow._fields)))
