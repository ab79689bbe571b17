"""Why a person is due a mail today, from what waits and what the log says that they have got."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from activities.models import Mail, MailReason, Round
from activities.reminders import occasions
from activities.reminders.recipients import Recipient, Recipients
from activities.states import Occasion
from parties.models import User

Key = tuple[int, int, str]  # the round, the person whose work it is, the occasion


@dataclass(frozen=True)
class Reason:
    """One reason for a mail: an occasion of a round, and whose work it is about."""

    round: Round
    whose: User
    occasion: Occasion

    @property
    def key(self) -> Key:
        return (self.round.pk, self.whose.pk, self.occasion)

    @property
    def is_sent_once(self) -> bool:
        return self.occasion in MailReason.ONCE


@dataclass(frozen=True)
class LastMail:
    """The newest mail to a person; `is_tried_again` when it failed and a later run tries again."""

    day: date
    is_sent: bool
    fault: str
    is_tried_again: bool

    @classmethod
    def of(cls, mail: Mail) -> "LastMail":
        again = bool(mail.fault) and not (mail.is_needless or mail.is_given_up)
        return cls(mail.day, mail.sent_at is not None, mail.fault, again)


@dataclass(frozen=True)
class Ledger:
    """What has been mailed in some rounds.

    `notified`: the reasons of mails written, sent or not, for occasions that come once. `unsent`: those among them whose
    mail failed, with the person it was to; it still has to reach a deputy who has been appointed since.
    `last_notified`: when the last mail about a person's work was written. `last_mail`: the newest mail to each person.
    """

    notified: set[Key]
    last_notified: dict[int, datetime]
    last_mail: dict[int, LastMail]
    unsent: dict[Key, int] = field(default_factory=dict)

    @classmethod
    def of(cls, rounds: Iterable[Round]) -> "Ledger":
        """One query: no mail of a round is older than its opening day."""
        asking = list(rounds)
        since = min((round.opens_on for round in asking), default=date.max)
        rows = MailReason.objects.filter(mail__day__gte=since).select_related("mail")
        keys = {round.pk for round in asking}
        notified, last_notified, last_mail, unsent = set(), {}, {}, {}
        for row in rows.defer("mail__text", "mail__html").order_by("mail__day", "mail"):
            if row.round_id in keys and row.occasion in MailReason.ONCE:
                notified.add((row.round_id, row.person_id, row.occasion))
                if row.mail.fault:
                    unsent[(row.round_id, row.person_id, row.occasion)] = row.mail.person_id
            if not row.mail.is_needless:
                last_notified[row.person_id] = row.mail.claimed_at
            last_mail[row.mail.person_id] = LastMail.of(row.mail)
        return cls(notified, last_notified, last_mail, unsent)

    def due(self, recipient: Recipient, recipients: Recipients, day: date) -> list[Reason]:
        """The reasons to mail the person today without *Påminn*; none from a round whose mail is paused."""
        found = []
        for whose in recipient.whose:
            for round in recipients.rounds_of(whose):
                if not round.is_mail_paused:
                    in_turn = self._in_turn(round, whose, day, recipient.person)
                    found += [*in_turn, *self._asked(round, whose, recipients)]
        return found

    def due_summaries(self, rounds: Iterable[Round], coordinator: User, day: date) -> list[Reason]:
        reasons = [Reason(round, coordinator, Occasion.SUMMARY) for round in rounds if is_past(round, day)]
        return [each for each in reasons if not each.round.is_mail_paused and each.key not in self.notified]

    def asked_for(
        self, recipient: Recipient, recipients: Recipients, round: Round, day: date
    ) -> list[Reason]:
        """The reasons of *Påminn*. It covers the occasion whose turn it is, so that no second mail follows for that."""
        found = []
        for whose in recipient.whose:
            if round in recipients.rounds_of(whose):
                in_turn = self._in_turn(round, whose, day, recipient.person)
                found += [Reason(round, whose, Occasion.NUDGE), *in_turn]
        return found

    def _in_turn(self, round: Round, whose: User, day: date, to: User) -> list[Reason]:
        occasion = occasions.due(round, day)
        reasons = [Reason(round, whose, occasion)] if occasion else []
        return [
            reason
            for reason in reasons
            if reason.key not in self.notified or self.unsent.get(reason.key, to.pk) != to.pk
        ]

    def _asked(self, round: Round, whose: User, recipients: Recipients) -> list[Reason]:
        """A reason when the coordinator has asked something since the last mail about the person's work."""
        last = self.last_notified.get(whose.pk)
        ours = [each for each in recipients.work[whose.pk] if each.agreement_id == round.agreement_id]
        questions = [recipients.question_about(activity) for activity in ours]
        is_news = any(each and (last is None or each.asked_at > last) for each in questions)
        return [Reason(round, whose, Occasion.QUESTION)] if is_news else []


def notified_in(rounds: Iterable[Round]) -> tuple[set[Key], dict[Key, int]]:
    """The reasons already mailed or claimed, of occasions that come once, and the key of each failed `MailReason`. One query."""
    rows = MailReason.objects.filter(round__in=list(rounds), occasion__in=MailReason.ONCE)
    notified: set[Key] = set()
    unsent: dict[Key, int] = {}
    for pk, fault, round, person, occasion in rows.values_list(
        "pk", "mail__fault", "round", "person", "occasion"
    ):
        if fault:
            unsent[(round, person, occasion)] = pk
        else:
            notified.add((round, person, occasion))
    return notified, unsent


def is_past(round: Round, day: date) -> bool:
    """Whether the last day has passed, for an open round."""
    return round.due_on < day
