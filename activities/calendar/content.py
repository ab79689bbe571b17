"""What stands in a person's own calendar? What they see now of adopted agreements, and nothing internal."""

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
    """One whole day. `key` is the same as long as it is about the same thing, also when the day is moved."""

    key: str
    day: date
    title: str
    about: str
    path: str


def own_entries(user: User, *, today: date) -> list[CalendarEntry]:
    """The rounds' days, and when what the own party is responsible for is due. Three queries, however much there is.

    The own party's work is that of *Mitt arbete*: what others are responsible for is theirs to keep in mind.
    """
    entries = [*_of_rounds(user)]
    if policies.has_own_work(user):
        entries += _of_own_work(user, today)
    return sorted(entries, key=lambda entry: (entry.day, entry.key))


def _of_rounds(user: User) -> Iterator[CalendarEntry]:
    rounds = Round.objects.visible_to(user).filter(agreement__status=Agreement.Status.ADOPTED)
    for round in rounds.select_related("agreement"):
        for each in days_of(round):
            if each.key == "stangd":
                continue  # nobody has anything to do then
            yield CalendarEntry(
                f"omgang-{round.pk}-{each.key}",
                each.day,
                f"{each.what}: {round.label}",
                round.agreement.title,
                _page_of(round, each.day, user),
            )


def _page_of(round: Round, day: date, user: User) -> str:
    """Where the user does something about the round; for those who only read, the year."""
    if user.is_coordinator:
        return round.get_absolute_url()
    if policies.has_own_work(user):
        return reverse("my_work")
    return f"{reverse('year', args=[round.agreement.slug])}?{urlencode({'ar': day.year})}"


def _of_own_work(user: User, today: date) -> Iterator[CalendarEntry]:
    """End dates and milestones that are still to come true, in what is neither done nor cancelled."""
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
