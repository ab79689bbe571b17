"""What happens next: starts, ends, milestones and rounds, from the day on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from activities.models import Milestone, Round
from activities.overview.content import About, Coming
from activities.overview.links import OverviewLinks
from activities.overview.rows import OverviewRow
from activities.querysets import ActivityQuerySet, as_planned, day_of_plan
from activities.round_days import days_of

AHEAD = timedelta(days=60)
MOST = 6
# The day, what happens, and the activity concerned.
Happening = tuple[date, str, OverviewRow]


def coming(
    visible: ActivityQuerySet,
    rows: Iterable[OverviewRow],
    rounds: Iterable[Round],
    day: date,
    links: OverviewLinks,
) -> tuple[Coming, ...]:
    """The nearest six within 60 days, without activities that are done or cancelled as of the day. One query.

    The milestones are those of the plan that `visible` reads. What happens to several activities on one day counts as one.
    """
    going_on = {row.pk: row for row in rows if row.is_open}
    together: dict[tuple[date, str], list[OverviewRow]] = defaultdict(list)
    for when, what, row in [*_starts_and_ends(going_on.values()), *_milestones(visible, going_on, day)]:
        together[when, what].append(row)
    found: list[tuple[Coming, list[OverviewRow]]] = [(each, []) for each in _rounds(rounds, links)]
    found += [(Coming(*key), happens_to) for key, happens_to in together.items()]
    near = [each for each in found if day <= each[0].day <= day + AHEAD]
    nearest = sorted(near, key=lambda each: each[0].day)[:MOST]
    return tuple(replace(each, about=_about(happens_to, links)) for each, happens_to in nearest)


def _about(rows: Iterable[OverviewRow], links: OverviewLinks) -> tuple[About, ...]:
    return tuple(About(row.title, links.activity(row.number), row.lead_name) for row in rows)


def _rounds(rounds: Iterable[Round], links: OverviewLinks) -> Iterator[Coming]:
    for each in rounds:
        url = links.round(each)
        what = {"oppnar": f"{each.label} öppnar", "sista-dag": f"Sista dag för {each.label}"}
        for of_round in days_of(each):
            if of_round.key in what:
                yield Coming(of_round.day, what[of_round.key], url=url)


def _starts_and_ends(rows: Iterable[OverviewRow]) -> Iterator[Happening]:
    for row in rows:
        yield row.starts_on, "Startar", row
        yield row.ends_on, "Ska vara klar", row


def _milestones(
    visible: ActivityQuerySet, going_on: Mapping[int, OverviewRow], day: date
) -> Iterator[Happening]:
    planned = as_planned(Milestone.objects.unreached(day=day), day_of_plan(visible))
    undone = planned.filter(activity__in=visible.values("pk"))
    near = undone.filter(due_on__gte=day, due_on__lte=day + AHEAD).order_by("activity__number", "pk")
    for activity, title, due_on in near.values_list("activity", "title", "due_on"):
        if row := going_on.get(activity):
            yield due_on, f"Delmål: {title}", row
