"""Makes the activities' entries into the parts of the report. No queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from activities.reports import content, wording
from activities.reports.needs import ReportNeed
from activities.reports.scope import AREA, PARTY, PLACE, Scope
from activities.states import DecisionLevel, State
from parties.models import Party
from priorities.models import PriorityArea

Entries = Sequence[content.ReportEntry]


def summary(scope: Scope, entries: Entries, since: str, round_label: str) -> content.Summary:
    band = content.Band.of(one.state for one in entries)
    deviations = wording.deviations(_numbers(entries), named=False)
    sentences = [_roles(scope, entries), deviations, _attention(entries, round_label)]
    return content.Summary(
        heading=": ".join(filter(None, [wording.SUMMARY, scope.short_name])),
        headline=wording.headline(band.counts),
        sentences=" ".join(filter(None, sentences)),
        since=since,
        band=band,
        board=_questions(DecisionLevel.BOARD, entries),
    )


def others(entries: Entries) -> content.Others:
    """The questions to the steering group and to the parties themselves."""
    asked = [level for level in DecisionLevel.as_reported() if level in {one.decision_by for one in entries}]
    levels = [level for level in asked if level != DecisionLevel.BOARD]
    return content.Others(wording.others(levels), tuple(_questions(level, entries) for level in levels))


def flagged(entries: Entries) -> tuple[content.ReportEntry, ...]:
    return tuple(sorted((one for one in entries if one.is_flagged), key=lambda one: one.number))


def diagrams(
    scope: Scope, entries: Entries, areas: Iterable[PriorityArea], places: Iterable[str], day: date
) -> tuple[content.Diagram, ...]:
    """By area and by place. Leaves out the kind that the report itself covers. Numbered from 2; the summary's is 1."""
    if not entries:
        return ()
    drawn = []
    if scope.kind != AREA:
        by_area = [(area, [one for one in entries if one.area == area.slug]) for area in areas]
        rows = [_row(area.name, own, area.slug if own or scope.is_whole else "") for area, own in by_area]
        drawn.append((*wording.BY_PRIORITY_AREA, rows, ""))
    if scope.kind != PLACE:
        rows = [_row(name, [one for one in entries if name in one.places]) for name in places]
        everywhere = _row(wording.EVERYWHERE, [one for one in entries if not one.places])
        drawn.append((*wording.BY_PLACE, [*rows, everywhere], wording.OVERLAP))
    return tuple(
        content.Diagram(number, heading, column, wording.caption(caption, day), tuple(rows), note)
        for number, (heading, column, caption, rows, note) in enumerate(drawn, start=2)
    )


def chapters(
    scope: Scope, entries: Entries, areas: Iterable[PriorityArea], needs: Mapping[int, list[ReportNeed]]
) -> tuple[content.Chapter, ...]:
    """A chapter for each area; in a report of a part, only for the areas in which it has anything."""
    found = []
    for area in areas:
        own, asked = [one for one in entries if one.area == area.slug], needs.get(area.pk, ())
        is_asked_for = scope.is_whole or (scope.kind == AREA and scope.slug == area.slug)
        if is_asked_for or own or (asked and scope.kind == PLACE):
            found.append(_chapter(area, own, asked))
    return tuple(found)


def party_row(party: Party, entries: Entries) -> content.ReportPartyRow:
    led = [one for one in entries if one.lead_slug == party.slug]
    contributed = sum(party.slug in {other.slug for other in one.contributors} for one in entries)
    not_updated = sum(one.is_not_updated for one in led)
    kind = party.kind.name
    return content.ReportPartyRow(party.name, kind, party.since_year, len(led), contributed, not_updated)


def _chapter(area: PriorityArea, entries: Entries, needs: Iterable[ReportNeed]) -> content.Chapter:
    band = content.Band.of(one.state for one in entries)
    deviations = wording.deviations(_numbers(entries), named=True)
    sentences = [wording.headline(band.counts), deviations, _attention(entries)]
    return content.Chapter(
        slug=area.slug,
        name=area.name,
        effect_goal=area.effect_goal,
        sentences=" ".join(filter(None, sentences)),
        band=band,
        needs=tuple(needs),
        entries=tuple(entries),
    )


def _attention(entries: Entries, round_label: str = "") -> str:
    return wording.attention(
        overdue=sum(one.is_overdue for one in entries),
        late_start=sum(one.is_late_start for one in entries),
        not_updated=sum(one.is_not_updated for one in entries),
        round_label=round_label,
    )


def _questions(level: DecisionLevel, entries: Entries) -> content.Questions:
    asking = sorted((one for one in entries if one.decision_by == level), key=lambda one: one.number)
    return content.Questions(level.traits.heading, level.traits.none, tuple(asking))


def _row(name: str, entries: Entries, slug: str = "") -> content.DiagramRow:
    return content.DiagramRow(name, content.Band.of(one.state for one in entries), slug)


def _roles(scope: Scope, entries: Entries) -> str:
    """The sentence about the party's roles; empty unless the report covers a party."""
    if scope.kind != PARTY or not entries:
        return ""
    led = sum(one.lead_slug == scope.slug for one in entries)
    return wording.roles(scope.short_name, led=led, contributed=len(entries) - led)


def _numbers(entries: Entries) -> dict[State, list[int]]:
    """The activities' numbers by state, the worst first."""
    return {state: [one.number for one in entries if one.state == state] for state in State}
