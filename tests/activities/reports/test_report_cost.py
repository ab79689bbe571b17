"""The report's queries: the same number whatever the number of activities, and none while it is rendered."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from activities.reports import as_pdf, gather
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    RoundFactory,
)
from tests.support.reports import scope
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

CAST = ("kommunen", "huge", "polisen")
ABOUT = ["", "part:polisen", "omrade:offentlig-miljo", "plats:flemingsberg"]


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker) -> dict[str, dict[int, int]]:
    """The number of queries of each report, by the number of activities."""
    found: dict[str, dict[int, int]] = {about: {} for about in ABOUT}
    with kept_for_the_module(django_db_blocker):
        agreement = AgreementFactory(parties=[PartyFactory(**{name: True}) for name in CAST])
        fill = filling()
        for count in (2, 4, 30):
            fill(count)
            for about, by_count in found.items():
                by_count[count] = queries(agreement, about)
    return found


def filling() -> Callable[[int], None]:
    """Fills up to `count` activities, with all that an activity can have."""
    polisen = PartyFactory(polisen=True)
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
    agreement = type(agreement).objects.get(pk=agreement.pk)  # as a view has it: with nothing prefetched
    with CaptureQueriesContext(
        connection,
    ) as captured:
        gather(agreement, as_of=date(2024, 8, 31), made_on=date(2024, 9, 30), scope=scope(agreement, about))
    return len(captured)


@pytest.mark.django_db
@pytest.mark.parametrize("about", ABOUT)
def test_the_report_is_gathered_in_the_same_number_of_queries(about, costs):
    assert costs[about] == {2: 12, 4: 12, 30: 12}


def test_drawing_the_report_asks_the_database_nothing(agreement, django_assert_num_queries):
    filling()(3)
    report = gather(agreement, as_of=date(2024, 8, 31), made_on=date(2024, 9, 30))

    with django_assert_num_queries(0):
        html = render_to_string("activities/reports/_document.html", {"report": report})
        pdf = as_pdf(report)

    assert html.count("<article") == 3
    assert pdf.startswith(b"%PDF-1.7")
