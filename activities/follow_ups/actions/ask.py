"""The coordinator's questions about follow-ups.

Keyword-only and atomic. Raises PermissionDenied when `by` may not, ValidationError when a rule is broken.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import policies
from activities.editing.seen import ended, locked
from activities.follow_ups.actions.author import title_of
from activities.follow_ups.actions.record import held_period
from activities.models import FollowUp, Question
from activities.periods import Period
from parties.models import User
from samverkan.lib.access import require
from samverkan.lib.checking import checked


@transaction.atomic
def ask_about(*, follow_up: FollowUp, by: User, at: datetime, text: str) -> Question:
    """Returns a follow-up of the open round with a question; it waits on the party's list until it is corrected.

    A follow-up has one question at a time: another can be asked when the last is taken back. The same form sent twice asks
    once.
    """
    activity = locked(follow_up.activity)
    require(by.is_coordinator and policies.can_follow_up(by, activity))
    standing = Question.objects.filter(follow_up=follow_up, taken_back_at=None).first()
    if standing and (standing.text, standing.asked_by_id) == (text, by.pk):
        return standing
    period = held_period(activity, at)
    if sentence := why_not_asked(follow_up, by, period) or _asked_already(standing):
        raise ValidationError(sentence, code="closed")
    return checked(
        Question(follow_up=follow_up, text=text, asked_at=at, asked_by=by, asked_by_title=title_of(by))
    )


@transaction.atomic
def take_back_question(*, question: Question, by: User, at: datetime) -> Question:
    """Withdraws the question, so that nothing waits for an answer. Does nothing when it is already taken back."""
    activity = locked(question.follow_up.activity)
    require(by.is_coordinator and policies.can_follow_up(by, activity))
    question = Question.objects.select_related("follow_up__round").get(pk=question.pk)
    if question.is_taken_back:
        return question
    follow_up = question.follow_up
    if not FollowUp.objects.counting().filter(pk=follow_up.pk).exists():
        raise ValidationError("Frågan är redan besvarad.", code="answered")
    if held_period(activity, at).has_ended_for(follow_up):
        raise ValidationError(_closed(follow_up), code="settled")
    question.taken_back_at = at
    return checked(question)


def why_not_asked(follow_up: FollowUp, by: User, period: Period) -> str:
    """Why the user cannot ask about the follow-up, in Swedish; empty when they can. Needs its activity and round."""
    if policies.can_ask(by, follow_up, period):
        return why_not_touched(follow_up)
    if follow_up.voice != FollowUp.Voice.RESPONSIBLE or follow_up.is_withdrawal:
        return "Det går bara att fråga om den ansvariga partens uppföljning."
    return (
        _closed(follow_up)
        if follow_up.round_id
        else "Det går bara att fråga om det som är sagt i en öppen omgång."
    )


def why_not_touched(follow_up: FollowUp) -> str:
    """Why the follow-up can be neither corrected nor asked about: it does not decide the state on the day it speaks of.

    A sentence in Swedish; empty when it decides. At most two queries.
    """
    by_then = FollowUp.objects.states().filter(
        activity=follow_up.activity_id, refers_on__lte=follow_up.refers_on
    )
    newest = by_then.newest_first().first()
    if newest and newest.pk == follow_up.pk:
        return ""
    if not FollowUp.objects.counting().filter(pk=follow_up.pk).exists():
        return "Uppföljningen är redan rättad eller ångrad."
    return "Det finns en nyare uppföljning. Det är den som gäller."


def _closed(follow_up: FollowUp) -> str:
    if follow_up.round is None:
        return "Uppföljningen är äldre än omgången. Det som är sagt står kvar."
    return f"{ended(follow_up.round) or f'{follow_up.round.label} har tagit slut.'} Det som är sagt i den står kvar."


def _asked_already(standing: Question | None) -> str:
    return "Det finns redan en fråga om den här uppföljningen." if standing else ""
