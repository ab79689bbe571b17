"""Sends each mail once: a run stores it in the log as its own (`claim`), then sends it and stores the result.

The rounds' rows are locked while the log is written, so that two runs, or a run and a closing, take turns. A run takes over
a person's unsent mail instead of writing a second one. The result is stored after each mail: if the run dies, a later one
sends the rest. Only a run that dies between the server's answer and that row sends a mail twice.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from activities.models import Mail, MailReason, Round
from activities.periods import Rounds
from activities.reminders.due_mails import DueMail
from activities.reminders.ledger import Key, Reason, notified_in
from activities.reminders.letters import Letter
from activities.reminders.post import Down, Post
from parties.models import User
from samverkan.lib.db import insert_all


@dataclass(frozen=True)
class Reserved:
    """A mail that this run has claimed and will send."""

    mail: Mail
    person: User
    letter: Letter


@dataclass
class Sent:
    """The result of a run. `faults`: who did not get a mail, and why in Swedish."""

    people: list[User] = field(default_factory=list)
    faults: list[tuple[User, str]] = field(default_factory=list)

    def __add__(self, other: "Sent") -> "Sent":
        return Sent(self.people + other.people, self.faults + other.faults)


@transaction.atomic
def reserve(due_mails: Iterable[DueMail], *, at: datetime, day: date) -> list[Reserved]:
    """Claims the mails that no other run has. At most ten queries, however many people."""
    wanted = [due for due in due_mails if due.reasons or due.earlier]
    wanted.sort(key=lambda due: due.person.pk)  # two runs store their rows in one order
    rounds = _locked((reason.round for due in wanted for reason in due.reasons), day)
    notified, unsent = notified_in(rounds.values())
    earlier = _locked_mails(wanted, at)
    people = [due.person.pk for due in wanted]
    had_today = Mail.objects.filter(day=day, person__in=people).exclude(pk__in=earlier)
    busy = set(had_today.values_list("person", flat=True))

    fresh, again, needless = [], [], []
    for due in wanted:
        mine = [mail for mail in due.earlier if mail.pk in earlier]
        if due.letter is None or due.person.pk in busy:
            needless += mine
        elif len(mine) < len(due.earlier):
            continue  # another run has claimed it
        elif mine:
            again.append((due, mine[0]))
            needless += mine[1:]
        elif _still_hold(due, rounds, notified):
            fresh.append(due)

    claim = uuid4()
    made = _write(fresh, claim=claim, at=at, day=day)
    _take_over([mail for _, mail in again], needless, claim=claim, at=at, day=day)
    pairs = [(due, made[due.person.pk]) for due in fresh if due.person.pk in made] + again
    _write_reasons(
        [(mail, reason) for due, mail in pairs for reason in _still_hold(due, rounds, notified)], unsent
    )
    pairs.sort(key=lambda pair: (pair[1].tries, pair[1].pk))  # mails refused before come last
    return [Reserved(mail, due.person, due.letter) for due, mail in pairs if due.letter]


def deliver(reserved: Collection[Reserved], post: Post, *, at: datetime, reply_to: list[str]) -> Sent:
    """Sends each mail and stores the result. When the server is down the rest are left for a later run."""
    sent, left = Sent(), list(reserved)
    while left:
        one = left[0]
        try:
            fault = post.send(one.letter.message(one.person.email, reply_to=reply_to))
        except Down as down:
            rest = [each.mail.pk for each in left]
            Mail.objects.filter(pk__in=rest, claim=one.mail.claim).update(fault=str(down))
            sent.faults += [(each.person, str(down)) for each in left]
            break
        left.pop(0)
        Mail.objects.filter(pk=one.mail.pk, claim=one.mail.claim).update(
            subject=one.letter.subject,
            text=one.letter.text,
            html=one.letter.html,
            tries=F("tries") + 1,
            sent_at=None if fault else at,
            fault=fault,
        )
        if fault:
            sent.faults.append((one.person, fault))
        else:
            sent.people.append(one.person)
    return sent


def _locked(rounds: Iterable[Round], day: date) -> dict[int, Round]:
    """The open rounds of the same agreements by key, locked until the transaction ends.

    Locks all rounds that have opened, in the order of their keys, with the lock that a follow-up and a closing take; other
    rows can still refer to them.
    """
    agreements = {round.agreement_id for round in rounds}
    rows = Round.objects.select_for_update(of=("self",), no_key=True)
    opened = rows.filter(agreement__in=agreements, opens_on__lte=day).order_by("pk")
    found = (each.open_on(day) for each in Rounds.of_each(opened))
    return {round.pk: round for round in found if round}


def _locked_mails(due_mails: Iterable[DueMail], at: datetime) -> set[int]:
    """The keys of the earlier mails that no other run has taken over, locked."""
    pks = [mail.pk for due in due_mails for mail in due.earlier]
    rows = Mail.objects.to_be_tried_again(at).select_for_update(no_key=True).filter(pk__in=pks)
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _still_hold(due: DueMail, rounds: dict[int, Round], notified: set[Key]) -> list[Reason]:
    """The reasons that are still valid under the lock. `rounds` are the open ones."""
    return [
        reason
        for reason in due.reasons
        if reason.round.pk in rounds
        and (due.is_asked_for or not rounds[reason.round.pk].is_mail_paused)
        and not (reason.is_sent_once and reason.key in notified)
    ]


def _write(due_mails: list[DueMail], *, claim: UUID, at: datetime, day: date) -> dict[int, Mail]:
    """Stores the mails and returns them by person. A person who has a mail that day already gets no row."""
    insert_all(
        [
            Mail(
                person=due.person,
                day=day,
                subject=due.letter.subject,
                text=due.letter.text,
                html=due.letter.html,
                claim=claim,
                claimed_at=at,
            )
            for due in due_mails
            if due.letter
        ]
    )
    return {mail.person_id: mail for mail in Mail.objects.filter(claim=claim)}


def _write_reasons(reasons: list[tuple[Mail, Reason]], unsent: dict[Key, int]) -> None:
    """Stores the reasons. One whose mail failed moves to the new mail, which goes to a deputy appointed since."""
    freed = [unsent[reason.key] for _, reason in reasons if reason.key in unsent]
    if freed:
        MailReason.objects.filter(pk__in=freed).delete()
    insert_all(
        [
            MailReason(mail=mail, round=reason.round, person=reason.whose, occasion=reason.occasion)
            for mail, reason in reasons
        ]
    )


def _take_over(mails: list[Mail], needless: list[Mail], *, claim: UUID, at: datetime, day: date) -> None:
    for mail in mails:
        mail.claim = claim
    taken = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
    taken.update(claim=claim, claimed_at=at, day=day, fault="")
    Mail.objects.filter(pk__in=[mail.pk for mail in needless]).update(fault=Mail.NEEDLESS)
