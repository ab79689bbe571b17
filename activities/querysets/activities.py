"""Querysets of activities and milestones.

States and flags exist for agreed activities only; drafts and proposals show their preparation. As of a day, nothing
counts that both sides had not agreed to by then, and the plan is that of the day: see `planned`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Self, cast

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from activities import models
from activities.querysets import searching
from activities.querysets.follow_ups import answered_in, answers_in
from activities.querysets.planned import as_planned, day_of_plan, earlier
from activities.querysets.standing import newest_id_on, newest_on, newest_saved_at, state_on
from activities.states import Preparation, State
from parties.models import Party, User
from parties.querysets import is_shut_out
from priorities.models import Agreement, AgreementParty, FocusArea, Need
from priorities.querysets import still_in
from samverkan.lib.db import keys_of, whether

OPEN_STATES = [state.value for state in State if state.is_open]
AGREED = Q(preparation=Preparation.AGREED)  # both sides have said yes


class ActivityQuerySet(QuerySet["models.Activity"]):
    # --- Who may see it -----------------------------------------------------------------------------------------
    def visible_to(self, user: User) -> Self:
        """Every query for a user starts here; none for a user who is shut out.

        Coordinators see all. Others see agreed activities, internal ones only when their role does (`sees_internal`).
        Representatives also see everything that their party leads or contributes to.
        """
        if is_shut_out(user):
            return self.none()
        if user.is_coordinator:
            return self.all()
        rows = self.filter(agreement__in=keys_of(Agreement.objects.visible_to(user)))
        if user.get_role().traits.sees_internal:
            return rows.agreed()
        public = AGREED & Q(is_internal=False)
        if user.is_representative:
            # Keys, since a party sees what is its own today, also as of a day on which another party had it.
            leads = models.Activity.objects.filter(lead=user.party_id)
            parts = models.Contribution.objects.filter(party=user.party_id).values("activity")
            return rows.filter(public | Q(pk__in=keys_of(leads)) | Q(pk__in=keys_of(parts)))
        return rows.filter(public)

    def reportable(self) -> Self:
        """Agreed and not internal: what a report shows, also to users who see more."""
        return self.agreed().filter(is_internal=False)

    def agreed(self) -> Self:
        return self.filter(AGREED)

    def led_by(self, party: Party | None) -> Self:
        return self.filter(lead=party) if party else self.none()

    def contributed_by(self, party: Party | None) -> Self:
        """Annotates `confirmed_on`: the day that the party confirmed its part, or None."""
        rows = self.filter(contributions__party=party) if party else self.none()
        answers = {name: F(f"contributions__{name}") for name in ("confirmed_on", "declined_on")}
        return rows.annotate(**answers)

    def in_agreement(self, agreement: Agreement) -> Self:
        return self.filter(agreement=agreement)

    # --- How is it doing on a day -----------------------------------------------------------------------------------
    def as_of(self, day: date, *, today: date | None = None) -> Self:
        """Annotates `state` and `newest_id`, the key of the follow-up that decides it; None before the first.

        Leaves out activities that were agreed later than the day. With `today` the plan too is that of the day, when it
        has passed; without, the plan as it is now.
        """
        agreed_later = AGREED & (Q(lead_yes_on__gt=day) | Q(coordinator_yes_on__gt=day))
        rows = self.planned(earlier(day, today)).exclude(agreed_later)
        return rows.annotate(newest_id=newest_id_on(day), state=state_on(day))

    def planned(self, day: date | None) -> Self:
        """With the plan as of the day; None is the plan as it is now."""
        return cast("Self", as_planned(self, day))

    def with_flags(self, *, today: date, round: models.Round | None) -> Self:
        """Annotates the derived `is_overdue`, `is_late_start` and `is_not_updated`; after `as_of`."""
        flags = {
            "is_overdue": overdue_on(today),
            "is_late_start": late_start_on(today),
            "is_not_updated": not_updated_on(today, round),
        }
        return self.annotate(**{name: whether(condition) for name, condition in flags.items()})

    def in_state(self, *states: State) -> Self:
        """Agreed activities in one of the states; after `as_of`."""
        return self.agreed().filter(state__in=[state.value for state in states])

    def overdue(self, *, today: date) -> Self:
        """Försenad: the end date has passed and the activity is neither done nor cancelled; after `as_of`."""
        return self.filter(overdue_on(today))

    def late_start(self, *, today: date) -> Self:
        """Sen start: the start has passed and it is not started; after `as_of`."""
        return self.filter(late_start_on(today))

    def not_updated(self, *, today: date, round: models.Round | None) -> Self:
        """Inte uppdaterad: asked about, open and without a follow-up in the round; none without a round; after `as_of`."""
        return self.filter(not_updated_on(today, round))

    def missing_in(self, round: models.Round, *, today: date) -> Self:
        """The activities that lack an answer in the round: those *inte uppdaterade* in a report as of the round's day.

        An activity that was done after that day still lacks the answer about it.
        """
        return self.filter(pk__in=missing_in(round, today))

    def with_round_asking(self, round: models.Round | None, *, today: date) -> Self:
        """Annotates `round_asks`: the open round asks about the activity, see `due_in`; of none when `round` is None."""
        due = Q(pk__in=due_in(round, today) if round else [])
        return self.annotate(round_asks=whether(due))

    # --- What to show ---------------------------------------------------------------------------------------------------
    def for_rows(self) -> Self:
        """With what a row shows, from `agreement.activities`, which has the agreement at hand. One query more."""
        # An activity is of one agreement, so the agreements need not be joined to sort what belongs to it.
        places = FocusArea.objects.select_related("place").order_by("order")
        return self.select_related("lead").prefetch_related(self._planned_alike("focus_areas", places))

    def for_list(self) -> Self:
        """With what a row shows of any agreement's, and the priority area. One query more."""
        return self.for_rows().select_related("agreement", "priority_area")

    def for_form(self) -> Self:
        """With what a form's page shows around it, from `agreement.activities`."""
        return self.select_related("lead", "priority_area")

    def for_page(self) -> Self:
        """With what one activity's page shows, from `agreement.activities`."""
        contributions = Prefetch("contributions", models.Contribution.objects.select_related("party"))
        needs = Prefetch("needs", Need.objects.order_by("number"))
        milestones = Prefetch("milestones", models.Milestone.objects.order_by("due_on", "pk"))
        rows = self.for_rows().select_related("priority_area", "unit")
        return rows.prefetch_related(contributions, needs, milestones)

    def with_newest_on(self, day: date) -> Self:
        """Annotates `newest_on`: the day that the deciding follow-up speaks of; None before the first."""
        return self.annotate(newest_on=newest_on(day))

    def with_newest_days(self, day: date) -> Self:
        """Annotates `newest_on` and `newest_saved_at`, when that follow-up was saved; None before the first."""
        return self.with_newest_on(day).annotate(newest_saved_at=newest_saved_at(day))

    def with_last_follow_up(self) -> Self:
        """Annotates `last_follow_up_id`: the row saved last by any party, including withdrawals; None before the first."""
        last = models.FollowUp.objects.filter(activity=OuterRef("pk")).order_by("-saved_at", "-pk")
        return self.annotate(last_follow_up_id=Subquery(last.values("pk")[:1]))

    def with_party_to(self, agreement: Agreement, party: int | None, *, today: date) -> Self:
        """Annotates `is_of_a_party`: the party with the key is in the agreement today."""
        members = AgreementParty.objects.filter(still_in(today), agreement=agreement, party=party)
        return self.annotate(is_of_a_party=Exists(members))

    def for_export(self, day: date) -> Self:
        """With what an exported row shows. `counting` is the lead's follow-ups that count up to the day, newest first."""
        # A prefetch, so that each of the few parties is read once and not with every contribution.
        contributions = self._planned_alike(
            "contributions", models.Contribution.objects.prefetch_related("party")
        )
        needs = self._planned_alike("needs", Need.objects.all())
        said = models.FollowUp.objects.states().filter(refers_on__lte=day).newest_first()
        counting = Prefetch("follow_ups", said, to_attr="counting")
        return self.for_list().select_related("unit").prefetch_related(contributions, needs, counting)

    def _planned_alike(self, name: str, rows: QuerySet[Any]) -> Prefetch[Any]:
        """A prefetch of what belongs to the activities, as of the same day as they."""
        return Prefetch(name, as_planned(rows, day_of_plan(self)))

    def search(self, terms: list[searching.Term], *, day: date) -> Self:
        """The rows in which every term is found, see `searching.sought`; follow-ups up to the day.

        With the unit and the priority area, whose names are searched too. In the order of their numbers, after those whose
        number is searched for.
        """
        found = searching.matching(self, terms, day=day, planned=day_of_plan(self))
        numbers = [term.number for term in terms if term.number is not None]
        rows = found.select_related("unit", "priority_area").order_by("number")
        return cast(
            "Self", rows.order_by(whether(Q(number__in=numbers)).desc(), "number") if numbers else rows
        )

    def worst_first(self) -> Self:
        """Off track first, cancelled last; after `as_of`."""
        return self.order_by(StrIndex(Value(" ".join(State)), F("state")), "number")


