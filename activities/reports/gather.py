"""Gathers the report's content. A constant number of queries, whatever the number of activities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import OuterRef, Prefetch, Subquery

from activities.models import Activity, Contribution, FollowUp, Round
from activities.periods import Rounds
from activities.querysets import ActivityQuerySet, as_planned, day_of_plan, earlier
from activities.reports import content, parts, wording
from activities.reports.entries import Replacements, entry
from activities.reports.lacking import late_milestones
from activities.reports.later import later_changes
from activities.reports.needs import needs
from activities.reports.scope import WHOLE, Scope, fetch_parts
from activities.reports.since import since
from activities.states import State
from parties.models import Party
from priorities.models import Agreement


class Replaced(Protocol):
    """What `_activities` adds to an activity: the newest one that replaces it, if any."""

    new_number: int | None
    new_title: str


def gather(agreement: Agreement, *, as_of: date, made_on: date, scope: Scope = WHOLE) -> content.Report:
    """The report as of a day, made on another. Covers `reportable` activities: it says the same whoever makes it."""
    fetch_parts(agreement)
    asking, was_open, previous = _rounds(agreement, as_of, made_on)
    then = earlier(as_of, made_on)
    covered = Activity.objects.in_agreement(agreement).planned(then).reportable().filter(scope.rows(then))
    activities = _activities(covered, as_of, asking)
    follow_ups, members = _follow_ups(covered, as_of), _members(agreement, as_of)
    entries = [entry(one, follow_ups.get(one.pk, []), _replacements(one)) for one in activities]
    matter = agreement.matter
    areas, places = agreement.priority_areas.all(), [one.place.name for one in agreement.focus_areas.all()]
    counted = sum(len(_of_the_lead(follow_ups.get(one.pk, ()))) for one in activities)
    made: Any = {"as_of": as_of, "made_on": made_on, "covers": scope.covers, "follow_ups": counted}
    asked_for = needs(agreement, scope, activities, as_of=as_of, made_on=made_on)
    changed = since(entries, previous, _before(activities, follow_ups, previous.as_of) if previous else {})
    return content.Report(
        title=wording.TITLE,
        agreement_slug=agreement.slug,
        period=agreement.period,
        scope=scope,
        sender=next((party.name for party in members if party.leads), ""),
        case_number=matter.case_number if matter else "",
        as_of=as_of,
        made_on=made_on,
        is_example=settings.IS_DEMO,
        parties=tuple(party.name for party in members),
        summary=parts.summary(scope, entries, changed.sentence, asking.label if asking else ""),
        others=parts.others(entries),
        diagrams=parts.diagrams(scope, entries, areas, places, as_of),
        since=changed,
        flagged=parts.flagged(entries),
        late_milestones=late_milestones(activities, as_of, then),
        gaps=asked_for.gaps,
        chapters=parts.chapters(scope, entries, areas, asked_for.by_area),
        appendix=content.Appendix(
            wording.how_it_was_made(**made, asked=_asked(asking, was_open), activities=len(entries)),
            tuple(parts.party_row(party, entries) for party in members),
            later_changes(activities, as_of) if then else (),
        ),
    )


def _rounds(agreement: Agreement, day: date, made_on: date) -> tuple[Round | None, bool, Round | None]:
    """The round that decides who is *inte uppdaterad*, whether it was open on `made_on`, and the one to compare with.

    The report is compared with the newest round of an earlier day; None when there is none.
    """
    rounds = Rounds.of(agreement)
    asking = rounds.asking_about(day, today=made_on)
    earlier = (each for each in reversed(rounds.asked_by(day, today=made_on)) if each.as_of < day)
    return asking, asking is not None and asking == rounds.open_on(made_on), next(earlier, None)


def _activities(covered: ActivityQuerySet, day: date, asking: Round | None) -> list[Activity]:
    """The activities, the worst first, with all that their entries show."""
    then = day_of_plan(covered)
    contributions = as_planned(Contribution.objects.select_related("party"), then)
    others = Activity.objects.planned(then).reportable().as_of(day)
    newer = others.filter(replaces=OuterRef("pk")).order_by("-number")[:1]
    rows = covered.as_of(day).with_flags(today=day, round=asking).worst_first().for_list()
    rows = rows.annotate(
        new_number=Subquery(newer.values("number")), new_title=Subquery(newer.values("title"))
    )
    return list(rows.select_related("replaces").prefetch_related(Prefetch("contributions", contributions)))


def _follow_ups(covered: ActivityQuerySet, day: date) -> Mapping[int, list[FollowUp]]:
    """The follow-ups that count up to the day, the contributors' too, by activity, the newest first."""
    follow_ups = FollowUp.objects.counting().filter(activity__in=covered.values("pk"), refers_on__lte=day)
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in follow_ups.select_related("party").newest_first():
        found[follow_up.activity_id].append(follow_up)
    return found


def _of_the_lead(said: Iterable[FollowUp]) -> list[FollowUp]:
    return [one for one in said if one.voice == FollowUp.Voice.RESPONSIBLE]


def _replacements(activity: Activity) -> Replacements:
    """Leaves out a replaced activity that is internal or not agreed. Needs the annotations of `_activities`."""
    old, replaced = activity.replaces, cast("Replaced", activity)
    is_reported = old is not None and old.is_agreed and not old.is_internal
    replaces = (
        content.RelatedActivity(old.number, old.title, activity.replace_reason)
        if old and is_reported
        else None
    )
    new = (
        content.RelatedActivity(replaced.new_number, replaced.new_title, "") if replaced.new_number else None
    )
    return Replacements(replaces, new)


def _before(
    activities: Iterable[Activity], follow_ups: Mapping[int, list[FollowUp]], day: date
) -> Mapping[int, State]:
    """The states as of an earlier day, by activity number. Leaves out activities that were not agreed then."""
    found = {}
    for one in activities:
        agreed_on = max(filter(None, (one.lead_yes_on, one.coordinator_yes_on)))
        if agreed_on <= day:
            said = _of_the_lead(follow_ups.get(one.pk, ()))
            newest = next((each for each in said if each.refers_on <= day), None)
            found[one.number] = (newest and newest.state) or State.NOT_STARTED
    return found


def _members(agreement: Agreement, day: date) -> list[Party]:
    """The parties on the day, the leading one first, then in the agreement's order."""
    return [one.party for one in agreement.memberships.all() if one.is_party_on(day)]


def _asked(asking: Round | None, was_open: bool) -> str:
    if asking is None:
        return wording.asked(round_label="", due_on=None, is_open=False)
    return wording.asked(round_label=asking.label, due_on=asking.due_on, is_open=was_open)
