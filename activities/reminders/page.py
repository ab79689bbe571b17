"""What the coordinator's pages of a round's mail show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.core.paginator import Page, Paginator

from activities.models import Activity, Mail, Round
from activities.periods import Phase, Rounds
from activities.reminders import due_mails, letters, occasions
from activities.reminders.actions import Nudged
from activities.reminders.ledger import LastMail, Ledger
from activities.reminders.letters import Letter
from activities.reminders.occasions import Stretch
from activities.reminders.recipients import Recipient, Recipients, gather
from parties.models import Party, User
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted, written

LOG_ROWS = 25  # on a page
SUMMARY = "sammanfattning"  # in the address, for the coordinators' own mail


@dataclass(frozen=True)
class MailTurn:
    """An occasion of the round: how many people have got its mail, and how many are `left` as things are today."""

    stretch: Stretch
    notified: int
    left: int
    is_now: bool
    is_past: bool

    @property
    def in_words(self) -> str:
        """`Skickat till 3, 1 på tur`; without those left once it is past."""
        done = f"Skickat till {self.notified}" if self.notified else ""
        if self.is_past:
            return done or "Inget skickades"
        if self.is_now:
            left = f"{self.left} på tur" if self.left else ""
            return ", ".join(filter(None, [done, left])) or "Ingen på tur"
        return f"{counted(self.left, 'person', 'personer')}, som det ser ut i dag"


@dataclass(frozen=True)
class MailRow:
    """What one person would get. `is_due`: something is due today. `is_paused`: the round's mail is paused."""

    recipient: Recipient
    count: int
    is_due: bool
    last: LastMail | None
    today: date
    is_paused: bool

    @property
    def person(self) -> User:
        return self.recipient.person

    @property
    def instead_of(self) -> str:
        return " och ".join(each.display_name for each in self.recipient.stands_in_for)

    @property
    def is_next(self) -> bool:
        """Whether the next run mails them: something is due, or an earlier mail failed."""
        if self.last and self.last.is_tried_again:
            return not self.is_paused
        return self.is_due and not self.has_had_today

    @property
    def has_had_today(self) -> bool:
        return bool(self.last and self.last.day == self.today)


@dataclass(frozen=True)
class MailPage:
    """A round's mail: its occasions, the people by party, what reaches nobody, and the letter shown, if any."""

    phase: Phase
    turns: list[MailTurn]
    parties: list[tuple[Party, list[MailRow]]]
    unreached: list[Activity]
    shown: Letter | None
    shown_heading: str

    @property
    def round(self) -> Round:
        return self.phase.round

    @property
    def lead(self) -> str:
        """How many have something left, and how many the next run mails."""
        if self.phase.has_ended:
            return f"{self.round.label} är avslutad, så inga fler mejl skickas om den."
        count = sum(len(rows) for _, rows in self.parties)
        people = counted(count, "person har", "personer har") if count else "Ingen har"
        if self.phase.is_planned:
            return f"{people} något att följa upp när omgången öppnar {in_words(self.round.opens_on)}."
        due = sum(row.is_next for _, rows in self.parties for row in rows)
        return f"{people} något kvar. {written(due) if due else 'Ingen'} får mejl vid nästa utskick."

    @property
    def may_pause(self) -> bool:
        return not self.phase.has_ended and not self.round.agreement.is_archived

    @property
    def summary_on(self) -> date:
        return self.round.due_on + occasions.ONE

    @classmethod
    def of(cls, phase: Phase, rounds: list[Round], asked: Mapping[str, str]) -> "MailPage":
        """`rounds` are the open ones. Shows a planned round as if it were open today, and nobody for an ended one.

        A constant number of queries.
        """
        round, today = phase.round, phase.day
        asking = rounds if round in rounds else [round] if phase.is_planned else []
        recipients, ledger = gather(asking, today), Ledger.of(asking)
        rows = [_row(each, recipients, ledger, round, today) for each in recipients.people_in(round)]
        shown, heading = _shown(rows, recipients, round, asked.get("mejl", ""), today)
        return cls(
            phase=phase,
            turns=_turns(round, recipients, ledger, today) if asking else [],
            parties=_by_party(rows),
            unreached=[each for each in recipients.unreached if each.agreement_id == round.agreement_id],
            shown=shown,
            shown_heading=heading,
        )


def phases_everywhere(user: User, today: date) -> list[Phase]:
    """The phases of all rounds that the user can see, in all agreements. One query."""
    everywhere = Rounds.of_each(Round.objects.visible_to(user).select_related("agreement"))
    return [phase for rounds in everywhere for phase in rounds.phases(today)]


