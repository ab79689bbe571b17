"""A contributing party's earlier answers, read from the history of its part."""

from datetime import datetime
from typing import Any

from activities.models import Activity, Contribution


def asking(contribution: Contribution) -> tuple[Any, Any]:
    """The first record of the question that an unanswered part waits with, and the record of the answer before it, or None.

    The first is None too for a part that is answered or has no history. One query.
    """
    first = None
    for record in contribution.past.order_by("-history_date", "-history_id"):
        if record.confirmed_on or record.declined_on:
            return first, record
        first = record
    return first, None


def earlier_no(contribution: Contribution) -> Any:
    """The record of the party's no, for a part that has been asked about again and waits for an answer; otherwise None."""
    first, answer = asking(contribution)
    return answer if first and answer and answer.declined_on else None


def knows_of_question(contribution: Contribution, before: datetime) -> bool:
    """Whether the party has had a mail of the question that waits: by a proposal before that moment, or *Fråga igen*."""
    first, answer = asking(contribution)
    if first is None:
        return False
    proposed = contribution.activity.past.filter(
        preparation=Activity.Preparation.PROPOSED,
        history_date__gte=first.history_date,
        history_date__lt=before,
    )
    return bool(answer and answer.declined_on) or proposed.exists()
