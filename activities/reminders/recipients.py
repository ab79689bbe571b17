"""Who is to be told of what waits in the follow-up rounds?

For each activity those who report on it; without any who can be reached, all representatives of the responsible party.
Somebody's deputy is told instead of them. What reaches nobody is the coordinator's to solve.
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
    """One person to tell. The party's waiting activities as on *Mitt arbete*: their own (`mine`), then the others.

    `whose` are those whose work they are told of: their own and that of those they stand in for.
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
    """All who are to be told, by party and address. `work`: what waits for each whose work it is, by key."""

    rounds: list[Round]
    people: list[Recipient]
    waiting: list[Activity]
    unreached: list[Activity]
    work: dict[int, list[Activity]]
    questions: dict[int, Question]

    def rounds_of(self, whose: User) -> list[Round]:
        """Those in which something waits for the person."""
        asked = {activity.agreement_id for activity in self.work.get(whose.pk, [])}
        return [round for round in self.rounds if round.agreement_id in asked]

    def people_in(self, round: Round) -> list[Recipient]:
        """Those who have work of their own, or of somebody they stand in for, in the round."""
        return [each for each in self.people if any(round in self.rounds_of(whose) for whose in each.whose)]

    def question_about(self, activity: Activity) -> Question | None:
        return self.questions.get(activity.pk)


def gather(rounds: Iterable[Round], day: date) -> Recipients:
    """As it stands that day, in rounds of different agreements. Six queries, however many people."""
    asking = list(rounds)
    asked_back = Question.objects.open_in(asking).select_related("follow_up")
    questions = {question.follow_up.activity_id: question for question in asked_back}
    # In the order of *Mitt arbete*: what has come back with a question first.
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
    """The worst first."""
    agreed = Activity.objects.agreed().filter(agreement__in=[each.agreement_id for each in rounds])
    rows = agreed.as_of(day).filter(waiting_in(rounds, day)).select_related("agreement", "lead")
    return list(rows.with_newest_on(day).worst_first())


def _representatives(waiting: list[Activity]) -> dict[int, User]:
    """Those who can sign in and speak for a party that something waits for, by key."""
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
    """What waits for each, and what waits for nobody."""
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
    """Those whose work each is to be told of, in the order of `people`."""
    stands_in = _deputies(people, day)
    found: dict[int, list[User]] = defaultdict(list)
    for pk, person in people.items():
        if pk in work:
            found[_instead_of(pk, stands_in)].append(person)
    return {pk: found[pk] for pk in people if pk in found}


def _deputies(people: dict[int, User], day: date) -> dict[int, int]:
    """Who stands in for whom: only somebody who can be told, of the same party; the one whose period began last."""
    rows = Deputy.objects.in_force(day).filter(person__in=people).order_by("from_on", "pk")
    return {
        row.person_id: row.deputy_id
        for row in rows
        if row.deputy_id in people and people[row.deputy_id].party_id == people[row.person_id].party_id
    }


def _instead_of(pk: int, stands_in: dict[int, int]) -> int:
    """The deputy, or the deputy's own deputy; the person when they stand in for each other."""
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
