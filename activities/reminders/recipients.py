"""Who gets mail about what waits in the rounds.

For each activity: the people who report on it, or all representatives of the responsible party when none of those can be
reached. A deputy gets the mail instead of the person and sees the work as their own; for the party's other people nothing
changes. The coordinator sees the activities that reach nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from activities.models import Activity, Question, Round
from activities.waiting import waiting_in
from parties.models import Deputy, User
from parties.roles import Role


@dataclass(frozen=True)
class Recipient:
    """One person to mail, with the party's waiting activities as on *Mitt arbete*: their own (`mine`), then the others.

    `whose`: the people whose work the mail is about, themselves and those they stand in for.
    """

    person: User
    whose: list[User]
    mine: list[Activity]
    partys: list[Activity]

    @property
    def waiting(self) -> list[Activity]:
        return [*self.mine, *self.partys]

    @property
    def stands_in_for(self) -> list[User]:
        return [person for person in self.whose if person != self.person]


@dataclass(frozen=True)
class Recipients:
    """Everybody to mail, by party and mail address. `work`: the waiting activities by the key of the person responsible.

    `questions`: the open question of each activity, by its key. `unreached`: the activities that nobody can be mailed about.
    """

    rounds: list[Round]
    people: list[Recipient]
    waiting: list[Activity]
    unreached: list[Activity]
    work: dict[int, list[Activity]]
    questions: dict[int, Question]

    def rounds_of(self, whose: User) -> list[Round]:
        """The rounds in which something waits for the person."""
        asked = {activity.agreement_id for activity in self.work.get(whose.pk, [])}
        return [round for round in self.rounds if round.agreement_id in asked]

    def people_in(self, round: Round) -> list[Recipient]:
        """The recipients with something left in the round, their own or that of somebody they stand in for."""
        return [each for each in self.people if any(round in self.rounds_of(whose) for whose in each.whose)]

    def question_about(self, activity: Activity) -> Question | None:
        return self.questions.get(activity.pk)


def gather(rounds: Iterable[Round], day: date) -> Recipients:
    """The recipients on a day, for open rounds of different agreements. Five queries, however many people."""
    asking = list(rounds)
    asked_back = Question.objects.open_in(asking).select_related("follow_up")
    questions = {question.follow_up.activity_id: question for question in asked_back}
    # As on *Mitt arbete*: activities with a question first.
    waiting = sorted(_waiting(asking, day), key=lambda activity: activity.pk not in questions)
    people = _representatives(waiting)
    reporters = _reporters(waiting)
    work, unreached = _addressed(waiting, people, reporters)
    whose_by_person = _whose_work(work, people, day)
    return Recipients(
        rounds=asking,
        people=[_recipient(people[pk], whose, waiting, reporters) for pk, whose in whose_by_person.items()],
        waiting=waiting,
        unreached=unreached,
        work=work,
        questions=questions,
    )


def _waiting(rounds: list[Round], day: date) -> list[Activity]:
    """The waiting activities, the worst first."""
    agreed = Activity.objects.agreed().filter(agreement__in=[each.agreement_id for each in rounds])
    rows = agreed.as_of(day).filter(waiting_in(rounds, day)).select_related("agreement", "lead")
    return list(rows.with_newest_on(day).worst_first())


def _representatives(waiting: list[Activity]) -> dict[int, User]:
    """The active representatives of the parties that have something left, by key."""
    parties = {activity.lead_id for activity in waiting}
    rows = User.objects.filter(is_active=True, role=Role.REPRESENTATIVE, party__in=parties)
    return {user.pk: user for user in rows.select_related("party").order_by("party", "email")}


def _reporters(waiting: list[Activity]) -> dict[int, set[int]]:
    """The keys of those who report on each activity, by its key."""
    through = Activity.reporters.through.objects.filter(activity__in=[activity.pk for activity in waiting])
    found: dict[int, set[int]] = defaultdict(set)
    for activity_id, user_id in through.values_list("activity", "user"):
        found[activity_id].add(user_id)
    return found


def _addressed(
    waiting: list[Activity], people: dict[int, User], reporters: dict[int, set[int]]
) -> tuple[dict[int, list[Activity]], list[Activity]]:
    """The activities of each person, by key, and those that nobody can be mailed about."""
    speak_for: dict[int | None, set[int]] = defaultdict(set)
    for user in people.values():
        speak_for[user.party_id].add(user.pk)
    work: dict[int, list[Activity]] = defaultdict(list)
    unreached = []
    for activity in waiting:
        ours = speak_for[activity.lead_id]
        for pk in (reporters[activity.pk] & ours) or ours:
            work[pk].append(activity)
        if not ours:
            unreached.append(activity)
    return work, unreached


def _whose_work(work: dict[int, list[Activity]], people: dict[int, User], day: date) -> dict[int, list[User]]:
    """By the key of each person to mail: whose work the mail is about. In the order of `people`."""
    stands_in = _deputies(people, day)
    found: dict[int, list[User]] = defaultdict(list)
    for pk, person in people.items():
        if pk in work:
            found[_instead_of(pk, stands_in)].append(person)
    return {pk: found[pk] for pk in people if pk in found}


def _deputies(people: dict[int, User], day: date) -> dict[int, int]:
    """The deputy of each person, by key: a representative of the same party; of several the one whose period began last."""
    rows = Deputy.objects.in_force(day).filter(person__in=people).order_by("from_on", "pk")
    return {
        row.person_id: row.deputy_id
        for row in rows
        if row.deputy_id in people and people[row.deputy_id].party_id == people[row.person_id].party_id
    }


def _instead_of(pk: int, stands_in: dict[int, int]) -> int:
    """The person's deputy, or that deputy's deputy; the person when the deputies form a circle."""
    passed, last = {pk}, pk
    while last in stands_in:
        last = stands_in[last]
        if last in passed:
            return pk
        passed.add(last)
    return last


def _recipient(
    person: User, whose: list[User], waiting: list[Activity], reporters: dict[int, set[int]]
) -> Recipient:
    keys = {each.pk for each in (person, *whose)}
    ours = [activity for activity in waiting if activity.lead_id == person.party_id]
    mine = [activity for activity in ours if reporters[activity.pk] & keys]
    return Recipient(person, whose, mine, [activity for activity in ours if activity not in mine])