def overdue_on(day: date) -> Q:
    return AGREED & Q(ends_on__lt=day, state__in=OPEN_STATES)


def late_start_on(day: date) -> Q:
    return AGREED & Q(starts_on__lt=day, state=State.NOT_STARTED.value)


def not_updated_on(day: date, round: models.Round | None) -> Q:
    """No activity when `round` is None, before the first one."""
    if round is None:
        return Q(pk__in=[])
    # Uncorrelated subqueries: for a correlated one SQLite would read the whole round again for each activity.
    waiting = Q(pk__in=due_in(round, day)) & ~Q(pk__in=answered_in(round, day))
    return waiting & Q(state__in=OPEN_STATES)


# Who is asked, has answered and is missing in a round as of a day, by the plan of the round's own day, or of `day` if that
# comes first. Keys, compiled once: every page asks about the same few rounds.
def due_in(round: models.Round, day: date) -> RawSQL | list[int]:
    """The activities that the round asks about: agreed and due to have started on that day."""
    return _due_in(round.agreement_id, round.speaks_of(day))


@lru_cache(maxsize=200)
def _due_in(agreement: int, day: date) -> RawSQL | list[int]:
    return keys_of(_asked_by(agreement, day))


def missing_in(round: models.Round, day: date) -> RawSQL | list[int]:
    """The activities that lack an answer in the round and were not done or cancelled on that day."""
    return _missing_in(round.pk, round.agreement_id, round.speaks_of(day))


