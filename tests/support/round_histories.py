"""Generated histories of an agreement: rounds, activities, follow-ups, corrections and closings on any day of a year."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import strategies as st

from activities.editing.seen import Seen
from activities.follow_ups.actions import Answer, record_correction, record_follow_up, undo_follow_up
from activities.models import Activity, FollowUp, Round
from activities.rounds.actions import close_round
from activities.states import State
from parties.models import Party, User
from priorities.models import Agreement
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, RoundFactory
from tests.factories.activities import at_ten
from tests.support.plans import planned
from tests.support.round_figures import Figures, differing

NEW_YEAR = date(2024, 1, 1)
ENDS = (date(2024, 3, 31), date(2024, 6, 30), date(2024, 8, 31))
days = st.integers(0, 365).map(lambda number: NEW_YEAR + timedelta(days=number))
STATES = {
    State.NOT_STARTED: Answer(State.NOT_STARTED),
    State.ON_TRACK: Answer(State.ON_TRACK),
    State.OFF_TRACK: Answer(State.OFF_TRACK, "Det dröjer.", needed="Ett beslut.", decision_by="party"),
    State.DONE: Answer(State.DONE, "Allt är klart.", attainment="achieved"),
    State.CANCELLED: Answer(State.CANCELLED, "Parterna gör något annat."),
}


@dataclass(frozen=True)
class Event:
    """What somebody does on a day.

    `act` follows up, corrects or takes back the last follow-up, moves the activity's start or closes the open round.
    `is_of_today` when the follow-up speaks of its own day though another may be preselected. `starts_on` is where a start
    is moved.
    """

    day: date
    act: str
    activity: int
    state: State
    is_of_today: bool
    starts_on: date


@dataclass(frozen=True)
class History:
    """`rounds`: the day of each, and how many days later it opens and ends. `plans`: start, both yes, lead, internal."""

    rounds: list[tuple[date, int, int]]
    plans: list[tuple[date, date, date, int, bool]]
    events: list[Event]


events = st.builds(
    Event,
    day=days,
    act=st.sampled_from(["follow up"] * 6 + ["move"] * 3 + ["correct", "take back", "close"]),
    activity=st.integers(0, 3),
    state=st.sampled_from(list(STATES)),
    is_of_today=st.booleans(),
    starts_on=st.sampled_from((NEW_YEAR, date(2024, 12, 31))),
)
plans = st.tuples(days, days, days, st.integers(0, 1), st.booleans())
histories = st.builds(
    History,
    rounds=st.tuples(*(st.tuples(st.just(end), st.integers(-9, 1), st.integers(2, 20)) for end in ENDS)).map(
        list
    ),
    plans=st.lists(plans, min_size=1, max_size=4),
    events=st.lists(events, max_size=14).map(lambda found: sorted(found, key=lambda each: each.day)),
)

# Asked about 31 August and silent; on 20 September its start is moved to after that day.
MOVED = History(
    rounds=[(ENDS[2], 1, 13)],
    plans=[(NEW_YEAR, NEW_YEAR, NEW_YEAR, 0, False)],
    events=[Event(date(2024, 9, 20), "move", 0, State.ON_TRACK, False, date(2024, 12, 31))],
)


def differing_after(
    history: History, agreement: Agreement, parties: list[Party], coordinator: User, *, today: date
) -> list[tuple[str, Figures]]:
    """The rounds whose figures differ from the report's, as of today, once all has happened. Stores nothing."""
    with transaction.atomic():
        live(history, agreement, parties, coordinator, until=today)
        found = differing(Agreement.objects.get(pk=agreement.pk), today)
        transaction.set_rollback(True)
    return found


def live(
    history: History, agreement: Agreement, parties: list[Party], coordinator: User, *, until: date
) -> None:
    """Does all that happens in the history up to a day, each on its day. What the product refuses is left undone."""
    for as_of, opens, due in history.rounds:
        RoundFactory(
            agreement=agreement,
            label=f"Per {as_of}",
            as_of=as_of,
            opens_on=as_of + timedelta(days=opens),
            due_on=as_of + timedelta(days=due),
        )
    activities = [
        ActivityFactory(
            agreement=agreement,
            title=f"Aktivitet {place}",
            starts_on=starts_on,
            lead_yes_on=lead_yes,
            coordinator_yes_on=own_yes,
            lead=parties[party],
            is_internal=is_internal,
        )
        for place, (starts_on, lead_yes, own_yes, party, is_internal) in enumerate(history.plans)
    ]
    for event in (each for each in history.events if each.day <= until):
        activity = activities[event.activity % len(activities)]
        if max(activity.lead_yes_on, activity.coordinator_yes_on) > event.day:
            continue  # nobody follows up what is not agreed yet
        try:
            ACTS[event.act](event, activity, coordinator)
        except (Stale, ValidationError):
            continue


def _follow_up(event: Event, activity: Activity, by: User) -> None:
    answer, key = STATES[event.state], uuid4()
    record_follow_up(
        activity=activity,
        by=by,
        at=at_ten(event.day),
        answer=answer,
        submission_key=key,
        spoken=event.day if event.is_of_today else None,
    )


def _correct(event: Event, activity: Activity, by: User) -> None:
    if last := _last(activity):
        record_correction(
            follow_up=last,
            by=by,
            at=at_ten(event.day),
            answer=STATES[event.state],
            submission_key=uuid4(),
            seen=Seen.of(activity),
        )


def _take_back(event: Event, activity: Activity, by: User) -> None:
    if last := _last(activity):
        undo_follow_up(follow_up=last, by=by, at=at_ten(event.day))


def _move(event: Event, activity: Activity, by: User) -> None:
    planned(activity, on=event.day, starts_on=event.starts_on)


def _close(event: Event, activity: Activity, by: User) -> None:
    for round in Round.objects.filter(agreement=activity.agreement):
        if not round.is_planned(event.day) and not round.is_over(event.day):
            close_round(by=by, round=round, today=event.day)


def _last(activity: Activity) -> FollowUp | None:
    rows = FollowUp.objects.states().filter(activity=activity).order_by("-saved_at", "-pk")
    return rows.select_related("activity__agreement", "round").first()


ACTS: dict[str, Callable[[Event, Activity, User], None]] = {
    "follow up": _follow_up,
    "correct": _correct,
    "take back": _take_back,
    "move": _move,
    "close": _close,
}
