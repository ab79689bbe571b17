"""The entries of a person's own calendar: what they can see now in adopted agreements, nothing internal.

Only the days of activities that the own party leads: those of contributions stay with the parties that lead them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.urls import reverse

from activities import policies
from activities.models import Activity, Milestone, Round
from activities.round_days import days_of
from activities.states import State
from parties.models import User
from priorities.models import Agreement

OPEN = [state for state in State if state.is_open]


@dataclass(frozen=True)
class CalendarEntry:
    """An entry for a whole day. `key` identifies what it is about and stays the same when the day moves."""

    key: str
    day: date
    title: str
    about: str
    path: str


def own_entries(user: User, *, today: date) -> list[CalendarEntry]:
    """The rounds' days, and the last days and milestones of the activities that the own party leads. Three queries."""
    entries = [*_of_rounds(user)]
    if policies.has_own_work(user):
        entries += _of_own_work(user, today)
    return sorted(entries, key=lambda entry: (entry.day, entry.key))


def _of_rounds(user: User) -> Iterator[CalendarEntry]:
    rounds = Round.objects.visible_to(user).filter(agreement__status=Agreement.Status.ADOPTED)
    for round in rounds.select_related("agreement"):
        for each in days_of(round):
            if each.key == "stangd":
                continue  # a day on which nobody has anything to do
            yield CalendarEntry(
                f"omgang-{round.pk}-{each.key}",
                each.day,
                f"{each.what}: {round.label}",
                round.agreement.title,
                _page_of(round, each.day, user),
            )


def _page_of(round: Round, day: date, user: User) -> str:
    """The page where the user works with the round; *Årshjul* for those who only read."""
    if user.is_coordinator:
        return round.get_absolute_url()
    if policies.has_own_work(user):
        return reverse("my_work")
    return f"{reverse('year', args=[round.agreement.slug])}?{urlencode({'ar': day.year})}"


def _of_own_work(user: User, today: date) -> Iterator[CalendarEntry]:
    """End dates, and milestones not yet done, of activities that are neither done nor cancelled."""
    undone = Prefetch("milestones", Milestone.objects.filter(done_on=None), to_attr="undone")
    led = Activity.objects.visible_to(user).reportable().led_by(user.party)
    adopted = led.filter(agreement__status=Agreement.Status.ADOPTED)
    for activity in adopted.as_of(today).in_state(*OPEN).select_related("agreement").prefetch_related(undone):
        about = f"Aktivitet {activity.number} i {activity.agreement.title}"
        path = activity.get_absolute_url()
        yield CalendarEntry(
            f"aktivitet-{activity.pk}-slut",
            activity.ends_on,
            f"Ska vara klar: {activity.title}",
            about,
            path,
        )
        for step in activity.undone:
            title = f"Delmål: {step.title} ({activity.title})"
            yield CalendarEntry(f"delmal-{step.pk}", step.due_on, title, about, path)
