"""The content of *Mitt arbete*: what waits for the user, then for their party.

It shows twenty cards and ten quiet rows of each kind. The next cards come as these are saved; the other rows are in
the list of activities.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.asked import asked_of
from activities.contributions.page import Part
from activities.models import Activity, Contribution, Question, Round
from activities.my_work.rows import Led, WorkRow
from activities.my_work.tasks import adopted, preparing, tasks, unarchived
from activities.periods import open_rounds
from activities.querysets import AGREED
from activities.waiting import waiting_in
from parties.models import Deputy, Party, User
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted

FIRST = 4  # contributions that are always shown
MOST_TASKS = 20  # cards; the next ones come as these are saved
MOST_QUIET = 10  # rows of each kind; a link leads to the rest


@dataclass(frozen=True)
class OwnWork:
    """Everything that *Mitt arbete* shows. Make it with `gather`.

    `led` has all the activities that the party leads; `activities` holds those shown, by key. `proposals` wait for the
    user's side. `late_questions` are those of rounds that have ended, which can still be answered; nothing else reminds of
    them, and they are not counted. `silent_elsewhere` counts what waits for other parties, for coordinators.
    """

    party: Party | None
    led: Led
    next_round: Round | None
    activities: dict[int, Activity]
    proposals: list[Activity]
    contributions: list[Part]
    late_questions: list[Question]
    silent_elsewhere: int

    @property
    def rounds(self) -> list[Round]:
        return self.led.rounds

    @property
    def deputies(self) -> list[Deputy]:
        return self.led.deputies

    # --- What waits ----------------------------------------------------------------------------------------------
    @property
    def mine(self) -> list[Activity]:
        return self._shown(self.waiting[:MOST_TASKS])

    @property
    def partys(self) -> list[Activity]:
        """What waits for others of the party. No form opens by itself for these."""
        return self._shown(self.led.elsewhere[:MOST_QUIET])

    @property
    def partys_unseen(self) -> int:
        return max(len(self.led.elsewhere) - MOST_QUIET, 0)

    @property
    def waiting(self) -> list[WorkRow]:
        return self.led.waiting

    @property
    def tasks(self) -> list[Activity]:
        return [*self.mine, *self.partys]

    @property
    def waiting_unseen(self) -> int:
        return max(len(self.waiting) - MOST_TASKS, 0)

    @property
    def waiting_count(self) -> int:
        """Everything that waits, including proposals and parts asked for; the menu shows the same number."""
        return len(self.waiting) + len(self.proposals) + len(self.parts_asked)

    @property
    def parts_asked(self) -> list[Part]:
        """The parts in others' activities that the user's party is asked for and has not answered."""
        return [part for part in self.contributions if part.waits_for_answer]

    @property
    def headline(self) -> str:
        """The answer in one line: `2 aktiviteter väntar på dig`."""
        if self.parts_asked and not self.waiting and not self.proposals:
            return f"{counted(len(self.parts_asked), 'fråga', 'frågor')} om medverkan väntar på svar"
        if not self.waiting and self.proposals and not self.parts_asked:
            return f"{counted(len(self.proposals), 'förslag', 'förslag')} väntar på svar"
        if self.waiting_count:
            return f"{counted(self.waiting_count, 'aktivitet väntar', 'aktiviteter väntar')} på dig"
        if self.late_questions:
            return f"{counted(len(self.late_questions), 'fråga', 'frågor')} väntar på svar"
        if self.led.elsewhere:
            return "Inget väntar på dig just nu"
        return (
            f"Allt är uppdaterat för {self.party.short_name}"
            if self.answered_rows and self.party
            else "Inget att följa upp just nu"
        )

    @property
    def deadlines(self) -> str:
        """`Delår per 31 augusti 2024: sista dagen är 13 september 2024, om 17 dagar.`, one sentence for each open round."""
        return " ".join(f"{round.label}: sista dagen {self._when_due(round)}." for round in self.rounds)

    def _when_due(self, round: Round) -> str:
        left = (round.due_on - self.led.today).days
        if left < 0:
            return f"var {in_words(round.due_on)}{', men du hinner fortfarande' if self.waiting else ''}"
        when = {0: "i dag", 1: "i morgon"}.get(left)
        return f"är {when}" if when else f"är {in_words(round.due_on)}, om {left} dagar"

    # --- What is quiet -------------------------------------------------------------------------------------------
    @property
    def answered_rows(self) -> list[WorkRow]:
        return [row for row in self.led.rows if row.is_answered and not row.waits]

    @property
    def other_rows(self) -> list[WorkRow]:
        return [row for row in self.led.rows if not row.is_answered and not row.waits]

    @property
    def answered(self) -> list[Activity]:
        return self._shown(self.answered_rows[:MOST_QUIET])

    @property
    def others(self) -> list[Activity]:
        return self._shown(self.other_rows[:MOST_QUIET])

    @property
    def first_contributions(self) -> list[Part]:
        """All that the party has neither confirmed nor declined, and at least four; not those that stand among what waits."""
        asked = sum(part.is_asked_for and part.contribution.is_unanswered for part in self._answered)
        return self._answered[: max(asked, FIRST)]

    @property
    def other_contributions(self) -> list[Part]:
        return self._answered[len(self.first_contributions) :]

    @property
    def _answered(self) -> list[Part]:
        return [part for part in self.contributions if not part.waits_for_answer]

    # --- The form ------------------------------------------------------------------------------------------------
    @property
    def save_label(self) -> str:
        return "Spara och gå till nästa" if len(self.waiting) > 1 else "Spara uppföljning"

    # --- How far the open rounds have come -----------------------------------------------------------------------
    @property
    def steps(self) -> list[bool]:
        """One for each activity that the open rounds ask about: True when answered, those first.

        A follow-up with a question counts as answered.
        """
        return sorted(
            (row.is_answered for row in self.led.rows if row.waits or row.is_answered), reverse=True
        )

    @property
    def progress(self) -> str:
        """`1 av 2 uppdaterade, 1 fråga att svara på.`"""
        questions = sum(row.is_asked for row in self.led.rows)
        to_answer = f", {counted(questions, 'fråga', 'frågor')} att svara på" if questions else ""
        return f"{sum(self.steps)} av {len(self.steps)} uppdaterade{to_answer}."

    def _shown(self, rows: Iterable[WorkRow]) -> list[Activity]:
        return [self.activities[row.pk] for row in rows]


def gather(user: User, agreements: list[Agreement], led: Led, *, opened: WorkRow | None = None) -> OwnWork:
    """A constant number of queries. Fetches the activity of `opened` even when it is not among those shown."""
    work = OwnWork(
        party=user.party,
        led=led,
        next_round=None if led.rounds else Round.objects.next_to_open(adopted(agreements), led.today),
        activities={},
        proposals=_proposals(user, agreements),
        contributions=_contributions(user, agreements, led.today),
        late_questions=_late_questions(user, agreements, led),
        silent_elsewhere=_silent_elsewhere(user, led.rounds, today=led.today),
    )
    shown = {
        *work.waiting[:MOST_TASKS],
        *led.elsewhere[:MOST_QUIET],
        *work.answered_rows[:MOST_QUIET],
        *work.other_rows[:MOST_QUIET],
        *([opened] if opened else []),
    }
    work.activities.update(led.activities(shown))
    return work


def count_waiting(user: User, agreements: list[Agreement], rounds: list[Round] | None, *, today: date) -> int:
    """The number of activities that wait for the user, for the menu. Two queries; one when `rounds`, the open ones, are given."""
    if rounds is None:
        rounds = open_rounds(adopted(agreements), today)
    return tasks(user, agreements, rounds, today=today).count()


def _silent_elsewhere(user: User, rounds: list[Round], *, today: date) -> int:
    """The number of activities that wait for other parties; 0 for users who are not coordinators."""
    if not user.is_coordinator or not rounds:
        return 0
    everywhere = Activity.objects.visible_to(user).exclude(lead=user.party_id).as_of(today)
    return everywhere.filter(waiting_in(rounds, today)).count()


def _proposals(user: User, agreements: list[Agreement]) -> list[Activity]:
    rows = preparing(user, agreements).select_related("agreement", "lead")
    return list(rows.order_by("agreement", "number"))


def _late_questions(user: User, agreements: list[Agreement], led: Led) -> list[Question]:
    """One query."""
    mine = Activity.objects.visible_to(user).filter(
        AGREED, asked_of(user, led.today), agreement__in=adopted(agreements)
    )
    unanswered = Question.objects.unanswered().filter(follow_up__activity__in=mine)
    late = unanswered.exclude(follow_up__round__in=led.rounds)
    return list(late.select_related("follow_up__activity__agreement", "follow_up__round", "asked_by"))


def _contributions(user: User, agreements: list[Agreement], today: date) -> list[Part]:
    """The party's contributions: ongoing ones first, unconfirmed before confirmed, then those that have ended. One query."""
    if user.party is None:
        return []
    rows = Activity.objects.visible_to(user).filter(agreement__in=unarchived(agreements))
    found = (
        rows.contributed_by(user.party).as_of(today).select_related("agreement", "lead").order_by("number")
    )
    own = {
        each: Contribution(
            activity=each, party=user.party, confirmed_on=each.confirmed_on, declined_on=each.declined_on
        )
        for each in found
    }
    parts = [Part.of(each, part, user) for each, part in own.items()]
    return sorted(parts, key=lambda part: (part.has_ended, part.contribution.confirmed_on is not None))
