"""Recording and undoing follow-ups.

Keyword-only and atomic. No follow-up is ever updated: a withdrawal is a new row that replaces one. What a round that
has ended holds is neither undone nor asked about, and corrected only as the answer to a question that was asked in time; the
day of closing is no longer open.
Raises PermissionDenied when `by` may not, Stale when somebody has saved in between.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import notices, policies
from activities.editing.seen import Asked, Seen, ended, locked, refuse_stale
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.actions.author import title_of
from activities.follow_ups.actions.unsaved import forget_unsaved
from activities.milestones.actions import tick_milestones, untick_milestones
from activities.models import Activity, FollowUp, Milestone, Question
from activities.periods import Period
from activities.states import Attainment, DecisionLevel, State
from parties.models import User
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.editing.stale import Stale


@dataclass(frozen=True)
class Answer:
    """The answer to *Hur går det?* `actual` is in the activity's own unit; None when the answer has no value."""

    state: State
    what_happened: str = ""
    needed: str = ""
    decision_by: DecisionLevel | str = ""
    attainment: Attainment | str = ""
    actual: Decimal | None = None
    unchanged: bool = False

    def as_fields(self) -> dict[str, object]:
        fields = asdict(self)
        del fields["state"]
        return fields | {"status": self.state.status, "assessment": self.state.assessment or ""}


@transaction.atomic
def record_follow_up(
    *,
    activity: Activity,
    by: User,
    at: datetime,
    answer: Answer,
    submission_key: UUID,
    seen: Seen | None = None,
    spoken: date | None = None,
    milestones: Iterable[Milestone] = (),
) -> FollowUp:
    """Saves the responsible party's follow-up, ticks the milestones and deletes the author's unsaved answer.

    `spoken` is the day that it speaks of, one of `SpokenDays`; None for the one that its form begins with. The same form
    sent twice saves once; with other content, or undone, it is stale. `seen` is None when there was no form.
    """
    activity = locked(activity)
    require(policies.can_follow_up(by, activity) and policies.can_set(by, answer.state))
    if earlier := FollowUp.objects.filter(submission_key=submission_key).first():
        return same_or_stale(earlier, activity, by, answer.as_fields(), milestones=milestones, spoken=spoken)
    at = _after_the_last(activity, at)
    period = held_period(activity, at)
    if seen:
        refuse_stale(activity, seen, by=by, period=period)
    place = _place(activity, period, seen, spoken)
    _leave_or_refuse_question(activity, period, seen, place["refers_on"], at=at)
    with telling_of_end(activity, by=by, to_nobody=seen is None):
        follow_up = add_follow_up(
            activity=activity,
            by=by,
            at=at,
            submission_key=submission_key,
            on_behalf=policies.speaks_on_behalf(by, activity),
            **place,
            **answer.as_fields(),
        )
    tick_milestones(activity=activity, milestones=milestones, by=by, at=at, along_with=follow_up)
    forget_unsaved(activity=activity, by=by)
    return follow_up


def record_unchanged(
    *,
    activity: Activity,
    by: User,
    at: datetime,
    seen: Seen,
    submission_key: UUID,
    spoken: date | None = None,
) -> FollowUp:
    """*Inget nytt, läget är oförändrat*: repeats without its text the newest follow-up that speaks of the day or before it.

    Raises ValidationError for an activity that has ended, and the second time in a row at risk or off track, which asks
    for a text.
    """
    day = spoken or _begins_with(_days(activity, Period.of(activity.agreement, clock.local(at).date())), seen)
    last = activity.follow_ups.states().filter(refers_on__lte=day).newest_first().first()
    state = (last.state if last else None) or State.NOT_STARTED
    if not state.is_open:
        raise ValidationError(
            f"Aktiviteten är {state.label.lower()}. Välj hur det går och beskriv vad som har hänt.",
            code="ended",
        )
    answer = Answer(state, unchanged=True)
    if last:
        if last.unchanged and state.needs_words and last.submission_key != submission_key:
            raise ValidationError(
                f"Läget var oförändrat ”{state.label}” även förra gången. Beskriv vad som har hänt sedan dess.",
                code="unchanged_twice",
            )
        answer = Answer(
            state, needed=last.needed, decision_by=last.decision_by, actual=last.actual, unchanged=True
        )
    sent: dict[str, Any] = {"seen": seen, "spoken": spoken, "submission_key": submission_key}
    return record_follow_up(activity=activity, by=by, at=at, answer=answer, **sent)


@transaction.atomic
def undo_follow_up(*, follow_up: FollowUp, by: User, at: datetime) -> FollowUp:
    """*Ångra*: inserts a withdrawal and unticks the milestones ticked with the follow-up. Undoing twice undoes once.

    Later follow-ups stay. Raises ValidationError after fifteen minutes, once it has been corrected, and once its round
    is closed.
    """
    activity = locked(follow_up.activity)
    is_mine = follow_up.author_id == by.pk and not follow_up.is_withdrawal
    require(is_mine and not activity.agreement.is_archived)
    if done := FollowUp.objects.filter(replaces=follow_up, is_withdrawal=True).first():
        return done
    if not policies.can_undo(by, follow_up, now=at):
        raise ValidationError(
            "En uppföljning går att ångra i 15 minuter. Gör en ny med det som är rätt.", code="too_late"
        )
    _refuse_undo(follow_up, held_period(activity, at))
    withdrawal = FollowUp(
        activity=activity,
        round=follow_up.round,
        party_id=follow_up.party_id,
        voice=follow_up.voice,
        on_behalf=follow_up.on_behalf,
        refers_on=follow_up.refers_on,
        saved_at=_after_the_last(activity, at),
        replaces=follow_up,
        is_withdrawal=True,
        submission_key=uuid4(),
        **_author(by),
    )
    with telling_of_end(activity, by=by):
        withdrawal.save(force_insert=True)
    follow_up.activity = activity
    untick_milestones(follow_up=follow_up, by=by, at=at)
    return withdrawal


