"""The plan's fields keep their history: what stood when, and who changed it. Nobody can make it up afterwards."""

from datetime import date, timedelta

import pytest

from activities.models import Activity
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    MilestoneFactory,
    NeedFactory,
)

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


def told(record):
    return record.history_user, record.history_date, record.history_type


def test_each_change_is_kept_with_who_and_when(samordnare, admin, now):
    activity = ActivityFactory(ends_on=date(2024, 12, 31))
    for by, at, ends_on in [
        (samordnare, now, date(2024, 11, 30)),
        (admin, now + AN_HOUR, date(2024, 10, 31)),
    ]:
        signed(activity, by=by, at=at).ends_on = ends_on
        activity.save()
    changes = list(activity.past.order_by("history_date"))[1:]
    assert [told(record) for record in changes] == [(samordnare, now, "~"), (admin, now + AN_HOUR, "~")]
    assert [record.ends_on for record in changes] == [date(2024, 11, 30), date(2024, 10, 31)]


def test_the_plan_can_be_read_as_it_stood_on_a_day(samordnare, now):
    activity = ActivityFactory(title="Belysning")
    signed(activity, by=samordnare, at=now).title = "Belysning och kameror"
    activity.save()
    assert Activity.history.as_of(now - AN_HOUR).get().title == "Belysning"
    assert Activity.history.as_of(now + AN_HOUR).get().title == "Belysning och kameror"


@pytest.mark.parametrize(
    ("field", "points_at", "factory"),
    [("focus_areas", "focusarea", FocusAreaFactory), ("needs", "need", NeedFactory)],
)
def test_what_it_points_at_is_kept_too(field, points_at, factory, samordnare, now):
    row = factory()
    activity = ActivityFactory(**{field: [row]})
    getattr(signed(activity, by=samordnare, at=now), field).clear()
    after, before = activity.past.order_by("-history_id")[:2]
    assert [getattr(kept, points_at) for kept in getattr(before, field).all()] == [row]
    assert (told(after), list(getattr(after, field).all())) == ((samordnare, now, "~"), [])


@pytest.mark.parametrize(
    ("factory", "field", "value"),
    [(ContributionFactory, "what", "Patrullerar oftare."), (MilestoneFactory, "due_on", date(2024, 11, 30))],
)
def test_contributions_and_milestones_keep_theirs(factory, field, value, samordnare, now):
    row = factory()
    signed(row, by=samordnare, at=now)
    setattr(row, field, value)
    row.save()
    assert (told(row.past.latest()), getattr(row.past.latest(), field)) == ((samordnare, now, "~"), value)


def test_what_is_taken_away_is_remembered(samordnare, now):
    contribution = ContributionFactory(what="Patrullerar.")
    history, pk = type(contribution).history, contribution.pk
    signed(contribution, by=samordnare, at=now).delete()
    last = history.filter(id=pk).latest()
    assert (told(last), last.what) == ((samordnare, now, "-"), "Patrullerar.")


def test_the_version_is_no_part_of_the_plan():
    activity = ActivityFactory()
    assert "version" not in {field.name for field in activity.past.model._meta.fields}
