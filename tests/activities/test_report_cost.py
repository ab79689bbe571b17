"""What does the report cost? The same number of queries whatever the number of activities, and none while it is drawn."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from activities.reports import as_pdf, gather
from tests.activities.report_words import scope
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PlaceFactory,
    RoundFactory,
)


@pytest.fixture
def fill(agreement, polisen):
    """Makes `count` activities in all, with all that an activity can have."""
    round, place, need = RoundFactory(), FocusAreaFactory(place=PlaceFactory(), order=1), NeedFactory()
    RoundFactory(as_of="2024-03-31", label="Våren", opens_on="2024-04-01", due_on="2024-04-12")
    replaced = ActivityFactory(title="Den gamla")

    def fill(count: int) -> None:
        for _ in range(count - Activity.objects.count()):
            activity = ActivityFactory(
                contributors=[polisen],
                focus_areas=[place],
                needs=[need],
                replaces=replaced,
                replace_reason="Bättre så.",
            )
            FollowUpFactory(activity=activity, at_risk=True, refers_on=date(2024, 3, 31), actual=2)
            FollowUpFactory(activity=activity, at_risk=True, round=round, what_happened="", unchanged=True)

    return fill


def queries(agreement, about: str = "") -> int:
    agreement = type(agreement).objects.get(
        pk=agreement.pk
    )  # as a view has it: with nothing fetched beside it
    with CaptureQueriesContext(
        connection,
    ) as captured:
        gather(agreement, as_of=date(2024, 8, 31), made_on=date(2024, 9, 30), scope=scope(agreement, about))
    return len(captured)


@pytest.mark.parametrize("about", ["", "part:polisen", "omrade:offentlig-miljo", "plats:flemingsberg"])
def test_the_report_is_gathered_in_the_same_number_of_queries(fill, agreement, about):
    cost = {}
    for count in (2, 4, 30):
        fill(count)
        cost[count] = queries(agreement, about)

    assert cost == dict.fromkeys(cost, 9)


def test_drawing_the_report_asks_the_database_nothing(fill, agreement, django_assert_num_queries):
    fill(3)
    report = gather(agreement, as_of=date(2024, 8, 31), made_on=date(2024, 9, 30))

    with django_assert_num_queries(0):
        html = render_to_string("activities/report/_document.html", {"report": report})
        pdf = as_pdf(report)

    assert html.count("<article") == 3
    assert pdf.startswith(b"%PDF-1.7")
