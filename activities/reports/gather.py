"""Where does the report's content come from? A constant number of queries, whatever the number of activities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q

from activities.models import Activity, FollowUp, Round
from activities.reports import content, wording
from activities.reports.entries import entry
from activities.states import DecisionLevel, State
from parties.models import Party
from priorities.models import Agreement, Need, PriorityArea

Entries = Sequence[content.Entry]


def gather(agreement: Agreement, *, as_of: date, made_on: date) -> content.Report:
    """The report as of a day, made on another. It begins at `reportable`: whoever makes it, it says the same."""
    asking = Round.objects.asking_about(agreement, as_of, today=made_on)
    activities = _activities(agreement, as_of, asking)
    words = _words(agreement, as_of)
    entries = [entry(activity, words.get(activity.pk, [])) for activity in activities]
    areas, members, matter = (
        list(agreement.priority_areas.all()),
        _members(agreement, as_of),
        agreement.matter,
    )
    return content.Report(
        title=wording.TITLE,
        agreement_slug=agreement.slug,
        period=agreement.period,
        sender=next((party.name for party in members if party.leads), ""),
        case_number=matter.case_number if matter else "",
        as_of=as_of,
        made_on=made_on,
        is_example=settings.IS_DEMO,
        parties=tuple(party.name for party in members),
        summary=_summary(agreement, entries, areas, asking.label if asking else ""),
        chapters=_chapters(areas, entries, _needs(agreement, activities)),
        appendix=content.Appendix(
            how=wording.how_it_was_made(
                as_of=as_of,
                made_on=made_on,
                asked=_asked(asking, made_on),
                activities=len(entries),
                words=sum(map(len, words.values())),
            ),
            parties=tuple(_party(party, entries) for party in members),
        ),
    )


# --- Queries -----------------------------------------------------------------------------------------------
def _activities(agreement: Agreement, day: date, asking: Round | None) -> list[Activity]:
    """The worst first, each with all that its entry shows."""
    reportable = Activity.objects.reportable().in_agreement(agreement)
    return list(reportable.as_of(day).with_flags(today=day, round=asking).worst_first().for_page())


def _words(agreement: Agreement, day: date) -> Mapping[int, list[FollowUp]]:
    """What the responsible parties had said as of the day and not taken back, by activity, the newest first."""
    reportable = Activity.objects.reportable().in_agreement(agreement)
    said = FollowUp.objects.states().filter(activity__in=reportable.values("pk"), refers_on__lte=day)
    found: dict[int, list[FollowUp]] = defaultdict(list)
    for word in said.select_related("party").newest_first():
        found[word.activity_id].append(word)
    return found


def _members(agreement: Agreement, day: date) -> list[Party]:
    """Those who were parties on the day, the leading one first, then as they stand in the agreement."""
    joined, left = Q(joined_on=None) | Q(joined_on__lte=day), Q(left_on=None) | Q(left_on__gte=day)
    memberships = agreement.memberships.filter(joined, left).select_related("party")
    return [membership.party for membership in memberships.order_by("-party__leads", "pk")]


def _needs(agreement: Agreement, activities: Iterable[Activity]) -> Mapping[int, list[content.Need]]:
    """The needs by priority area, each with the numbers of the activities that answer it."""
    answers = defaultdict(list)
    for activity in activities:
        for need in activity.needs.all():
            answers[need.pk].append(activity.number)
    found = defaultdict(list)
    for need in Need.objects.filter(agreement=agreement):
        found[need.priority_area_id].append(
            content.Need(need.number, need.problem, tuple(sorted(answers[need.pk])))
        )
    return found


# --- Parts of the report -----------------------------------------------------------------------------------
def _summary(
    agreement: Agreement, entries: Entries, areas: Iterable[PriorityArea], round_label: str
) -> content.Summary:
    flagged = [one for one in entries if one.is_flagged]
    attention = wording.attention(
        overdue=sum(one.is_overdue for one in flagged),
        late_start=sum(one.is_late_start for one in flagged),
        not_updated=sum(one.is_not_updated for one in flagged),
        round_label=round_label,
    )
    band = content.Band.of(one.state for one in entries)
    deviations = wording.deviations(_numbers(entries), named=False)
    board, *others = (_questions(level, entries) for level in wording.QUESTIONS)
    return content.Summary(
        headline=wording.headline(band.counts),
        sentences=" ".join(filter(None, [deviations, attention])),
        band=band,
        board=board,
        others=tuple(others),
        flagged=tuple(sorted(flagged, key=lambda one: one.number)),
        areas=tuple(
            _row(area.name, [one for one in entries if one.area == area.slug], area.slug) for area in areas
        ),
        places=_places(agreement, entries),
    )


def _questions(level: DecisionLevel, entries: Entries) -> content.Questions:
    heading, none = wording.QUESTIONS[level]
    asking = sorted((one for one in entries if one.decision_by == level), key=lambda one: one.number)
    return content.Questions(heading, none, tuple(asking))


def _places(agreement: Agreement, entries: Entries) -> tuple[content.Row, ...]:
    """Each geographic area in the agreement's order, the whole municipality last: it fills no area."""
    names = [area.place.name for area in agreement.focus_areas.select_related("place")]
    rows = [_row(name, [one for one in entries if name in one.places]) for name in names]
    return (*rows, _row(wording.EVERYWHERE, [one for one in entries if not one.places]))


def _row(name: str, entries: Entries, slug: str = "") -> content.Row:
    return content.Row(name, content.Band.of(one.state for one in entries), slug)


def _chapters(
    areas: Iterable[PriorityArea], entries: Entries, needs: Mapping[int, list[content.Need]]
) -> tuple[content.Chapter, ...]:
    chapters = []
    for area in areas:
        own = [one for one in entries if one.area == area.slug]
        band = content.Band.of(one.state for one in own)
        sentences = [wording.headline(band.counts), wording.deviations(_numbers(own), named=True)]
        chapters.append(
            content.Chapter(
                slug=area.slug,
                name=area.name,
                effect_goal=area.effect_goal,
                sentences=" ".join(filter(None, sentences)),
                band=band,
                needs=tuple(needs.get(area.pk, ())),
                entries=tuple(own),
            )
        )
    return tuple(chapters)


def _party(party: Party, entries: Entries) -> content.PartyRow:
    led = [one for one in entries if one.lead == party.name]
    not_updated = sum(one.is_not_updated for one in led)
    return content.PartyRow(party.name, Party.Kind(party.kind).label, party.since_year, len(led), not_updated)


def _asked(asking: Round | None, made_on: date) -> str:
    if asking is None:
        return wording.asked(round_label="", due_on=None, is_open=False)
    return wording.asked(round_label=asking.label, due_on=asking.due_on, is_open=asking.is_open(made_on))


def _numbers(entries: Entries) -> dict[State, list[int]]:
    """The activities' numbers by state, the worst first."""
    return {state: [one.number for one in entries if one.state == state] for state in State}
