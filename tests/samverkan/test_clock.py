"""The clock shows Stockholm's time, and in the demo the demo's day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samverkan.lib import clock

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_in_the_demo_it_is_the_demos_day_at_the_real_time_of_day():
    before = datetime.now(STOCKHOLM)
    now = clock.now()
    passed = timedelta(hours=now.hour, minutes=now.minute, seconds=now.second) - timedelta(
        hours=before.hour, minutes=before.minute, seconds=before.second
    )
    assert (now.date(), clock.today()) == (date(2024, 9, 30), date(2024, 9, 30))
    assert passed % timedelta(days=1) < timedelta(seconds=5)


def test_otherwise_it_is_now(settings):
    settings.SAMVERKAN_TODAY = None
    assert datetime.now(UTC) - clock.now() < timedelta(seconds=5)
    assert clock.today() == clock.now().date()


@pytest.mark.parametrize(
    ("moment", "day", "hour"),
    [
        (datetime(2024, 9, 29, 21, 59, tzinfo=UTC), date(2024, 9, 29), 23),
        (datetime(2024, 9, 29, 22, 0, tzinfo=UTC), date(2024, 9, 30), 0),
        (datetime(2024, 1, 31, 22, 59, tzinfo=UTC), date(2024, 1, 31), 23),
        (datetime(2024, 1, 31, 23, 0, tzinfo=UTC), date(2024, 2, 1), 0),
    ],
    ids=["summer evening", "summer midnight", "winter evening", "winter midnight"],
)
def test_a_day_begins_at_midnight_in_stockholm(moment, day, hour):
    local = clock.local(moment)
    assert (local.date(), local.hour, local) == (day, hour, moment)
