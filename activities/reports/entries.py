"""Makes an activity and its follow-ups into an entry of the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from activities.models import Activity, Contribution, FollowUp
from activities.reports import wording
from activities.reports.content import Contributor, Outcome, RelatedActivity, ReportEntry, ReportFollowUp
from activities.states import Attainment, DecisionLevel, State
from samverkan.lib.numbers import in_unit


class Annotated(Protocol):
    """What `as_of` and `with_flags` add to an activity."""

    state: str
    is_overdue: bool
    is_late_start: bool
    is_not_updated: bool


@dataclass(frozen=True)
class Replacements:
    """The activity that an activity replaces and the one that replaces it; None when there is none."""

    replaces: RelatedActivity | None
    replaced_by: RelatedActivity | None


def entry(activity: Activity, said: Sequence[FollowUp], replacements: Replacements) -> ReportEntry:
    """`said` is what the parties have said as of the day, the newest first. Needs `as_of` and `with_flags`."""
    derived = cast("Annotated", activity)
    follow_ups = [one for one in said if one.voice == FollowUp.Voice.RESPONSIBLE]
    newest = follow_ups[0] if follow_ups else None
    return ReportEntry(
        number=activity.number,
        title=activity.title,
        area=activity.priority_area.slug,
        lead=activity.lead.name,
        lead_short=activity.lead.short_name,
        lead_slug=activity.lead.slug,
        owner_title=activity.owner_title,
        places=tuple(area.place.name for area in activity.focus_areas.all()),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        is_recurring=activity.is_recurring,
        state=State(derived.state),
        goal=activity.goal,
        outcome=_outcome(activity, follow_ups),
        attainment=Attainment(newest.attainment).label if newest and newest.attainment else "",
        contributors=tuple(_contributor(one, said) for one in activity.contributions.all() if one.stands),
        newest=_follow_up(newest) if newest else None,
        is_unchanged=bool(newest and newest.unchanged),
        earlier=_last_text(follow_ups),
        needed=newest.needed if newest else "",
        decision_by=DecisionLevel(newest.decision_by) if newest and newest.decision_by else None,
        replaces=replacements.replaces,
        replaced_by=replacements.replaced_by,
        is_overdue=derived.is_overdue,
        is_late_start=derived.is_late_start,
        is_not_updated=derived.is_not_updated,
    )


def _follow_up(follow_up: FollowUp) -> ReportFollowUp:
    party, title = follow_up.party.short_name, follow_up.author_title
    speaker = wording.speaker(party=party, title=title, on_behalf=follow_up.on_behalf)
    return ReportFollowUp(follow_up.what_happened, follow_up.refers_on, speaker)


def _contributor(contribution: Contribution, said: Sequence[FollowUp]) -> Contributor:
    party, done = contribution.party, _done(contribution.party_id, said)
    unanswered = contribution.is_unanswered and done is None
    return Contributor(party.slug, party.short_name, contribution.what, done, unanswered)


def _done(party: int, said: Sequence[FollowUp]) -> ReportFollowUp | None:
    """What the party said last as a contributor; None before it has written anything."""
    own = (one for one in said if one.voice == FollowUp.Voice.CONTRIBUTOR and one.party_id == party)
    return next((_follow_up(one) for one in own if one.what_happened), None)


def _last_text(follow_ups: Sequence[FollowUp]) -> ReportFollowUp | None:
    """The newest follow-up with a text, when the newest of all has none; None otherwise."""
    if not follow_ups or follow_ups[0].what_happened:
        return None
    return next((_follow_up(each) for each in follow_ups if each.what_happened), None)


def _outcome(activity: Activity, follow_ups: Sequence[FollowUp]) -> Outcome | None:
    """The measure with its last known value; None when the activity has no measure."""
    measured = next((each for each in follow_ups if each.actual is not None), None)
    actual_on: date | None = measured.refers_on if measured else None
    if not (activity.measure or activity.target is not None or measured):
        return None
    unit = activity.measure_unit
    return Outcome(
        measure=activity.measure,
        actual=in_unit(measured.actual, unit) if measured else "",
        actual_on=actual_on,
        baseline=in_unit(activity.baseline, unit),
        target=in_unit(activity.target, unit),
    )
