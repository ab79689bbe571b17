"""What waits for the coordinator today, each with the address where it is done."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from activities.asked import ASKING
from activities.models import Activity, Contribution
from activities.overview.content import LateRound, OverviewPartyRow, Wait, WaitGroup, Waits
from activities.overview.links import OverviewLinks
from activities.overview.rows import OverviewRow
from activities.periods import Phase
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.names import listing
from samverkan.lib.numbers import counted

MOST = 50  # rows of a kind


def waits(
    agreement: Agreement,
    rows: Sequence[OverviewRow],
    parties: Sequence[OverviewPartyRow],
    links: OverviewLinks,
    phase: Phase | None,
) -> Waits:
    """Of the rows made `for_coordinator`. One query, about contributions."""
    is_open = phase is not None and phase.is_open
    groups = [*_plans(rows, links), *_contributions(agreement, rows)]
    if phase and is_open:
        url = links.round(phase.round)
        asked = [
            Wait(row.title, row.lead_name, f"{url}?aktivitet={row.number}#uppfoljning-{row.number}")
            for row in rows
            if row.is_questioned
        ]
        groups.insert(0, _group(asked, "fråga är obesvarad", "frågor är obesvarade"))
    late = _late(phase, parties, links) if phase and is_open and phase.round.due_on < phase.day else None
    return Waits(late, tuple(group for group in groups if group.waits))


def _group(waits: Iterable[Wait], one: str, many: str) -> WaitGroup:
    found = list(waits)
    return WaitGroup(counted(len(found), one, many), tuple(found[:MOST]))


def _plans(rows: Sequence[OverviewRow], links: OverviewLinks) -> list[WaitGroup]:
    def waiting(preparation: str) -> list[Wait]:
        chosen = [row for row in rows if row.is_to_prepare and row.preparation == preparation]
        return [Wait(row.title, row.lead_name, links.activity(row.number)) for row in chosen]

    return [
        _group(waiting(Activity.Preparation.PROPOSED), "förslag att svara på", "förslag att svara på"),
        _group(
            waiting(Activity.Preparation.RETURNED), "plan har kommit tillbaka", "planer har kommit tillbaka"
        ),
    ]


def _contributions(agreement: Agreement, rows: Sequence[OverviewRow]) -> list[WaitGroup]:
    """The parts that a party has declined, or been asked for and not confirmed, of activities that have not ended."""
    going_on = {
        row.pk: row for row in rows if row.preparation in ASKING and (row.is_open or not row.is_agreed)
    }
    unconfirmed = Contribution.objects.filter(activity__agreement=agreement, confirmed_on=None)
    declined: list[Wait] = []
    silent: list[Wait] = []
    parts = unconfirmed.order_by("activity__number", "pk").values_list(
        "activity", "declined_on", "party__slug", "party__short_name"
    )
    for activity, declined_on, slug, name in parts:
        if row := going_on.get(activity):
            url = reverse("contribution", args=[agreement.slug, row.number, slug])
            (silent if declined_on is None else declined).append(Wait(row.title, name, url))
    return [
        _group(declined, "nej till att medverka", "nej till att medverka"),
        _group(silent, "svar om medverkan saknas", "svar om medverkan saknas"),
    ]


def _late(phase: Phase, parties: Sequence[OverviewPartyRow], links: OverviewLinks) -> LateRound:
    behind = [party for party in parties if party.left]
    left = sum(party.left for party in behind)
    said = f"Sista dagen var {in_words(phase.round.due_on)}."
    if left:
        noun = counted(left, "aktivitet är inte uppdaterad", "aktiviteter är inte uppdaterade")
        said = f"{said} {noun}: {listing([party.name for party in behind])}."
    url = links.round(phase.round)
    remind_url = behind[0].remind_url if len(behind) == 1 else f"{url}#parterna" if behind else ""
    return LateRound(phase.round.label, said, url, remind_url, links.close(phase.round))
