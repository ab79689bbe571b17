"""Whom to ask about an activity: questions, returned follow-ups, the rounds' mail, notices about the plan, *Mitt arbete*.

Those who report on it come first, whatever their role, if they belong to the responsible party and may speak for it; then
the representatives of its unit; then all representatives of the party. What one of these groups is asked about waits for
nobody else. The rule stands here twice, for a few activities at hand (`people_asked`) and for the database (`asked_of`);
a test holds that both say the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from activities.models import Activity, Contribution
from activities.querysets import ActivityQuerySet
from activities.states import Preparation, State
from parties.models import Deputy, User
from parties.querysets import UserQuerySet
from parties.roles import Role
from samverkan.lib.db import keys_of, whether

ASKING = (Preparation.PROPOSED, Preparation.AGREED)  # from when the contributors are asked
_reporting = Activity.reporters.through.objects


def people_asked(activities: Iterable[Activity]) -> dict[int, list[User]]:
    """The people to ask about each activity, by its key, in the order of their addresses. Two queries.

    Nobody is asked when the responsible party has no active account that may speak for it. Leaves deputies aside.
    """
    rows = list(activities)
    people: dict[int | None, list[User]] = defaultdict(list)
    for user in _speakers().filter(party__in={each.lead_id for each in rows}):
        people[user.party_id].append(user)
    reporters = _reporters_of(rows)
    return {each.pk: _asked(each, people[each.lead_id], reporters[each.pk]) for each in rows}


def people_to_ask(activity: Activity) -> list[User]:
    """As `people_asked`, about one activity."""
    return people_asked([activity])[activity.pk]


def reaches_the_lead(activity: Activity) -> bool:
    """Whether there is anybody to ask about the activity. One query."""
    may_answer = Q(role=Role.REPRESENTATIVE) | Q(role__in=Role.speakers(), reported_activities=activity)
    return User.objects.filter(may_answer, is_active=True, party=activity.lead_id).exists()


def people_contributing(activity: Activity) -> list[User]:
    """The active representatives of the contributing parties that have not declined. One query."""
    return representatives_of(activity.contributions.standing().values("party"))


def people_asked_to_contribute(activity: Activity) -> list[User]:
    """The active representatives of the parties that have neither confirmed their part nor declined. One query."""
    return representatives_of(activity.contributions.unanswered().values("party"))


def representatives_of(parties: Iterable[int] | QuerySet[Contribution, Any]) -> list[User]:
    """The parties' active representatives. One query. `parties` are keys."""
    rows = User.objects.filter(is_active=True, role=Role.REPRESENTATIVE)
    return list(rows.filter(party__in=parties).order_by("party", "email"))


def is_asking(activity: Activity) -> bool:
    """Whether its contributors are asked: from the proposal on, until it is done or cancelled. Needs its `state`."""
    has_ended = activity.is_agreed and not State(activity.state).is_open
    return activity.preparation in ASKING and not has_ended


def asked_to_contribute(user: User) -> Q:
    """The activities in which the user's party has been asked for a part and has not answered. No query."""
    if not user.is_representative or user.party_id is None:
        return Q(pk__in=[])
    unanswered = Contribution.objects.unanswered().filter(party=user.party_id)
    return Q(preparation__in=ASKING, pk__in=unanswered.values("activity"))


def asked_of(user: User, day: date) -> Q:
    """The activities that the user is asked about on the day, also in somebody's place. Filter activities with it. No query."""
    if user.party_id is None:
        return Q(pk__in=[])
    return Q(pk__in=_asked_of(user.pk, user.party_id, day))


def with_mine(rows: ActivityQuerySet, user: User, day: date) -> ActivityQuerySet:
    """Annotates `is_mine`: the user is asked about the activity on the day, see `asked_of`."""
    return rows.annotate(is_mine=whether(asked_of(user, day)))  # type: ignore[no-redef] # the model names it


def _asked(activity: Activity, people: list[User], reporters: set[int]) -> list[User]:
    reporting = [user for user in people if user.pk in reporters]
    representatives = [user for user in people if user.is_representative]
    theirs = [user for user in representatives if activity.unit_id and user.unit_id == activity.unit_id]
    return reporting or theirs or representatives


def _speakers() -> UserQuerySet:
    rows = User.objects.filter(is_active=True, role__in=Role.speakers())
    return rows.select_related("party").order_by("party", "email")


def _reporters_of(rows: list[Activity]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    chosen = _reporting.filter(activity__in=[each.pk for each in rows])
    for activity, user in chosen.values_list("activity", "user"):
        found[activity].add(user)
    return found


@lru_cache(maxsize=2_000)  # compiled once for each person and day: every page with the menu asks
def _asked_of(user: int, party: int, day: date) -> RawSQL | list[int]:
    speaking = User.objects.filter(is_active=True, role__in=Role.speakers(), party=party)
    whose = speaking.filter(Q(pk=user) | Q(pk__in=Deputy.objects.stood_in_for(user, day).values("person")))
    of_the_activity = _reporting.filter(activity=OuterRef("pk"))
    representatives = whose.filter(role=Role.REPRESENTATIVE)
    in_the_unit = speaking.filter(role=Role.REPRESENTATIVE, unit=OuterRef("unit"))
    without_reporters = ~Exists(of_the_activity.filter(user__in=speaking.values("pk")))
    theirs = Exists(representatives.filter(unit=OuterRef("unit")))
    everybodys = Exists(representatives) & ~Exists(in_the_unit)
    asked = Exists(of_the_activity.filter(user__in=whose.values("pk"))) | (
        without_reporters & (theirs | everybodys)
    )
    return keys_of(Activity.objects.filter(asked, lead=party))
