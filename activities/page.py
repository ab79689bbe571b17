"""What does one activity's page show?"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from activities.actions import Seen
from activities.forms import FollowUpForm
from activities.models import Activity, FollowUp, Milestone, Round
from activities.querysets import ActivityQuerySet
from activities.states import State
from parties.models import User
from priorities.models import Agreement


@dataclass(frozen=True)
class ActivityPage:
    """An activity with its log as of today. A constant number of queries."""

    activity: Activity
    rows: list[FollowUp]
    today: date
    round: Round | None

    @classmethod
    def of(
        cls, visible: ActivityQuerySet, agreement: Agreement, number: int, *, today: date
    ) -> "ActivityPage":
        """Raises Http404 when it is not among the visible ones."""
        round = Round.objects.asking_about(agreement, today, today=today)
        rows = visible.as_of(today).with_flags(today=today, round=round).for_page()
        activity = get_object_or_404(rows, number=number)
        return cls(activity, list(activity.follow_ups.for_log()), today, round)

    @property
    def log(self) -> list[FollowUp]:
        """What was said, newest first, what no longer counts included; withdrawals only show on what they withdrew."""
        return [word for word in self.rows if not word.is_withdrawal]

    @property
    def last(self) -> FollowUp | None:
        """The word that decides the state now; None before the first."""
        return next((word for word in self.rows if word.pk == self.activity.newest_id), None)

    @property
    def last_actual(self) -> FollowUp | None:
        """The newest word that told a value; None when none did."""
        return next((word for word in self.rows if word.counts and word.actual is not None), None)

    @property
    def seen(self) -> Seen:
        """What whoever opens the form now has before them."""
        newest = max(self.rows, key=lambda word: (word.saved_at, word.pk), default=None)
        return Seen(self.activity.version, newest.pk if newest else 0)

    @property
    def milestones(self) -> list[Milestone]:
        return list(self.activity.milestones.all())

    @property
    def done_count(self) -> int:
        return sum(milestone.done_on is not None for milestone in self.milestones)

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled: only then can a milestone be late."""
        return State(self.activity.state).is_open

    def follow_up_form(self, user: User, data: Any = None) -> FollowUpForm:
        return FollowUpForm(data, activity=self.activity, user=user, last=self.last, seen=self.seen)
