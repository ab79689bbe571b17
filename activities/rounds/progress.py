"""How far each party has come in a round, and which activities and answers are missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, Q

from activities.models import Activity, MailReason, Question, Round
from activities.periods import Phase
from activities.querysets import met_in, missing_in
from activities.states import Occasion
from parties.models import Party
from priorities.models import AgreementParty
from priorities.querysets import party_on
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
    """A round's progress by party, about the activities that it asks about and no others.

    Its figures are those of the report as of the round's day: what is missing here is *inte uppdaterad* there.
    """

    parties: tuple[PartyProgress, ...]

    @classmethod
    def of(cls, phase: Phase) -> "Progress":
        """For a round that has opened. Five queries."""
        round = phase.round
        answered, missing = _answered_and_missing(round, phase.day)
        questions = Question.objects.open_in([round]).order_by("follow_up__activity__number")
        returned = list(
            questions.select_related("follow_up__activity__lead", "follow_up__activity__agreement")
        )
        return cls(_parties(phase, answered, missing, returned, _reminded(phase)))

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


def _answered_and_missing(round: Round, today: date) -> tuple[dict[int, int], list[Activity]]:
    """How many activities each lead has answered, by its key, and the activities that lack an answer. Two queries."""
    rows = Activity.objects.planned(round.speaks_of(today))
    answered = rows.filter(pk__in=met_in(round, today)).order_by()
    missing = rows.missing_in(round, today=today).select_related("lead", "agreement").order_by("number")
    return dict(answered.values_list("lead").annotate(Count("pk"))), list(missing)


def missing_at_the_end(ended: Sequence[Phase]) -> dict[int, int]:
    """How many activities lack an answer in each of an agreement's rounds, by the round's key. One query.

    Later follow-ups and later changes of the plan make no difference.
    """
    missing = {f"in_{each.round.pk}": Q(pk__in=missing_in(each.round, each.day)) for each in ended}
    counts = {name: Count("pk", filter=condition) for name, condition in missing.items()}
    found = Activity.objects.filter(agreement__in={each.round.agreement_id for each in ended}).aggregate(
        **counts
    )
    return {each.round.pk: found[f"in_{each.round.pk}"] for each in ended}


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
    phase: Phase,
    answered: Mapping[int, int],
    missing: list[Activity],
    returned: list[Question],
    reminded: dict[int | None, str],
) -> tuple[PartyProgress, ...]:
    """The parties of the round's day and others that were asked: those with something left first, those not asked last."""
    lacking, questions = defaultdict(list), defaultdict(list)
    for activity in missing:
        lacking[activity.lead_id].append(activity)
    for question in returned:
        questions[question.follow_up.activity.lead_id].append(question)
    there = party_on(phase.round.speaks_of(phase.day))
    members = AgreementParty.objects.filter(there, agreement=phase.round.agreement_id)
    member = Q(pk__in=members.values("party"))
    asked = Q(pk__in={*answered, *lacking, *questions})
    parties = Party.objects.filter(member | asked).order_by("-leads", "pk")
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
