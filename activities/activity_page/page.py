"""The content of an activity's page."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from activities import policies
from activities.asked import with_mine
from activities.contributions.page import Part
from activities.editing.seen import Seen
from activities.editing.spoken_days import SpokenDays
from activities.follow_ups.actions import why_not_corrected
from activities.follow_ups.forms import FollowUpForm, form_for
from activities.follow_ups.log import LogEntry, entries
from activities.models import Activity, FollowUp, Milestone, Round
from activities.periods import Period, Rounds
from activities.planning.panel import PreparationPanel
from activities.states import State
from parties.models import User
from priorities.models import Agreement


@dataclass(frozen=True)
class ActivityPage:
    """An activity with its log as of today. A constant number of queries. Make it with `of`."""

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
        """Raises Http404 when the user may not see the activity. `is_whole` False is for a form: no `kin`, plan or facts."""
        visible = agreement.activities.visible_to(user)
        round = Rounds.of(agreement).asking_about(today, today=today)
        rows = with_mine(visible.as_of(today).with_flags(today=today, round=round), user, today)
        rows = rows.with_round_asking(Period(round, today).round, today=today)
        whole = rows.for_page().with_party_to(agreement, user.party_id, today=today)
        activity = get_object_or_404(whole if is_whole else rows.for_form(), number=number)
        kin = visible.filter(Q(pk=activity.replaces_id) | Q(replaces=activity))
        return cls(
            activity,
            user,
            list(activity.follow_ups.for_log().with_questions()),
            list(kin.order_by("number")) if is_whole else [],
            PreparationPanel.of(activity, user) if is_whole else None,
            today,
            round,
        )

    @cached_property
    def period(self) -> Period:
        return Period(self.round, self.today)

    @cached_property
    def log(self) -> list[LogEntry]:
        """Newest first, including follow-ups that no longer count."""
        return entries(self.rows, self.activity, self.user, self.period)

    @property
    def asked(self) -> FollowUp | None:
        """The follow-up whose question waits for an answer; None without a question."""
        return next((entry.follow_up for entry in self.log if entry.is_asked), None)

    @property
    def is_asked_of_others(self) -> bool:
        """Whether a question waits for an answer that is not the user's to give."""
        return self.asked is not None and not self.activity.is_mine

    @property
    def last(self) -> FollowUp | None:
        """The follow-up that decides the state; None before the first."""
        return next((row for row in self.rows if row.pk == self.activity.newest_id), None)

    @property
    def last_actual(self) -> FollowUp | None:
        """The newest follow-up with a value; None when no follow-up has one."""
        return next((row for row in self.rows if row.counts and row.actual is not None), None)

    @property
    def seen(self) -> Seen:
        """What a form opened now carries, to refuse a stale save."""
        newest = max(self.rows, key=lambda row: (row.saved_at, row.pk), default=None)
        return Seen(self.activity.version, newest.pk if newest else 0, self.period.round_id)

    @property
    def days(self) -> SpokenDays:
        """The days that a follow-up written now can speak of."""
        answered = any(
            row.counts and row.voice == FollowUp.Voice.RESPONSIBLE and row.round_id == self.period.round_id
            for row in self.rows
        )
        return SpokenDays.of(self.period, is_asked=self.activity.round_asks, is_answered=answered)

    @property
    def milestones(self) -> list[Milestone]:
        return list(self.activity.milestones.all())

    @property
    def done_count(self) -> int:
        return sum(milestone.done_on is not None for milestone in self.milestones)

    @property
    def is_open(self) -> bool:
        """Neither done nor cancelled. Only then are milestones marked as late."""
        return State(self.activity.state).is_open

    # --- What stands first ------------------------------------------------------------------------------------------------
    @property
    def form_first(self) -> bool:
        """Whether the user is whom the activity asks, see `activities/asked.py`. An ended one shows its outcome first."""
        return self.may_follow_up and self.is_open and self.activity.is_mine

    @property
    def latest(self) -> LogEntry | None:
        """The follow-up that decides the state, to stand under the goal; None before the first, and where the form stands."""
        if self.form_first:
            return None
        return next((entry for entry in self.log if entry.follow_up.pk == self.activity.newest_id), None)

    @property
    def other_entries(self) -> list[LogEntry]:
        """The log without the latest follow-up where that stands by itself."""
        latest = self.latest
        return [entry for entry in self.log if latest is None or entry.follow_up.pk != latest.follow_up.pk]

    def follow_up_form(
        self, data: Any = None, *, corrects: FollowUp | None = None, day: str = ""
    ) -> FollowUpForm:
        """The correction form of `corrects`; without it the ordinary form, or the correction that a question asks for.

        `day` asks for the ordinary form of a later day than the one that the question is about.
        """
        return form_for(
            self.user,
            self.activity,
            seen=self.seen,
            rows=self.rows,
            asked=self.asked,
            days=self.days,
            corrects=corrects,
            data=data,
            day=day,
        )

    def as_shown(self, follow_up: FollowUp) -> FollowUp:
        """The page's own row of the follow-up, with its question fetched."""
        return next(each for each in self.rows if each.pk == follow_up.pk)

    def why_not_corrected(self, follow_up: FollowUp) -> str:
        """Why the user cannot correct the follow-up, in Swedish; empty when they can."""
        if any(entry.follow_up.pk == follow_up.pk and entry.may_correct for entry in self.log):
            return ""
        return why_not_corrected(self.as_shown(follow_up), self.user, self.period)

    # --- Other activities and parties ---------------------------------------------------------------------------------------
    @property
    def parts(self) -> list[Part]:
        return [Part.of(self.activity, each, self.user) for each in self.activity.contributions.all()]

    @property
    def replaces(self) -> Activity | None:
        """The activity that it replaces; None also when the user may not see that one."""
        return next((each for each in self.kin if each.pk == self.activity.replaces_id), None)

    @property
    def replaced_by(self) -> list[Activity]:
        """The activities that replace it and that the user sees, including drafts."""
        return [each for each in self.kin if each.replaces_id == self.activity.pk]

    # --- What the user may do ------------------------------------------------------------------------------------------
    @property
    def may_follow_up(self) -> bool:
        return policies.can_follow_up(self.user, self.activity)

    @property
    def may_edit(self) -> bool:
        return policies.can_edit_plan(self.user, self.activity)

    @property
    def may_copy(self) -> bool:
        """A party that has left the agreement cannot plan new activities in it."""
        may_plan = policies.can_plan_in(self.user, self.activity.agreement)
        return may_plan and (self.user.is_coordinator or self.activity.is_of_a_party)

    @property
    def may_replace(self) -> bool:
        """An activity is replaced at most once."""
        return policies.can_replace(self.user, self.activity) and not self.replaced_by
