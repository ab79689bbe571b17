"""Gathers the content of *Översikt*. Ten queries at most, whatever the number of activities."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from activities import policies
from activities.gaps import Gap, gaps
from activities.models import Activity, Round
from activities.overview.coming import coming
from activities.overview.content import AreaRow, Cell, Figure, Overview, OverviewPartyRow, PlaceColumn, Share
from activities.overview.deviations import deviations
from activities.overview.links import OverviewLinks
from activities.overview.rows import OverviewRow, rows_of
from activities.overview.waits import waits
from activities.periods import Phase, Rounds
from activities.querysets import ActivityQuerySet, earlier
from activities.reports.content import Band
from activities.states import Flag, State
from parties.models import User
from priorities.models import Agreement, PriorityArea
from priorities.which import EVERYWHERE


def gather(
    visible: ActivityQuerySet, agreement: Agreement, user: User, *, day: date, today: date
) -> Overview | None:
    """The overview of the agreed activities among the visible ones; None when `day` is today and there are none."""
    rounds = Rounds.of(agreement)
    asking = rounds.asking_about(day, today=today)
    phase = rounds.phase_of(asking, today) if asking else None
    for_coordinator = day == today and policies.can_keep_rounds(user, agreement)
    everything = rows_of(visible, day, asking, today=today, for_coordinator=for_coordinator)
    rows = [row for row in everything if row.preparation == Activity.Preparation.AGREED]
    if not rows and day == today:
        return None
    links = OverviewLinks(
        agreement,
        earlier(day, today),
        agreed_only=len(rows) < len(everything),
        to_rounds=policies.can_read_rounds(user),
    )
    missing = gaps(agreement, day, today=today)
    planned = visible.planned(earlier(day, today))
    places, areas = matrix(agreement, planned, rows, missing, links)
    band = Band.of(State(row.state) for row in rows)
    answers = parties(agreement, rows, day, links, phase) if phase else ()
    return Overview(
        day=day,
        today=today,
        band=band,
        shares=tuple(Share(each, links.activities(status=each.key.slug)) for each in band.segments),
        all_url=links.activities(),
        figures=figures(rows, band, len(missing), links, asking=asking, day=day),
        places=places,
        areas=areas,
        asking=rounds.phase_of(asking, day) if asking else None,
        parties=answers,
        deviations=deviations(rows, day, links),
        waits=waits(agreement, everything, answers, links, phase) if for_coordinator else None,
        coming=coming(planned, rows, rounds.in_order, day, links),
        rounds_url=links.rounds(),
        round_url=links.round(asking) if asking else "",
    )


def figures(
    rows: Sequence[OverviewRow],
    band: Band,
    gap_count: int,
    links: OverviewLinks,
    *,
    asking: Round | None,
    day: date,
) -> tuple[Figure, ...]:
    """The figures of what needs attention, each with the address of the rows that it counts."""

    def figure(what: State | Flag, count: int, label: str, detail: str = "") -> Figure:
        traits, url = what.traits, links.activities(status=what.slug)
        return Figure(what.value, traits.icon, count, label, detail or traits.attention, url)

    flagged = {
        Flag.OVERDUE: sum(row.is_overdue(day) for row in rows),
        Flag.LATE_START: sum(row.is_late_start(day) for row in rows),
        Flag.NOT_UPDATED: sum(row.is_not_updated for row in rows),
    }
    details = {Flag.NOT_UPDATED: asking.label} if asking else {}
    gap = "behov på en plats utan aktivitet"
    return (
        *(figure(state, band.counts[state], state.label) for state in State if state.traits.attention),
        *(figure(flag, flagged[flag], flag.traits.several, details.get(flag, "")) for flag in Flag),
        Figure("gap", "dash-square-dotted", gap_count, "Luckor", gap, links.gaps()),
    )


# --- Priority area × place ---------------------------------------------------------------------------------
def matrix(
    agreement: Agreement,
    visible: ActivityQuerySet,
    rows: Sequence[OverviewRow],
    missing: Iterable[Gap],
    links: OverviewLinks,
) -> tuple[tuple[PlaceColumn, ...], tuple[AreaRow, ...]]:
    """The places and a row for each area, the whole municipality last. An activity counts in each of its places."""
    skeleton = PriorityArea.objects.filter(agreement=agreement).order_by(
        "order", "agreement__focus_areas__order"
    )
    place = "agreement__focus_areas__place"
    cells = list(skeleton.values_list("pk", "slug", "name", place, f"{place}__slug", f"{place}__name"))
    counts = _counts(visible, rows)
    lacking = Counter((gap.need.priority_area_id, gap.place.pk) for gap in missing)

    def cell(area: int, area_slug: str, place: int | None, slug: str, name: str) -> Cell:
        at = {"omrade": area_slug, "plats": slug}
        gap_count = lacking[area, place] if place else 0
        found = counts[area, place]
        return Cell(name, found, links.activities(**at), gap_count, links.gaps(**at) if gap_count else "")

    columns: dict[str, PlaceColumn] = {}
    made: dict[tuple[int, str, str], list[Cell]] = defaultdict(list)
    for area, area_slug, area_name, pk, slug, name in cells:
        if pk:
            columns[slug] = PlaceColumn(name, links.place(slug))
        made[area, area_slug, area_name] += [cell(area, area_slug, pk, slug, name)] if pk else []
    everywhere = {key: cell(key[0], key[1], None, EVERYWHERE, "Hela kommunen") for key in made}
    areas = tuple(AreaRow(key[2], (*found, everywhere[key])) for key, found in made.items())
    return (*columns.values(), PlaceColumn("Hela kommunen", "")), areas


def _counts(
    visible: ActivityQuerySet, rows: Sequence[OverviewRow]
) -> dict[tuple[int, int | None], Counter[State]]:
    """The number of activities in each state, by area and place; place None is the whole municipality."""
    of_each: dict[int, list[int | None]] = defaultdict(list)
    named = visible.agreed().filter(focus_areas__isnull=False).order_by()
    for activity, place in named.values_list("pk", "focus_areas__place"):
        of_each[activity].append(place)
    counts: dict[tuple[int, int | None], Counter[State]] = defaultdict(Counter)
    for row in rows:
        for where in of_each.get(row.pk, [None]):
            counts[row.area, where][State(row.state)] += 1
    return counts


# --- Who has answered --------------------------------------------------------------------------------------
def parties(
    agreement: Agreement, rows: Sequence[OverviewRow], day: date, links: OverviewLinks, asking: Phase
) -> tuple[OverviewPartyRow, ...]:
    """The parties' answers in the round: those with something left first, those asked about nothing last."""
    left = Counter(row.lead for row in rows if row.is_missing)
    answered = Counter(row.lead for row in rows if row.is_answered)
    there = links.of_round(asking.round, day)
    members = agreement.memberships.select_related("party").order_by("-party__leads", "pk")
    asked = {*left, *answered}
    found = [
        OverviewPartyRow(
            party.short_name,
            answered[party.pk],
            left[party.pk],
            there.activities(part=party.slug, status=Flag.NOT_UPDATED.slug),
            links.remind(asking.round, party) if left[party.pk] and asking.is_open else "",
        )
        for party in (each.party for each in members if each.is_party_on(day) or each.party_id in asked)
    ]
    return tuple(sorted(found, key=lambda party: (not party.left, not party.asked)))
