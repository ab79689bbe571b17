"""Who gets mail about what waits in the rounds.

For each activity: the people to ask about it (`activities/asked.py`). A deputy (`DeputyQuerySet.standing_in`) gets the mail
instead of the person and sees the work as their own; for the party's other people nothing changes. The coordinator sees
the activities that reach nobody.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from activities.asked import ASKING, people_asked
from activities.models import Activity, Question, Round
from activities.states import State
from activities.waiting import waiting_in
from parties.models import Deputy, User


@dataclass(frozen=True)
class Recipient:
    """One person to mail, with what waits for them as on *Mitt arbete* (`mine`), and for others of the party (`partys`).

    `whose`: the people whose work the mail is about, themselves and those they stand in for.
    """

    person: User
    whose: list[User]
    mine: list[Activity]
    partys: list[Activity]

    @property
    def stands_in_for(self) -> list[User]:
        return [person for person in self.whose if person != self.person]


@dataclass(frozen=True)
class Recipients:
    """Everybody to mail, by party and mail address. `work`: the waiting activities by the key of the person responsible.

    `questions`: the open question of each activity, by its key. `parts`: by party, the activities in which it has been asked
    for a part and has not answered; a letter mentions them, and nobody is mailed about them alone. `unreached`: the
    activities that nobody can be mailed about.
    """

    rounds: list[Round]
    people: list[Recipient]
    waiting: list[Activity]
    unreached: list[Activity]
    work: dict[int, list[Activity]]
    questions: dict[int, Question]
    parts: dict[int, list[Activity]]

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
    """The recipients on a day, for open rounds of different agreements. Six queries, however many people."""
    asking = list(rounds)
    asked_back = Question.objects.open_in(asking).select_related("follow_up")
    questions = {question.follow_up.activity_id: question for question in asked_back}
    # As on *Mitt arbete*: activities with a question first.
    waiting = sorted(_waiting(asking, day), key=lambda activity: activity.pk not in questions)
    asked = people_asked(waiting)
    people = {user.pk: user for each in waiting for user in asked[each.pk]}
    work: dict[int, list[Activity]] = defaultdict(list)
    for activity in waiting:
        for user in asked[activity.pk]:
            work[user.pk].append(activity)
    deputies = _deputies({activity.lead_id for activity in waiting}, day)
    stands_in = {person: deputy.pk for person, deputy in deputies.items()}
    mine = _mine(work, stands_in)
    return Recipients(
        rounds=asking,
        people=[
            _recipient(person, whose, waiting, mine[person.pk])
            for person, whose in _whose_work(people, deputies, stands_in)
        ],
        waiting=waiting,
        unreached=[activity for activity in waiting if not asked[activity.pk]],
        work=work,
        questions=questions,
        parts=_parts_asked(asking, people.values(), day),
    )


def _waiting(rounds: list[Round], day: date) -> list[Activity]:
    """The waiting activities, the worst first."""
    agreed = Activity.objects.agreed().filter(agreement__in=[each.agreement_id for each in rounds])
    rows = agreed.as_of(day).filter(waiting_in(rounds, day)).select_related("agreement", "lead")
    return list(rows.with_newest_on(day).worst_first())


def _parts_asked(rounds: list[Round], people: Iterable[User], day: date) -> dict[int, list[Activity]]:
    """By party of the people: the activities that wait for its answer about a part. One query."""
    agreements = [each.agreement_id for each in rounds]
    rows = Activity.objects.filter(
        agreement__in=agreements,
        preparation__in=ASKING,
        contributions__party__in={person.party_id for person in people},
        contributions__confirmed_on=None,
        contributions__declined_on=None,
    )
    found: dict[int, list[Activity]] = defaultdict(list)
    shown = rows.as_of(day).annotate(asked_party=F("contributions__party")).order_by("agreement", "number")
    for activity in shown:
        if State(activity.state).is_open:
            found[activity.asked_party].append(activity)
    return found


def _mine(work: dict[int, list[Activity]], stands_in: dict[int, int]) -> dict[int, set[int]]:
    """By person: the keys of the activities that are theirs on *Mitt arbete*, their own and those of whom they stand in for."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, theirs in work.items():
        for person in _those_who_see(pk, stands_in):
            found[person] |= {activity.pk for activity in theirs}
    return found


def _whose_work(
    asked: dict[int, User], deputies: dict[int, User], stands_in: dict[int, int]
) -> list[tuple[User, list[User]]]:
    """Each person to mail, with those whose work the mail is about. By party and mail address."""
    people = {deputy.pk: deputy for deputy in deputies.values()} | asked
    found: dict[int, list[User]] = defaultdict(list)
    for person in sorted(asked.values(), key=_by_party_and_address):
        found[_instead_of(person.pk, stands_in)].append(person)
    return [
        (person, found[person.pk])
        for person in sorted(people.values(), key=_by_party_and_address)
        if person.pk in found
    ]


def _by_party_and_address(person: User) -> tuple[int, str]:
    return person.party_id or 0, person.email


def _deputies(parties: set[int], day: date) -> dict[int, User]:
    """By person: the deputy."""
    rows = Deputy.objects.standing_in(day).filter(person__party__in=parties)
    return {row.person_id: row.deputy for row in rows.select_related("deputy__party")}


def _those_who_see(pk: int, stands_in: dict[int, int]) -> list[int]:
    """The person, their deputy, that deputy's deputy and so on, as `stood_in_for` says; each once."""
    found = [pk]
    while (following := stands_in.get(found[-1], pk)) not in found:
        found.append(following)
    return found


def _instead_of(pk: int, stands_in: dict[int, int]) -> int:
    """The last of those who see the person's work; the person when the deputies form a circle."""
    last = _those_who_see(pk, stands_in)[-1]
    return pk if last in stands_in else last


def _recipient(person: User, whose: list[User], waiting: list[Activity], keys: set[int]) -> Recipient:
    """`keys` are those of the activities that are the person's on *Mitt arbete*."""
    ours = [activity for activity in waiting if activity.lead_id == person.party_id]
    mine = [activity for activity in ours if activity.pk in keys]
    return Recipient(person, whose, mine, [activity for activity in ours if activity.pk not in keys])
