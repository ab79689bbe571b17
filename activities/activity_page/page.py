"""What does one activity's page show?"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from activities import policies
from activities.contributions.page import Part
from activities.editing.seen import Seen
from activities.follow_ups.actions import why_not_corrected
from activities.follow_ups.forms import CorrectionForm, FollowUpForm
from activities.follow_ups.log import LogEntry, entries
from activities.follow_ups.unsaved import restored
from activities.models import Activity, FollowUp, Milestone, Round
from activities.periods import Period, Rounds
from activities.planning.panel import PreparationPanel
from activities.states import State
from parties.models import User
from priorities.models import Agreement


@dataclass(frozen=True)
class ActivityPage:
    """An activity with its log as of today, and what the user may do with it. A constant number of queries."""

    activity: Activity
    user: User
    rows: list[FollowUp]
    kin: list[Activity]
    preparation: PreparationPanel | None
    today: date
    round: Round | None

    @classmethod
    def of(
        cls, user: User, agreement: Agreement, number: int, *, today: date, is_whole: bool = True
    ) -> "ActivityPage":
        """Raises Http404 when it is not among those that the user may see. Its kin is fetched for the whole page only."""
        visible = Activity.objects.visible_to(user).in_agreement(agreement)
        round = Rounds.of(agreement).asking_about(today, today=today)
        rows = visible.as_of(today).with_flags(today=today, round=round).for_page()
        rows = rows.with_party_to(agreement, user.party_id, today=today)
        activity = get_object_or_404(rows, number=number)
        kin = visible.filter(Q(pk=activity.replaces_id) | Q(replaces=activity)).select_related("agreement")
        return cls(
            activity,
            user,
            list(activity.follow_ups.for_log().select_related("question__asked_by")),
            list(kin.order_by("number")) if is_whole else [],
            PreparationPanel.of(activity, user),
            today,
            round,
        )

    @cached_property
    def period(self) -> Period:
        return Period(self.round, self.today)

    @cached_property
    def log(self) -> list[LogEntry]:
        """What was said, newest first, what no longer counts included."""
        return entries(self.rows, self.activity, self.user, self.period)

    @property
    def asked(self) -> FollowUp | None:
        """The word that waits to be corrected; None without a question."""
        return next((entry.follow_up for entry in self.log if entry.is_asked), None)

    @property
    def last(self) -> FollowUp | None:
        """The word that decides the state now; None before the first."""
        return next((row for row in self.rows if row.pk == self.activity.newest_id), None)

    @property
    def last_actual(self) -> FollowUp | None:
        """The newest word that told a value; None when none did."""
        return next((row for row in self.rows if row.counts and row.actual is not None), None)

    @property
    def seen(self) -> Seen:
        """What whoever opens the form now has before them."""
        newest = max(self.rows, key=lambda row: (row.saved_at, row.pk), default=None)
        return Seen(self.activity.version, newest.pk if newest else 0, self.period.round_id)

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

    def follow_up_form(self, data: Any = None) -> FollowUpForm:
        """The correction of what was asked about, if something was."""
        return (
            self.correction_form(self.asked, data)
            if self.asked
            else FollowUpForm(data, **self._common(data), last=self.last)
        )

    def correction_form(self, follow_up: FollowUp, data: Any = None) -> CorrectionForm:
        return CorrectionForm(data, **self._common(data, follow_up), follow_up=follow_up)

    def as_shown(self, follow_up: FollowUp) -> FollowUp:
        """As the page has it, with its question."""
        return next(each for each in self.rows if each.pk == follow_up.pk)

    def why_not_corrected(self, follow_up: FollowUp) -> str:
        """The sentence that says why a word stands as it is; empty when it can be corrected."""
        if any(entry.follow_up.pk == follow_up.pk and entry.may_correct for entry in self.log):
            return ""
        return why_not_corrected(self.as_shown(follow_up), self.user, self.period)

    def _common(self, data: Any, follow_up: FollowUp | None = None) -> dict[str, Any]:
        activity, user, seen = self.activity, self.user, self.seen
        which: dict[str, Any] = (
            {"corrects": follow_up.pk, "is_asked": follow_up == self.asked} if follow_up else {}
        )
        unsaved = None if data else restored(user, activity, seen=seen, last=self.last, **which)
        return {"activity": activity, "user": user, "seen": seen, "unsaved": unsaved}

    # --- What belongs together ---------------------------------------------------------------------------------------
    @property
    def parts(self) -> list[Part]:
        """What each contributing party does."""
        return [Part.of(self.activity, each, self.user) for each in self.activity.contributions.all()]

    @property
    def replaces(self) -> Activity | None:
        """The one whose place it takes; None too when the user may not know of that one."""
        return next((each for each in self.kin if each.pk == self.activity.replaces_id), None)

    @property
    def replaced_by(self) -> list[Activity]:
        """Those that take its place and that the user sees, drafts included."""
        return [each for each in self.kin if each.replaces_id == self.activity.pk]

    # --- What the user may do ------------------------------------------------------------------------------------------
    @property
    def may_follow_up(self) -> bool:
        """Set the state and tick milestones."""
        return policies.can_follow_up(self.user, self.activity)

    @property
    def may_edit(self) -> bool:
        return policies.can_edit_plan(self.user, self.activity)

    @property
    def may_copy(self) -> bool:
        """A party that has left the agreement plans nothing new in it."""
        may_plan = policies.can_plan_in(self.user, self.activity.agreement)
        return may_plan and (self.user.is_coordinator or self.activity.is_of_a_party)

    @property
    def may_replace(self) -> bool:
        """Once: what has been replaced is not replaced again."""
        return policies.can_replace(self.user, self.activity) and not self.replaced_by
