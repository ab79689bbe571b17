"""How far each party has come in a round, and which activities and answers are missing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, Q

from activities.models import Activity, FollowUp, MailReason, Question, Round
from activities.periods import Phase
from activities.states import Occasion, State
from activities.waiting import waiting_in
from parties.models import Party
from samverkan.lib import clock
from samverkan.lib.charts import percent
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import counted, written


@dataclass(frozen=True)
class PartyProgress:
    """One party: how many activities it has followed up, which are missing, and which came back with a question.

    `reminded` says when it was last reminded: `Påmind 12 september`; empty when it was not.
    """

    party: Party
    answered: int
    missing: tuple[Activity, ...]
    returned: tuple[Question, ...]
    reminded: str = ""

    @property
    def asked(self) -> int:
        return self.answered + len(self.missing)

    @property
    def waits(self) -> bool:
        return bool(self.missing or self.returned)

    @property
    def is_done(self) -> bool:
        return bool(self.asked) and not self.waits

    @property
    def width(self) -> str:
        return percent(self.answered, self.asked)


@dataclass(frozen=True)
class Progress:
    """A round's progress by party: as of today while it is open, as of its end once it has ended."""

    parties: tuple[PartyProgress, ...]

    @classmethod
    def of(cls, phase: Phase) -> "Progress":
        """For a round that has opened. Five queries while it is open, seven once it has ended."""
        round = phase.round
        missing = _missing_then(phase) if phase.has_ended else _missing_now(round, phase.day)
        questions = Question.objects.open_in([round]).order_by("follow_up__activity__number")
        returned = list(
            questions.select_related("follow_up__activity__lead", "follow_up__activity__agreement")
        )
        follow_ups = FollowUp.objects.states().filter(round=round).order_by()
        answered = dict(follow_ups.values_list("activity__lead").annotate(Count("activity", distinct=True)))
        return cls(_parties(round, answered, missing, returned, _reminded(phase)))

    @property
    def answered(self) -> int:
        return sum(each.answered for each in self.parties)

    @property
    def asked(self) -> int:
        return sum(each.asked for each in self.parties)

    @property
    def missing_count(self) -> int:
        return sum(len(each.missing) for each in self.parties)

    @property
    def returned_count(self) -> int:
        return sum(len(each.returned) for each in self.parties)

    @property
    def waiting(self) -> list[PartyProgress]:
        """The parties with something left to do."""
        return [each for each in self.parties if each.waits]

    @property
    def width(self) -> str:
        return percent(self.answered, self.asked)

    @property
    def is_done(self) -> bool:
        return bool(self.asked) and not self.waiting

    @property
    def in_words(self) -> str:
        """`9 av 12 aktiviteter är uppföljda. 1 fråga är obesvarad.`"""
        asked = counted(self.asked, "aktivitet", "aktiviteter")
        if not self.asked:
            sentence = "Ingen aktivitet ska följas upp."
        elif not self.missing_count:
            sentence = "Aktiviteten är uppföljd." if self.asked == 1 else f"Alla {asked} är uppföljda."
        else:
            answered = written(self.answered) if self.answered else "Ingen"
            sentence = f"{answered} av {asked} är {'uppföljda' if self.answered > 1 else 'uppföljd'}."
        if not self.returned_count:
            return sentence
        return f"{sentence} {counted(self.returned_count, 'fråga är obesvarad', 'frågor är obesvarade')}."

    @property
    def token(self) -> str:
        """The same as long as the same activities are missing and the same questions unanswered."""
        missing = sorted(activity.pk for each in self.parties for activity in each.missing)
        returned = sorted(question.pk for each in self.parties for question in each.returned)
        return sha256(f"{missing}{returned}".encode()).hexdigest()[:32]


def _missing_now(round: Round, today: date) -> list[Activity]:
    """The activities of `waiting_in`, without those that wait for a correction only."""
    rows = Activity.objects.filter(agreement=round.agreement_id).as_of(today)
    waiting = rows.filter(waiting_in([round], today)).exclude(
        pk__in=FollowUp.objects.states().filter(round=round).values("activity")
    )
    return list(waiting.select_related("lead", "agreement").order_by("number"))


def _missing_then(phase: Phase) -> list[Activity]:
    ids = missing_at_the_end([phase])[phase.round.pk]
    rows = Activity.objects.filter(pk__in=ids).select_related("lead", "agreement")
    return list(rows.order_by("number"))


