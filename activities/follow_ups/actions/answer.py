"""The coordinator writes down the answer to a question that the party gave in another way, such as on the telephone."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from activities.editing.seen import Seen
from activities.follow_ups.actions.correct import record_correction
from activities.follow_ups.actions.record import Answer
from activities.models import FollowUp, Question
from activities.states import State
from parties.models import User
from samverkan.lib.access import require


@transaction.atomic
def answer_on_behalf(
    *, question: Question, by: User, at: datetime, text: str, submission_key: UUID
) -> FollowUp:
    """Saves a correction on the party's behalf: what was said stays as it is, with the answer after it.

    Raises as `record_correction` does, and ValidationError when the question is taken back or the two texts are too long.
    """
    require(by.is_coordinator)
    if question.is_taken_back:
        raise ValidationError("Frågan är tillbakatagen.", code="answered")
    was = question.follow_up
    answer = Answer(
        was.state or State.NOT_STARTED,
        what_happened="\n\n".join(filter(None, [was.what_happened, text])),
        needed=was.needed,
        decision_by=was.decision_by,
        attainment=was.attainment,
        actual=was.actual,
    )
    return record_correction(
        follow_up=was,
        by=by,
        at=at,
        answer=answer,
        submission_key=submission_key,
        seen=Seen.of(was.activity),
    )