@contextmanager
def telling_of_end(activity: Activity, *, by: User, to_nobody: bool = False) -> Iterator[None]:
    """Mails that the activity is cancelled, or is not any longer, when what is saved inside changes that as of today.

    Every act on the responsible party's follow-ups saves inside it. What a party changes is told to the coordinators too.
    Two queries.
    """
    was = _deciding(activity)
    yield
    now = _deciding(activity)
    is_cancelled = now is not None and now.state == State.CANCELLED
    if not to_nobody and is_cancelled != (was is not None and was.state == State.CANCELLED):
        also = [] if by.is_coordinator else notices.coordinators()
        notices.notify_of_end(activity, now, by=by, also=also)


def _deciding(activity: Activity) -> FollowUp | None:
    """The follow-up that decides the state now; None before the first."""
    return activity.follow_ups.states().newest_first().first()


def held_period(activity: Activity, at: datetime) -> Period:
    """The period of a follow-up written now. Locks the round's row, so that nobody closes it before the save."""
    return Period.of(activity.agreement, clock.local(at).date(), held=True)


def _leave_or_refuse_question(
    activity: Activity, period: Period, seen: Seen | None, day: date, *, at: datetime
) -> None:
    """Raises Asked when the form did not show the open question. Without a form the question is taken back instead.

    What a form says of a later `day` than the one asked about is beside the question, which waits for its answer still.
    """
    asked = Question.objects.open_in([period.round] if period.round else []).filter(
        follow_up__activity=activity
    )
    question = asked.select_related("asked_by", "follow_up").first()
    if question is None:
        return
    if seen and seen.round_id is not None:
        if day > question.follow_up.refers_on:
            return
        raise Asked(f"{question.asker} frågade om er uppföljning: ”{question.text}”")
    Question.objects.filter(pk=question.pk).update(taken_back_at=at)


def _refuse_undo(follow_up: FollowUp, period: Period) -> None:
    if period.has_ended_for(follow_up) and follow_up.round:
        raise ValidationError(
            f"{ended(follow_up.round) or f'{follow_up.round.label} har tagit slut.'} "
            "Det som är sagt i den står kvar. Gör en ny uppföljning med det som är rätt.",
            code="settled",
        )
    if not FollowUp.objects.counting().filter(pk=follow_up.pk).exists():
        raise ValidationError("Uppföljningen är redan rättad.", code="replaced")


def _place(activity: Activity, period: Period, seen: Seen | None, spoken: date | None) -> dict[str, Any]:
    """The follow-up's party, day and round."""
    days = _days(activity, period)
    return {"party_id": activity.lead_id} | days.place(spoken or _begins_with(days, seen))


def _days(activity: Activity, period: Period) -> SpokenDays:
    return SpokenDays.now(activity, period, party=activity.lead_id)


def _begins_with(days: SpokenDays, seen: Seen | None) -> date:
    """The day of a follow-up whose author chose none. What is saved from a form that showed no round is about today."""
    return days.today if seen and seen.round_id is None else days.preselected


def add_follow_up(*, activity: Activity, by: User, at: datetime, **fields: Any) -> FollowUp:
    """Inserts a follow-up. `fields` say its round and the day that it refers to."""
    follow_up = FollowUp(activity=activity, saved_at=_after_the_last(activity, at), **_author(by), **fields)
    follow_up.clean_fields(exclude={"activity", "round", "party", "author", "replaces"})
    follow_up.save(force_insert=True)
    return follow_up


def same_or_stale(
    earlier: FollowUp,
    activity: Activity,
    by: User,
    fields: dict[str, Any],
    *,
    milestones: Iterable[Milestone] = (),
    spoken: date | None = None,
) -> FollowUp:
    """Returns `earlier`, which the same form saved.

    Raises Stale if its fields or ticked milestones differ, or if it has been undone, and PermissionDenied if it is
    another's.
    """
    require(earlier.activity_id == activity.pk and earlier.author_id == by.pk)
    if FollowUp.objects.filter(replaces=earlier, is_withdrawal=True).exists():
        raise Stale("Du har ångrat det som sparades från formuläret förra gången.", own=True)
    if spoken:
        fields = fields | {"refers_on": spoken}
    ticked = set(earlier.ticked.values_list("pk", flat=True))
    if any(getattr(earlier, name) != value for name, value in fields.items()) or ticked != {
        milestone.pk for milestone in milestones
    }:
        raise Stale("Formuläret är redan sparat en gång, med annat innehåll.", own=True)
    return earlier


def _author(by: User) -> dict[str, object]:
    return {"author": by, "author_title": title_of(by)}


def _after_the_last(activity: Activity, at: datetime) -> datetime:
    """`at`, or just after the last follow-up: what is saved later comes later, on whatever day that is.

    Clocks differ between servers and are set back, also over midnight; the demo's day stands still while its hours go round.
    """
    last = activity.follow_ups.order_by("-saved_at").values_list("saved_at", flat=True).first()
    return last + timedelta(microseconds=1) if last and last >= at else at