def missing_at_the_end(ended: Sequence[Phase]) -> dict[int, list[int]]:
    """The keys of the activities without a follow-up when each round ended, by the round's key.

    Later follow-ups and later changes of the plan make no difference. Three queries, however many rounds.
    """
    if not ended:
        return {}
    agreement = ended[0].round.agreement_id
    agreed = Activity.objects.agreed().filter(agreement=agreement)
    due = list(agreed.values_list("pk", "starts_on", "lead_yes_on", "coordinator_yes_on"))
    starts = _starts(agreement)
    past: dict[int, list[PastFollowUp]] = defaultdict(list)
    follow_ups = FollowUp.objects.states().filter(activity__agreement=agreement).newest_first()
    parts = follow_ups.values_list("activity", "round", "round__as_of", "refers_on", "status", "assessment")
    for activity, round, as_of, refers_on, status, assessment in parts:
        past[activity].append(PastFollowUp(round, as_of, refers_on, status, assessment))
    return {
        each.round.pk: [
            pk
            for pk, now, *days in due
            if max(_start(starts[pk], now, each), *filter(None, days)) <= _end(each)
            and _was_missing(past[pk], each)
        ]
        for each in ended
    }


def _starts(agreement: int) -> dict[int, list[tuple[date, date]]]:
    """By activity: from which day the plan had which start, the oldest first."""
    rows = Activity.history.filter(agreement=agreement).order_by("history_id")
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, moment, starts_on in rows.values_list("id", "history_date", "starts_on"):
        found[pk].append((clock.local(moment).date(), starts_on))
    return found


def _start(planned: list[tuple[date, date]], now: date, ended: Phase) -> date:
    """Planned start when the round ended; the first recorded one if the history starts later."""
    by_then = [starts_on for day, starts_on in planned if day <= _end(ended)]
    return next(iter([*by_then[-1:], *(starts_on for _, starts_on in planned[:1]), now]))


@dataclass(frozen=True)
class PastFollowUp:
    """The fields of a follow-up that decide whether it counted when a round ended."""

    round: int | None
    round_as_of: date | None
    refers_on: date
    status: str
    assessment: str

    def was_made_by_the_end_of(self, ended: Phase) -> bool:
        """Made in that round or an earlier one; between rounds, for a day before that round ended."""
        if self.round_as_of is None:
            return self.refers_on < _end(ended)
        return self.round_as_of <= ended.round.as_of


def _end(ended: Phase) -> date:
    return ended.ended_on or date.max


def _was_missing(follow_ups: Iterable[PastFollowUp], ended: Phase) -> bool:
    """Whether an activity had no follow-up in the round. A done or cancelled one was not asked for. Expects the newest first."""
    by_then = [each for each in follow_ups if each.was_made_by_the_end_of(ended)]
    if any(each.round == ended.round.pk for each in by_then):
        return False
    return not by_then or State.of(by_then[0].status, by_then[0].assessment).is_open


def _reminded(phase: Phase) -> dict[int | None, str]:
    """By party: when somebody of it was last sent a reminder in the round with *Påminn*. One query."""
    rows = MailReason.objects.filter(
        round=phase.round, occasion=Occasion.NUDGE, mail__sent_at__isnull=False
    ).order_by("mail__day")
    found: dict[int | None, str] = {}
    for party, day in rows.values_list("person__party", "mail__day"):
        words = in_words(day)
        found[party] = f"Påmind {words.rsplit(' ', 1)[0] if day.year == phase.day.year else words}"
    return found


def _parties(
    round: Round,
    answered: dict[int, int],
    missing: list[Activity],
    returned: list[Question],
    reminded: dict[int | None, str],
) -> tuple[PartyProgress, ...]:
    """The agreement's parties and others that were asked: those with something left first, those not asked last."""
    lacking, questions = defaultdict(list), defaultdict(list)
    for activity in missing:
        lacking[activity.lead_id].append(activity)
    for question in returned:
        questions[question.follow_up.activity.lead_id].append(question)
    member = Q(memberships__agreement=round.agreement_id, memberships__left_on=None)
    asked = Q(pk__in={*answered, *lacking, *questions})
    parties = Party.objects.filter(member | asked).distinct().order_by("-leads", "pk")
    found = [
        PartyProgress(
            party,
            answered.get(party.pk, 0),
            tuple(lacking[party.pk]),
            tuple(questions[party.pk]),
            reminded.get(party.pk, ""),
        )
        for party in parties
    ]
    return tuple(sorted(found, key=lambda each: (not each.waits, not each.asked)))