@lru_cache(maxsize=200)
def _missing_in(round: int, agreement: int, day: date) -> RawSQL | list[int]:
    missing = ~Q(pk__in=answers_in(round, day)) & Q(state__in=OPEN_STATES)
    return keys_of(_asked_by(agreement, day).as_of(day).filter(missing))


def met_in(round: models.Round, day: date) -> RawSQL | list[int]:
    """The activities that the round asks about and that have an answer in it."""
    return _met_in(round.pk, round.agreement_id, round.speaks_of(day))


@lru_cache(maxsize=200)
def _met_in(round: int, agreement: int, day: date) -> RawSQL | list[int]:
    return keys_of(_asked_by(agreement, day).filter(pk__in=answers_in(round, day)))


def _asked_by(agreement: int, day: date) -> ActivityQuerySet:
    rows = models.Activity.objects.planned(day).agreed().filter(agreement=agreement)
    return rows.filter(starts_on__lte=day, lead_yes_on__lte=day, coordinator_yes_on__lte=day)


class MilestoneQuerySet(QuerySet["models.Milestone"]):
    def overdue(self, *, today: date) -> Self:
        return self.filter(due_on__lt=today, done_on=None)

    def unreached(self, *, day: date) -> Self:
        """Not reached by the day, also as of an earlier plan: one that is ticked later as reached by the day is reached."""
        reached = models.Milestone.objects.filter(pk=OuterRef("pk"), done_on__lte=day)
        return self.filter(~Exists(reached), Q(done_on=None) | Q(done_on__gt=day))
