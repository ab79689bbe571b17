"""A round's figures on each page that shows them, beside those of the report as of the round's day."""

from collections.abc import Iterable
from datetime import date, timedelta

from activities.models import Activity, Round
from activities.my_work.tasks import led
from activities.overview.gather import gather as overview
from activities.periods import Phase, Rounds
from activities.reminders.recipients import gather as recipients
from activities.reports.gather import gather as report
from activities.rounds import Progress
from activities.states import State
from activities.waiting import waiting_in
from parties.models import Party, User
from parties.roles import Role
from priorities.models import Agreement

# Where the figures are shown, and by the short name of each party the numbers of the activities that lack an answer.
Figures = dict[str, dict[str, list[int]]]


def differing(agreement: Agreement, today: date) -> list[tuple[str, Figures]]:
    """The rounds, by label, whose figures differ from the report's as of the round's day: an empty list when all agree."""
    found = []
    for phase in Rounds.of(agreement).phases(today):
        if not phase.is_planned and phase.round.as_of <= today:
            figures = of_round(agreement, phase)
            if len({repr(each) for each in figures.values()}) > 1:
                found.append((phase.round.label, figures))
    return found


def of_round(agreement: Agreement, phase: Phase) -> Figures:
    """Without internal activities, which no report shows.

    While the round is open also the reminders and *Mitt arbete*; always the list of the last day on which it was open, which
    leaves out only what has ended since the round's day.
    """
    day, today = phase.round.as_of, phase.day
    internal = set(Activity.objects.filter(is_internal=True).values_list("number", flat=True))
    progress = Progress.of(phase)
    figures = {
        "the round": _by_party(
            (row.lead.short_name, row.number) for each in progress.parties for row in each.missing
        ),
        "the report": _by_party(_reported(agreement, phase)),
    }
    last = phase.ended_on - timedelta(days=1) if phase.ended_on else today
    if last >= day:
        missing = [row for each in progress.parties for row in each.missing]
        listed = _listed(missing, phase.round, last, today)
        figures["the list"] = _by_party((row.lead.short_name, row.number) for row in listed)
    if phase.is_open:
        waiting = recipients([phase.round], today).waiting
        figures["the reminders"] = _by_party((row.lead.short_name, row.number) for row in waiting)
        mine = [row for party in Party.objects.all() for row in _mine(party, agreement, phase)]
        figures["Mitt arbete"] = _by_party((row.lead.short_name, row.number) for row in mine)
    shown = {
        where: {party: [one for one in numbers if one not in internal] for party, numbers in parties.items()}
        for where, parties in figures.items()
    }
    left = _left(agreement, phase)
    counted = {party: len(numbers) for party, numbers in shown["the round"].items() if numbers}
    if left != counted:
        shown["the overview"] = {party: [count] for party, count in left.items()}
    return {
        where: {party: each for party, each in parties.items() if each} for where, parties in shown.items()
    }


def _reported(agreement: Agreement, phase: Phase) -> Iterable[tuple[str, int]]:
    """What the report as of the round's day calls *inte uppdaterad*, by lead and number."""
    for chapter in report(agreement, as_of=phase.round.as_of, made_on=phase.day).chapters:
        yield from ((entry.lead_short, entry.number) for entry in chapter.entries if entry.is_not_updated)


def _left(agreement: Agreement, phase: Phase) -> dict[str, int]:
    """How many activities each party has left on Översikt as of the round's day, without zeros."""
    visible, reader = Activity.objects.reportable(), User(role=Role.OFFICIAL)
    page = overview(visible, agreement, reader, day=phase.round.as_of, today=phase.day)
    return {party.name: party.left for party in page.parties if party.left} if page else {}


def _mine(party: Party, agreement: Agreement, phase: Phase) -> Iterable[Activity]:
    """What waits for the party on *Mitt arbete*."""
    person = User(role=Role.REPRESENTATIVE, party=party)
    waiting = led(person, [agreement], today=phase.day).filter(waiting_in([phase.round], phase.day))
    return waiting.select_related("lead")


def _listed(missing: list[Activity], round: Round, day: date, today: date) -> list[Activity]:
    """Those *inte uppdaterade* as of the day, and of the missing those that were done or cancelled by then."""
    rows = Activity.objects.as_of(day, today=today).select_related("lead")
    ended = rows.in_state(State.DONE, State.CANCELLED).filter(pk__in=[row.pk for row in missing])
    return [*rows.not_updated(today=day, round=round), *ended]


def _by_party(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for party, number in sorted(pairs):
        found.setdefault(party, []).append(number)
    return found
