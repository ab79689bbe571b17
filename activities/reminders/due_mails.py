"""The mails that are due now, with their letters. Only reads; `log.reserve` stores them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q

from activities.models import Activity, Mail, Round
from activities.notices import coordinators
from activities.periods import Rounds
from activities.querysets import MailQuerySet
from activities.reminders import letters
from activities.reminders.ledger import Ledger, Reason, is_past
from activities.reminders.letters import Letter
from activities.reminders.recipients import Recipient, Recipients, gather
from activities.states import Occasion
from parties.models import Party, User
from priorities.models import Agreement


@dataclass(frozen=True)
class DueMail:
    """A mail to one person, which replaces the `earlier` ones that could not be sent.

    `letter` is None when nothing is left to say: then the earlier ones become needless. `is_asked_for` when the coordinator
    pressed *Påminn*, which also sends while the round's mail is paused.
    """

    person: User
    reasons: list[Reason]
    letter: Letter | None
    earlier: list[Mail] = field(default_factory=list)
    is_asked_for: bool = False


def open_rounds(day: date) -> list[Round]:
    """The open rounds of adopted agreements. One query."""
    opened = Round.objects.filter(agreement__status=Agreement.Status.ADOPTED, opens_on__lte=day)
    each = Rounds.of_each(opened.select_related("agreement").order_by("agreement"))
    return [round for rounds in each if (round := rounds.open_on(day))]


def digests(*, at: datetime, day: date) -> list[DueMail]:
    """One mail to each person: what is due today, and what an earlier run could not send, with a new letter."""
    rounds = open_rounds(day)
    recipients, ledger, whom = gather(rounds, day), Ledger.of(rounds), coordinators()
    earlier = _earlier(Mail.objects.exclude(reasons__occasion=Occasion.SUMMARY), at)
    mails = []
    for recipient in recipients.people:
        reasons, mine = ledger.due(recipient, recipients, day), earlier.pop(recipient.person.pk, [])
        if reasons or any(_is_to_be_tried(mail) for mail in mine):
            occasions = _occasions(reasons, mine)
            letter = letters.digest(recipient, recipients, day=day, occasions=occasions, coordinators=whom)
            mails.append(DueMail(recipient.person, reasons, letter, mine))
    return mails + _needless(earlier)


def summaries(*, at: datetime, day: date) -> list[DueMail]:
    """One mail to each coordinator about the rounds past their last day. Call it after the digests: it lists their faults."""
    rounds = open_rounds(day)
    recipients, ledger = gather(rounds, day), Ledger.of(rounds)
    failed = unsent(rounds)
    earlier = _earlier(Mail.objects.filter(reasons__occasion=Occasion.SUMMARY), at)
    mails = []
    for person in coordinators():
        reasons, mine = ledger.due_summaries(rounds, person, day), earlier.pop(person.pk, [])
        if reasons or any(_is_to_be_tried(mail) for mail in mine):
            tried = {reason.round_id for mail in mine for reason in mail.reasons.all()}
            about = tried | {reason.round.pk for reason in reasons}
            past = [round for round in rounds if round.pk in about and is_past(round, day)]
            letter = letters.summary(past, recipients, failed, day=day) if past else None
            mails.append(DueMail(person, reasons, letter, mine))
    return mails + _needless(earlier)


def unsent(rounds: Iterable[Round]) -> list[Mail]:
    """The rounds' mails that could not be sent and are still needed. Two queries."""
    rows = Mail.objects.filter(reasons__round__in=list(rounds), sent_at=None).exclude(
        fault__in=["", Mail.NEEDLESS]
    )
    return list(rows.distinct().select_related("person").with_reasons().order_by("day", "pk"))


@dataclass(frozen=True)
class Nudge:
    """What *Påminn* sends for one party in an open round. `had_today`: today's mail of those who have had one, by person."""

    mails: list[DueMail]
    had_today: dict[int, Mail]
    recipients: Recipients

    @classmethod
    def of(cls, round: Round, party: Party, rounds: list[Round], *, at: datetime, day: date) -> "Nudge":
        """Eleven queries."""
        recipients, ledger, whom = gather(rounds, day), Ledger.of(rounds), coordinators()
        reminded = [each for each in recipients.people_in(round) if each.person.party_id == party.pk]
        to_them = Mail.objects.filter(person__in=[each.person for each in reminded])
        unsent = to_them.to_be_tried_again(at).values("pk")
        earlier: dict[int, list[Mail]] = defaultdict(list)
        had_today: dict[int, Mail] = {}
        rows = to_them.filter(Q(day=day) | Q(pk__in=unsent)).annotate(is_left=Q(pk__in=unsent))
        for mail in rows.order_by("-day", "-pk"):
            if mail.is_left:
                earlier[mail.person_id].append(mail)
            else:
                had_today[mail.person_id] = mail
        mails = [
            DueMail(
                each.person,
                ledger.asked_for(each, recipients, round, day),
                letters.digest(each, recipients, day=day, occasions={Occasion.NUDGE}, coordinators=whom),
                earlier[each.person.pk],
                is_asked_for=True,
            )
            for each in reminded
        ]
        return cls(mails, had_today, recipients)

    def unreached(self, round: Round, party: Party) -> list[Activity]:
        """The party's waiting activities in the round that nobody can be mailed about."""
        rows = self.recipients.unreached
        return [each for each in rows if each.lead_id == party.pk and each.agreement_id == round.agreement_id]


def preview(recipient: Recipient, recipients: Recipients, round: Round, day: date) -> Letter:
    """The letter that the person would get today, whatever they have got already."""
    turn = Ledger(set(), {}, {}).due(recipient, recipients, day)
    occasions = {reason.occasion for reason in turn if reason.round == round}
    return letters.digest(recipient, recipients, day=day, occasions=occasions, coordinators=coordinators())


def _earlier(mails: MailQuerySet, at: datetime) -> dict[int, list[Mail]]:
    """The mails to try again, by person, the newest first. Two queries."""
    found: dict[int, list[Mail]] = defaultdict(list)
    rows = mails.to_be_tried_again(at).select_related("person").with_reasons()
    for mail in rows.distinct().order_by("-day", "-pk"):
        found[mail.person_id].append(mail)
    return dict(found)


def _is_to_be_tried(mail: Mail) -> bool:
    """False while all its rounds are paused, unless the coordinator asked for it with *Påminn*."""
    reasons = mail.reasons.all()
    return any(reason.occasion == Occasion.NUDGE or not reason.round.is_mail_paused for reason in reasons)


def _occasions(reasons: list[Reason], earlier: list[Mail]) -> set[str]:
    before = {reason.occasion for mail in earlier for reason in mail.reasons.all()}
    return {reason.occasion for reason in reasons} | before


def _needless(earlier: dict[int, list[Mail]]) -> list[DueMail]:
    """For people who have nothing left to do."""
    return [DueMail(mails[0].person, [], None, mails) for mails in earlier.values()]
