"""Send the rounds' mail, remind a party and pause the mail.

The functions send at once, not after a commit: call them outside a transaction, so that the log is stored in any case.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import policies
from activities.models import Round
from activities.notices import coordinators
from activities.reminders import due_mails
from activities.reminders.log import Sent, deliver, reserve
from activities.reminders.post import Post
from parties.models import Party, User
from samverkan.lib.access import require


@dataclass(frozen=True)
class Nudged:
    """The result of *Påminn*: what was sent, and who had already got a mail today."""

    sent: Sent
    had_today: list[User]


def send_reminders(*, at: datetime, day: date) -> Sent:
    """Sends the mails that are due. Safe to run again, and in several processes at once."""
    reply_to = [person.email for person in coordinators()]
    with Post() as post:
        sent = deliver(
            reserve(due_mails.digests(at=at, day=day), at=at, day=day), post, at=at, reply_to=reply_to
        )
        return sent + deliver(
            reserve(due_mails.summaries(at=at, day=day), at=at, day=day), post, at=at, reply_to=reply_to
        )


def remind_party(*, by: User, round: Round, party: Party, at: datetime, day: date) -> Nudged:
    """*Påminn*: mails the people of the party who have something left in the round, but nobody twice a day.

    Raises PermissionDenied, and ValidationError when the round is not open or nobody there has anything left.
    """
    require(policies.can_keep_rounds(by, round.agreement))
    rounds = due_mails.open_rounds(day)
    if round not in rounds:
        raise ValidationError("Omgången är inte öppen, så ingen kan påminnas i den.")
    wanted = due_mails.Nudge.of(round, party, rounds, at=at, day=day).mails
    if not wanted:
        raise ValidationError(f"Inget väntar på någon hos {party.short_name} i omgången.")
    taken = reserve(wanted, at=at, day=day)
    with Post() as post:
        sent = deliver(taken, post, at=at, reply_to=[person.email for person in coordinators()])
    in_hand = {one.person for one in taken}
    return Nudged(sent, [draft.person for draft in wanted if draft.person not in in_hand])


@transaction.atomic
def pause_mail(*, by: User, round: Round, paused: bool) -> None:
    """*Pausa mejlen* and *Fortsätt skicka*. A second press changes nothing; a mail that is being sent still goes out."""
    require(policies.can_keep_rounds(by, round.agreement))
    Round.objects.filter(pk=round.pk).update(is_mail_paused=paused)
