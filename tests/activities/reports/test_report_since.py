"""The changes from the previous round's day to the report's, by the responsible parties' follow-ups."""

from collections import Counter
from datetime import date

import pytest

from activities.reports import wording
from activities.reports.since import development
from activities.reports.wording import Development
from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.reports import AUGUST, MARCH, TODAY, report, words

pytestmark = pytest.mark.usefixtures("agreement")
SPRING = {
    "as_of": MARCH,
    "label": "Våren",
    "opens_on": date(2024, 4, 1),
    "due_on": date(2024, 4, 12),
    "closed_on": date(2024, 4, 26),
}


def went(title: str, before: str, now: str, **fields) -> None:
    """An activity in one state in March and another in August. *Inte påbörjad* gets no follow-up."""
    activity = ActivityFactory(title=title, **fields)
    for state, day in ((before, MARCH), (now, AUGUST)):
        if state != "not_started":
            FollowUpFactory(activity=activity, refers_on=day, **{state: True})


def changes(made) -> list[tuple[str, str]]:
    return [(change.entry.title, change.label) for change in made.since.changes]


def test_each_activity_is_compared_with_the_previous_rounds_day():
    RoundFactory(**SPRING)
    RoundFactory()
    went("Sämre", "on_track", "off_track")
    went("Bättre", "at_risk", "on_track")
    went("Kom i gång", "not_started", "on_track")
    went("Klar", "on_track", "done")
    went("Avbruten", "at_risk", "cancelled")
    went("Som förut", "on_track", "on_track")
    new = {"lead_yes_on": date(2024, 3, 30), "coordinator_yes_on": date(2024, 4, 1)}
    went("Tillkom", "not_started", "on_track", **new)

    made = report()

    assert changes(made) == [
        ("Sämre", "Sämre"),
        ("Bättre", "Bättre"),
        ("Kom i gång", "Bättre"),
        ("Klar", "Genomförd"),
        ("Avbruten", "Avbruten"),
        ("Tillkom", "Ny"),
    ]
    assert made.since.sentence == (
        "Två aktiviteter har fått bättre status, en har fått sämre status, en har blivit genomförd, en har avbrutits, "
        "en har tillkommit och en har samma status som i omgången Våren."
    )
    read = words(made)
    assert (
        "Aktivitet Ändring 31 mars 2024 31 augusti 2024 1. Sämre Sämre Enligt plan Avviker 2. Bättre" in read
    )
    assert "7. Tillkom Ny Fanns inte Enligt plan" in read
    assert read.count(made.since.sentence) == 2  # in the summary too


def test_an_activity_agreed_on_the_previous_rounds_day_is_not_new():
    RoundFactory(**SPRING)
    went("Samma dag", "on_track", "on_track", lead_yes_on=MARCH, coordinator_yes_on=MARCH)

    assert report().since.sentence == "Aktiviteten har samma status som i omgången Våren."


def test_the_comparison_is_with_the_newest_round_of_an_earlier_day():
    RoundFactory(**SPRING)
    RoundFactory()
    went("Sämre", "on_track", "off_track")

    assert report(as_of=AUGUST).since.as_of == MARCH
    assert report(as_of=TODAY).since.as_of == AUGUST
    assert changes(report(as_of=TODAY)) == []


@pytest.mark.parametrize("day", [MARCH, date(2024, 2, 1)])
def test_without_an_earlier_round_there_is_nothing_about_changes(day):
    RoundFactory(**SPRING)
    went("Sämre", "on_track", "off_track")

    made = report(as_of=day)

    assert (made.since.as_of, made.since.changes) == (None, ())
    assert "Ändrat sedan" not in words(made)
    assert "tidigare omgång" not in words(made)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (None, State.ON_TRACK, Development.NEW),
        (None, State.DONE, Development.NEW),
        (State.ON_TRACK, State.ON_TRACK, None),
        (State.NOT_STARTED, State.ON_TRACK, Development.BETTER),
        (State.NOT_STARTED, State.AT_RISK, Development.WORSE),
        (State.AT_RISK, State.OFF_TRACK, Development.WORSE),
        (State.OFF_TRACK, State.AT_RISK, Development.BETTER),
        (State.OFF_TRACK, State.DONE, Development.DONE),
        (State.DONE, State.CANCELLED, Development.CANCELLED),
        (State.DONE, State.ON_TRACK, Development.WORSE),
        (State.CANCELLED, State.OFF_TRACK, Development.BETTER),
    ],
)
def test_a_turn_for_the_better_or_the_worse(before, now, expected):
    assert development(before, now) == expected


@pytest.mark.parametrize(
    ("turns", "total", "sentence"),
    [
        ({}, 1, "Aktiviteten har samma status som i omgången Våren."),
        ({Development.DONE: 1}, 1, "Aktiviteten har blivit genomförd sedan omgången Våren."),
        ({}, 3, "Alla tre aktiviteter har samma status som i omgången Våren."),
        ({}, 29, "Alla 29 aktiviteter har samma status som i omgången Våren."),
        ({Development.NEW: 2}, 2, "Båda aktiviteterna har tillkommit sedan omgången Våren."),
        ({Development.WORSE: 1}, 29, "En aktivitet har fått sämre status och 28 har samma status som i omgången Våren."),
        ({Development.DONE: 2, Development.BETTER: 1}, 3,
         "En aktivitet har fått bättre status och två har blivit genomförda sedan omgången Våren."),
    ],
)  # fmt: skip
def test_the_changes_are_counted_in_one_sentence(turns, total, sentence):
    assert wording.since(Counter(turns), total, "Våren") == sentence
