"""What waits for me, and then for my party?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from activities.contributions.page import Part
from activities.models import Activity, Contribution, FollowUp, Question, Round
from activities.my_work.tasks import adopted, led, preparing, tasks, unarchived
from activities.periods import open_rounds
from activities.waiting import waiting_in
from parties.models import Deputy, Party, User
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.db import keys_of, whether
from samverkan.lib.numbers import counted

FIRST = 4  # contributions that stand in sight
MOST_TASKS = 20  # cards; the next ones come as these are saved
MOST_QUIET = 10  # rows of each sort; the rest is a list away


class WorkRow(NamedTuple):
    """What decides where an activity stands."""

    pk: int
    is_mine: bool
    waits: bool
    is_asked: bool
    is_answered: bool


@dataclass(frozen=True)
class OwnWork:
    """All that *Mitt arbete* shows. The party's agreed activities in adopted agreements, each in one of the lists.

    Those that are many show in part: `rows` are all of them. Before them the `proposals` that wait for the user's side.
    """

    party: Party | None
    rounds: list[Round]
    next_round: Round | None
    rows: list[WorkRow]
    activities: dict[int, Activity]
    proposals: list[Activity]
    contributions: list[Part]
    deputies: list[Deputy]
    silent_elsewhere: int
    today: date

    # --- What waits ----------------------------------------------------------------------------------------------
    @property
    def mine(self) -> list[Activity]:
        return self._shown(row for row in self.waiting[:MOST_TASKS] if row.is_mine)

    @property
    def partys(self) -> list[Activity]:
        return self._shown(row for row in self.waiting[:MOST_TASKS] if not row.is_mine)

    @property
    def waiting(self) -> list[WorkRow]:
        """Mine first, and in each part what has come back with a question before the rest."""
        found = [row for row in self.rows if row.waits]
        return sorted(found, key=lambda row: (not row.is_mine, not row.is_asked))

    @property
    def tasks(self) -> list[Activity]:
        """The cards."""
        return [*self.mine, *self.partys]

    @property
    def waiting_unseen(self) -> int:
        return max(len(self.waiting) - MOST_TASKS, 0)

    @property
    def waiting_count(self) -> int:
        """All that waits, proposals too: the menu says the same."""
        return len(self.waiting) + len(self.proposals)

    @property
    def headline(self) -> str:
        """The answer in one line: `2 aktiviteter väntar på Huge`."""
        if not self.waiting and self.proposals:
            return f"{counted(len(self.proposals), 'förslag', 'förslag')} väntar på svar"
        if self.waiting:
            waits = counted(self.waiting_count, "aktivitet väntar", "aktiviteter väntar")
            return f"{waits} på {self.party.short_name if self.party else 'din part'}"
        return (
            f"Allt är uppdaterat för {self.party.short_name}"
            if self.answered_rows and self.party
            else "Inget att följa upp just nu"
        )

    @property
    def deadlines(self) -> str:
        """`Delår per 31 augusti 2024: sista dagen är 13 september 2024, om 17 dagar.`, for each round that is open."""
        return " ".join(f"{round.label}: sista dagen {self._when_due(round)}." for round in self.rounds)

    def _when_due(self, round: Round) -> str:
        left = (round.due_on - self.today).days
        if left < 0:
            return f"var {in_words(round.due_on)}{', men du hinner fortfarande' if self.waiting else ''}"
        when = {0: "i dag", 1: "i morgon"}.get(left)
        return f"är {when}" if when else f"är {in_words(round.due_on)}, om {left} dagar"

    # --- What is quiet -------------------------------------------------------------------------------------------
    @property
    def answered_rows(self) -> list[WorkRow]:
        return [row for row in self.rows if row.is_answered and not row.waits]

    @property
    def other_rows(self) -> list[WorkRow]:
        return [row for row in self.rows if not row.is_answered and not row.waits]

    @property
    def answered(self) -> list[Activity]:
        return self._shown(self.answered_rows[:MOST_QUIET])

    @property
    def others(self) -> list[Activity]:
        return self._shown(self.other_rows[:MOST_QUIET])

    @property
    def first_contributions(self) -> list[Part]:
        """Those that ask for something stand in sight, and at least four."""
        asked = sum(
            part.is_asked_for and part.contribution.confirmed_on is None for part in self.contributions
        )
        return self.contributions[: max(asked, FIRST)]

    @property
    def other_contributions(self) -> list[Part]:
        return self.contributions[len(self.first_contributions) :]

    # --- The form ------------------------------------------------------------------------------------------------
    @property
    def save_label(self) -> str:
        return "Spara och gå till nästa" if len(self.waiting) > 1 else "Spara uppföljning"

    def find(self, pk: str | None) -> Activity | None:
        """The activity to open: the one asked for, or the first that waits; None when neither is there."""
        found = _asked_for(self.rows, self.waiting, pk)
        return self.activities[found.pk] if found else None

    def asked_about(self, activity: Activity) -> FollowUp | None:
        """The word that the coordinator has given back with a question; None without one."""
        is_asked = any(row.pk == activity.pk and row.is_asked for row in self.rows)
        return activity.newest if is_asked else None

    def round_of(self, activity: Activity) -> int:
        """The open round that it belongs to, as a form carries it."""
        return next((each.pk for each in self.rounds if each.agreement_id == activity.agreement_id), 0)

    # --- How far the open rounds have come -----------------------------------------------------------------------
    @property
    def steps(self) -> list[bool]:
        """One for each that is asked about: what has been said first. A word that has come back with a question stands."""
        return sorted((row.is_answered for row in self.rows if row.waits or row.is_answered), reverse=True)

    @property
    def progress(self) -> str:
        """`1 av 2 uppdaterade, 1 fråga att svara på.`"""
        questions = sum(row.is_asked for row in self.rows)
        to_answer = f", {counted(questions, 'fråga', 'frågor')} att svara på" if questions else ""
        return f"{sum(self.steps)} av {len(self.steps)} uppdaterade{to_answer}."

    def _shown(self, rows: Iterable[WorkRow]) -> list[Activity]:
        return [self.activities[row.pk] for row in rows]


def gather(user: User, agreements: list[Agreement], *, today: date, asked_for: str | None = None) -> OwnWork:
    """A constant number of queries, however many activities and agreements. `asked_for` is opened, also far down."""
    in_force = adopted(agreements)
    rounds = open_rounds(in_force, today)
    deputies = list(Deputy.objects.in_force(today).filter(deputy=user).select_related("person"))
    rows = _rows(user, agreements, rounds, deputies, today=today)
    work = OwnWork(
        party=user.party,
        rounds=rounds,
        next_round=None if rounds else Round.objects.next_to_open(in_force, today),
        rows=rows,
        activities={},
        proposals=_proposals(user, agreements),
        contributions=_contributions(user, agreements, today),
        deputies=deputies,
        silent_elsewhere=_silent_elsewhere(user, rounds, today=today),
        today=today,
    )
    opened = _asked_for(rows, work.waiting, asked_for)
    shown = {
        *work.waiting[:MOST_TASKS],
        *work.answered_rows[:MOST_QUIET],
        *work.other_rows[:MOST_QUIET],
        *([opened] if opened else []),
    }
    work.activities.update(_shown(user, shown, today=today))
    return work


def count_waiting(user: User, agreements: list[Agreement], *, today: date) -> int:
    """How many activities wait for the user, for the menu. Two queries."""
    rounds = open_rounds(adopted(agreements), today)
    return tasks(user, agreements, rounds, today=today).count()


def _rows(
    user: User, agreements: list[Agreement], rounds: list[Round], deputies: list[Deputy], *, today: date
) -> list[WorkRow]:
    """All that the party leads, the worst first. One query, and little of each."""
    asked = Question.objects.open_in(rounds).values("follow_up__activity")
    answered = FollowUp.objects.states().filter(round__in=[each.pk for each in rounds]).values("activity")
    own = led(user, agreements, today=today).with_mine(user, also=[each.person_id for each in deputies])
    marked = own.annotate(
        waits=whether(waiting_in(rounds, today)),
        is_asked=whether(Q(pk__in=keys_of(asked))),
        is_answered=whether(Q(pk__in=keys_of(answered))),
    )
    return list(map(WorkRow._make, marked.worst_first().values_list(*WorkRow._fields)))


def _shown(user: User, shown: Iterable[WorkRow], *, today: date) -> dict[int, Activity]:
    """Those that stand on the page, with the word that counts and the question about it. Two queries."""
    asked = {row.pk: row.is_asked for row in shown}
    rows = Activity.objects.visible_to(user).filter(pk__in=asked).as_of(today)
    rows = (
        rows.with_flags(today=today, round=None)
        .with_last_follow_up()
        .with_newest(today)
        .with_newest_on(today)
    )
    found = {activity.pk: activity for activity in rows.select_related("agreement", "lead")}
    for activity in found.values():
        activity.has_question = asked[activity.pk]
    return found


def _asked_for(rows: list[WorkRow], waiting: list[WorkRow], pk: str | None) -> WorkRow | None:
    if pk is None:
        return next(iter(waiting), None)
    return next((row for row in rows if str(row.pk) == pk), None)


def _silent_elsewhere(user: User, rounds: list[Round], *, today: date) -> int:
    """How many activities of other parties wait for their word: the coordinator's to know, 0 for others."""
    if not user.is_coordinator or not rounds:
        return 0
    everywhere = Activity.objects.visible_to(user).exclude(lead=user.party_id).as_of(today)
    return everywhere.filter(waiting_in(rounds, today)).count()


def _proposals(user: User, agreements: list[Agreement]) -> list[Activity]:
    rows = preparing(user, agreements).select_related("agreement", "lead")
    return list(rows.order_by("agreement", "number"))


def _contributions(user: User, agreements: list[Agreement], today: date) -> list[Part]:
    """Where the party contributes: first what it has not confirmed, then what goes on, then what has ended. One query."""
    if user.party is None:
        return []
    rows = Activity.objects.visible_to(user).filter(agreement__in=unarchived(agreements))
    found = (
        rows.contributed_by(user.party).as_of(today).select_related("agreement", "lead").order_by("number")
    )
    own = {
        each: Contribution(activity=each, party=user.party, confirmed_on=each.confirmed_on) for each in found
    }
    parts = [Part.of(each, part, user) for each, part in own.items()]
    return sorted(parts, key=lambda part: (part.has_ended, part.contribution.confirmed_on is not None))
