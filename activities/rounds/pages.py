"""What the coordinator's pages of the rounds show."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404

from activities.models import Round
from activities.periods import Phase, Rounds
from activities.rounds.changes import closed_in_words
from activities.rounds.progress import PartyProgress, Progress, missing_at_the_end
from activities.rounds.rules import RoundPlan
from activities.rounds.suggestion import suggested
from parties.models import User
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted


@dataclass(frozen=True)
class EndedRow:
    """A round that has ended, and how many of the activities that it asked about had no follow-up in it."""

    phase: Phase
    missing: int

    @property
    def in_words(self) -> str:
        """`Stängd 26 april 2024`, or `Upphörde …` when nobody closed it."""
        ended = "Stängd" if self.phase.is_closed else "Upphörde"
        return f"{ended} {in_words(self.phase.ended_on)}" if self.phase.ended_on else ""

    @property
    def missing_in_words(self) -> str:
        return f"{counted(self.missing, 'saknades', 'saknades')}" if self.missing else "Alla följdes upp"


@dataclass(frozen=True)
class RoundListPage:
    """An agreement's rounds: the open one with its progress, the planned, the ended and the suggested ones."""

    open: Phase | None
    progress: Progress | None
    planned: list[Phase]
    ended: list[EndedRow]
    suggestions: list[RoundPlan]
    today: date

    @classmethod
    def of(cls, user: User, agreement: Agreement, today: date) -> "RoundListPage":
        rounds = rounds_of(user, agreement)
        phases = Rounds.among(rounds).phases(today)
        current = next((each for each in phases if each.is_open), None)
        ended = [each for each in reversed(phases) if each.has_ended]
        missing = missing_at_the_end(ended)
        return cls(
            open=current,
            progress=Progress.of(current) if current else None,
            planned=[each for each in phases if each.is_planned],
            ended=[EndedRow(each, missing[each.round.pk]) for each in ended],
            suggestions=[] if agreement.is_archived else suggested(agreement, rounds, today),
            today=today,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.open or self.planned or self.ended)

    @property
    def headline(self) -> str:
        """The open round, else the next planned one."""
        if self.open:
            return f"{self.open.round.label} är öppen. {due_in_words(self.open.round, self.today)}"
        if self.planned:
            first = self.planned[0].round
            return f"Ingen omgång är öppen. {first.label} öppnar {in_words(first.opens_on)}."
        return "Ingen omgång är öppen, och ingen är planerad."


@dataclass(frozen=True)
class RoundPage:
    """One round with its progress, as of its end once it has ended; `progress` is None while it is planned."""

    phase: Phase
    progress: Progress | None

    @classmethod
    def of(cls, user: User, agreement: Agreement, as_of: date, today: date) -> "RoundPage":
        """Raises Http404 when the agreement has no such round that the user can see."""
        phase = find(user, agreement, as_of, today)
        return cls(phase, None if phase.is_planned else Progress.of(phase))

    @property
    def round(self) -> Round:
        return self.phase.round

    @property
    def due(self) -> str:
        return due_in_words(self.round, self.phase.day)

    @property
    def may_remind(self) -> bool:
        """Whether the coordinator can remind a party and ask about a follow-up."""
        return self.phase.is_open and self.round.agreement.is_adopted

    @property
    def ends_by(self) -> date:
        """The day on which it ends by itself, unless somebody closes it before."""
        following = self.phase.next
        return min(self.round.lapses_on, following.opens_on) if following else self.round.lapses_on

    @property
    def is_past_due(self) -> bool:
        return self.round.due_on < self.phase.day

    @property
    def token(self) -> str:
        return self.progress.token if self.progress else ""

    @property
    def why_not_closed(self) -> str:
        """The message when the round is not open."""
        if self.phase.is_planned:
            return f"{self.round.label} har inte öppnat än."
        return f"{self.ended}."

    @property
    def ended(self) -> str:
        """`Samordnare stängde omgången 20 september 2024`, or how it ended by itself; empty before the end."""
        if self.phase.is_closed:
            return closed_in_words(self.round)
        if self.phase.has_lapsed:
            return f"Omgången upphörde {in_words(self.round.lapses_on)}, trettio dagar efter sista dagen"
        following = self.phase.next
        return (
            f"Omgången upphörde när {following.label} öppnade {in_words(following.opens_on)}"
            if following
            else ""
        )

    @property
    def parties(self) -> tuple[PartyProgress, ...]:
        return self.progress.parties if self.progress else ()


def rounds_of(user: User, agreement: Agreement) -> list[Round]:
    rows = Round.objects.visible_to(user).filter(agreement=agreement)
    return list(rows.select_related("agreement", "closed_by"))


def find(user: User, agreement: Agreement, as_of: date, today: date, *, key: str = "") -> Phase:
    """The phase of the agreement's round that speaks of `as_of`. Raises Http404 when there is none.

    `key` is the round's, as a form sent it: the round may have got another day since the form was opened.
    """
    phases = Rounds.among(rounds_of(user, agreement)).phases(today)
    if key.isdecimal():
        found = next((phase for phase in phases if str(phase.round.pk) == key), None)
    else:
        found = next((phase for phase in phases if phase.round.as_of == as_of), None)
    if found is None:
        raise Http404("Omgången finns inte.")
    return found


def due_in_words(round: Round, today: date) -> str:
    """`Sista dagen är 13 september 2024, om 17 dagar.`"""
    if round.due_on < today:
        return f"Sista dagen var {in_words(round.due_on)}."
    left = round.due_on - today
    when = "i dag" if not left else "i morgon" if left == timedelta(days=1) else f"om {left.days} dagar"
    return f"Sista dagen är {in_words(round.due_on)}, {when}."
