"""Gaps: needs without an activity in one of their places."""

from datetime import date

import pytest

from activities.gaps import gaps
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PlaceFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)


@rows
def skogas(db):
    return FocusAreaFactory(place__slug="skogas")


@rows
def varby(db):
    return FocusAreaFactory(place__slug="varby")


@rows
def need(skogas, varby):
    """A need in Skogås and Vårby."""
    need = NeedFactory()
    need.places.set([skogas.place, varby.place])
    return need


def found(day=SEPTEMBER):
    """The gaps as (number of the need, slug of the place)."""
    return [(gap.need.number, gap.place.slug) for gap in gaps(AgreementFactory(), day, today=day)]


def test_a_need_is_a_gap_in_each_of_its_places_that_no_activity_names(need, skogas):
    ActivityFactory(needs=[need], focus_areas=[skogas])

    assert found() == [(1, "varby")]


def test_without_activities_every_need_is_a_gap_in_every_place_it_names(need, varby):
    other = NeedFactory()
    other.places.set([varby.place])

    assert found() == [(1, "skogas"), (1, "varby"), (2, "varby")]


def test_a_need_without_places_is_for_the_whole_municipality_and_never_a_gap(skogas):
    NeedFactory()

    assert found() == []


def test_an_activity_for_the_whole_municipality_fills_no_place(need):
    ActivityFactory(needs=[need])

    assert found() == [(1, "skogas"), (1, "varby")]


def test_an_activity_for_another_need_fills_nothing(need, skogas, varby):
    ActivityFactory(needs=[NeedFactory()], focus_areas=[skogas, varby])
    ActivityFactory(focus_areas=[skogas, varby])

    assert found() == [(1, "skogas"), (1, "varby")]


@pytest.mark.parametrize("preparation", ["draft", "proposed", "returned"])
def test_what_is_not_agreed_fills_nothing(preparation, need, skogas, varby):
    ActivityFactory(**{preparation: True}, needs=[need], focus_areas=[skogas, varby])

    assert found() == [(1, "skogas"), (1, "varby")]


@pytest.mark.parametrize("state", ["on_track", "at_risk", "off_track", "done"])
def test_whatever_is_not_cancelled_fills_a_gap_even_when_it_is_internal(state, need, skogas, varby):
    ActivityFactory(**{state: True}, internal=True, needs=[need], focus_areas=[skogas, varby])

    assert found() == []


def test_a_cancelled_activity_leaves_a_gap_from_its_day_on(need, skogas, varby):
    activity = ActivityFactory(needs=[need], focus_areas=[skogas, varby])
    FollowUpFactory(activity=activity, cancelled=True, refers_on=date(2024, 9, 10))

    assert found(AUGUST) == []
    assert found(SEPTEMBER) == [(1, "skogas"), (1, "varby")]


def test_gaps_are_of_one_agreement(need, skogas, varby):
    later = AgreementFactory(next_period=True)
    NeedFactory(agreement=later).places.set([skogas.place])
    ActivityFactory(needs=[need], focus_areas=[skogas, varby])

    assert found() == []
    assert [gap.place for gap in gaps(later, SEPTEMBER, today=SEPTEMBER)] == [skogas.place]


def test_places_come_in_swedish_order_of_their_names():
    need = NeedFactory()
    need.places.set([PlaceFactory(slug="alvsjo", name="Älvsjö"), PlaceFactory(slug="varby", name="Vårby")])

    assert [gap.place.name for gap in gaps(AgreementFactory(), SEPTEMBER, today=SEPTEMBER)] == [
        "Vårby",
        "Älvsjö",
    ]


@pytest.mark.parametrize("count", [1, 5])
def test_gaps_cost_one_query_however_many_they_are(count, skogas, varby, django_assert_num_queries):
    agreement = AgreementFactory()
    for _ in range(count):
        NeedFactory().places.set([skogas.place, varby.place])

    with django_assert_num_queries(1):
        rows = [
            (gap.need.priority_area.name, gap.place.name)
            for gap in gaps(agreement, SEPTEMBER, today=SEPTEMBER)
        ]

    assert len(rows) == 2 * count
