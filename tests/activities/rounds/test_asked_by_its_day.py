"""Who is *inte uppdaterad* follows the plan of the round's day, on every page and for every day that is shown."""

from datetime import date

import pytest

from activities.models import Activity, Round
from activities.periods import Rounds
from activities.rounds import Progress
from priorities.models import Agreement
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.plans import planned
from tests.support.reports import entries, report

pytestmark = pytest.mark.django_db

AUGUST, TODAY = date(2024, 8, 31), date(2024, 9, 30)
LIST, OVERVIEW = "/2023-2024/aktiviteter/", "/2023-2024/oversikt/"
MOVED = pytest.mark.parametrize(
    ("before", "after", "is_asked"),
    [(date(2023, 1, 1), date(2024, 12, 1), True), (date(2024, 12, 1), date(2024, 2, 1), False)],
    ids=["later", "earlier"],
)
DAYS = pytest.mark.parametrize("day", [AUGUST, date(2024, 9, 15), date(2024, 9, 25), TODAY], ids=str)


def moved(before, after) -> Activity:
    """An activity without a follow-up in the open round, whose start was moved on 20 September."""
    RoundFactory()
    activity = ActivityFactory(title="Belysning", starts_on=before)
    planned(activity, on=date(2024, 9, 20), starts_on=after)
    return activity


def missing_in_the_round() -> list[str]:
    phase = Rounds.of(Agreement.objects.get()).phase_of(Round.objects.get(), TODAY)
    return [row.title for party in Progress.of(phase).parties for row in party.missing]


@MOVED
@DAYS
def test_a_start_that_is_moved_during_the_round_moves_nobody_in_or_out_of_it(
    before, after, is_asked, day, agreement, client_for, samordnare
):
    activity, client = moved(before, after), client_for(samordnare)
    listed = client.get(f"{LIST}?status=inte-uppdaterad&per={day}").context["page_obj"]
    shown = client.get(f"{OVERVIEW}?per={day}").context["overview"]
    count = next(each.count for each in shown.figures if each.key == "not_updated")
    page = client.get(activity.get_absolute_url()).context["page"]

    assert [row.title for row in listed] == missing_in_the_round() == ["Belysning"] * is_asked
    assert (count, sum(party.left for party in shown.parties)) == (is_asked, is_asked)
    assert entries(report(as_of=day, made_on=TODAY))["Belysning"].is_not_updated == is_asked
    assert page.activity.is_not_updated == is_asked


# --- The answers of a round that opens before its day -------------------------------------------------------------
def test_an_answer_of_a_later_day_updates_no_earlier_one(agreement):
    """The same as of 25 August, whether the report is made that day or after the answer of the 28th."""
    early = RoundFactory(opens_on=date(2024, 8, 20))
    activity, day = ActivityFactory(title="Belysning"), date(2024, 8, 25)
    made_that_day = entries(report(as_of=day, made_on=day))["Belysning"].is_not_updated
    FollowUpFactory(activity=activity, round=early, refers_on=date(2024, 8, 28))

    assert made_that_day
    assert entries(report(as_of=day, made_on=TODAY))["Belysning"].is_not_updated
    for later in (date(2024, 8, 28), AUGUST, TODAY):
        assert not entries(report(as_of=later, made_on=TODAY))["Belysning"].is_not_updated


def test_the_overview_of_a_day_in_an_early_round_counts_no_later_answer(agreement, client_for, samordnare):
    early = RoundFactory(opens_on=date(2024, 8, 20))
    FollowUpFactory(activity=ActivityFactory(), round=early, refers_on=date(2024, 8, 28))

    def counted(day: str) -> list[tuple[int, int]]:
        shown = client_for(samordnare).get(f"{OVERVIEW}?per={day}").context["overview"]
        return [(party.answered, party.left) for party in shown.parties if party.asked]

    assert counted("2024-08-25") == [(0, 1)]
    assert counted("2024-08-28") == [(1, 0)]