def log_page(user: User, round: Round, number: str | None) -> Page:
    """The round's mails, the newest first. Three queries."""
    rows = Mail.objects.visible_to(user).of_round(round).for_log().defer("text", "html")
    return Paginator(rows, LOG_ROWS).get_page(number)


def _row(recipient: Recipient, recipients: Recipients, ledger: Ledger, round: Round, today: date) -> MailRow:
    due = any(reason.round == round for reason in ledger.due(recipient, recipients, today))
    last = ledger.last_mail.get(recipient.person.pk)
    return MailRow(recipient, len(recipient.mine), due, last, today, round.is_mail_paused)


def _by_party(rows: list[MailRow]) -> list[tuple[Party, list[MailRow]]]:
    found: dict[Party, list[MailRow]] = {}
    for row in rows:
        if row.person.party:
            found.setdefault(row.person.party, []).append(row)
    return sorted(found.items(), key=lambda pair: pair[0].short_name)


def _turns(round: Round, recipients: Recipients, ledger: Ledger, today: date) -> list[MailTurn]:
    """Counts the people whose work it is, as the log does, not those who get the mail."""
    whose = {
        person.pk
        for each in recipients.people_in(round)
        for person in each.whose
        if round in recipients.rounds_of(person)
    }
    turns = []
    for stretch in occasions.stretches(round):
        notified = {
            person
            for key, person, occasion in ledger.notified - ledger.unsent.keys()
            if key == round.pk and occasion == stretch.occasion
        }
        is_past = stretch.until is not None and stretch.until < today
        turns.append(MailTurn(stretch, len(notified), len(whose - notified), stretch.holds(today), is_past))
    return turns


def _shown(
    rows: list[MailRow], recipients: Recipients, round: Round, asked: str, today: date
) -> tuple[Letter | None, str]:
    """The letter that the address asks for, and its heading; None and empty without one."""
    if asked == SUMMARY and recipients.rounds:
        failed = due_mails.unsent([round])
        return letters.summary([round], recipients, failed, day=today), "Sammanfattningen till samordnaren"
    row = next((each for each in rows if str(each.person.pk) == asked), None)
    if row is None:
        return None, ""
    return due_mails.preview(
        row.recipient, recipients, round, today
    ), f"Mejlet till {row.person.display_name}"


@dataclass(frozen=True)
class NudgePage:
    """The page before *Påminn*: who gets which mail, who has had one today, and `why_not` when nobody gets any."""

    party: Party
    mails: list[due_mails.DueMail]
    had_today: list[tuple[User, Mail]]
    unreached: list[Activity]
    why_not: str

    @classmethod
    def of(cls, round: Round, party: Party, rounds: list[Round], *, at: datetime, today: date) -> "NudgePage":
        """`rounds` are the open ones. A constant number of queries."""
        if round not in rounds:
            return cls(party, [], [], [], "Omgången är inte öppen, så ingen kan påminnas i den.")
        nudge = due_mails.Nudge.of(round, party, rounds, at=at, day=today)
        mails = [each for each in nudge.mails if each.person.pk not in nudge.had_today]
        had_today = [
            (each.person, nudge.had_today[each.person.pk])
            for each in nudge.mails
            if each.person.pk in nudge.had_today
        ]
        unreached = nudge.unreached(round, party)
        return cls(
            party,
            mails,
            had_today,
            unreached,
            "" if nudge.mails or unreached else f"Inget väntar på {party.short_name} i omgången.",
        )

    @property
    def button(self) -> str:
        return "påminnelsen" if len(self.mails) == 1 else f"{len(self.mails)} påminnelser"

    @property
    def lead(self) -> str:
        if self.mails:
            return (
                f"{counted(len(self.mails), 'person får', 'personer får')} ett mejl. Det skickas på en gång."
            )
        return self.why_not or "Ingen kan få någon påminnelse i dag."


def receipts(done: Nudged) -> tuple[str, str]:
    """Two messages: what *Påminn* did, and what failed; each may be empty."""
    good = []
    if done.sent.people:
        people = counted(len(done.sent.people), "person", "personer")
        good.append(f"Påminnelsen är skickad till {people}.")
    if done.had_today:
        names = ", ".join(person.display_name for person in done.had_today)
        good.append(f"Har redan ett mejl i dag och får inget till: {names}.")
    bad = [f"{person.display_name}: {fault}" for person, fault in done.sent.faults]
    again = (
        "Mejlet försöks igen vid nästa utskick."
        if len(bad) == 1
        else "Mejlen försöks igen vid nästa utskick."
    )
    return " ".join(good), f"{' '.join(bad)} {again}" if bad else ""
