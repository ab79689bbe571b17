"""Days on which nobody works in Sweden."""

from datetime import date

import pytest

from samverkan.lib.days_off import is_day_off, working_day_until


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 1, 1),
        date(2025, 1, 6),
        date(2025, 4, 18),
        date(2025, 4, 21),
        date(2025, 5, 29),
        date(2025, 6, 6),
        date(2025, 6, 20),
        date(2025, 12, 24),
        date(2025, 12, 31),
        date(2025, 9, 13),
        date(2025, 9, 14),
    ],
    ids=str,
)
def test_a_day_off(day):
    assert is_day_off(day)


@pytest.mark.parametrize(
    "day", [date(2025, 4, 17), date(2025, 4, 30), date(2025, 12, 30), date(2025, 9, 12)], ids=str
)
def test_a_working_day(day):
    assert not is_day_off(day)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 4, 21), date(2025, 4, 17)),
        (date(2026, 1, 1), date(2025, 12, 30)),
        (date(2025, 9, 12), date(2025, 9, 12)),
    ],
    ids=str,
)
def test_the_last_working_day_before_days_off(day, before):
    assert working_day_until(day) == before
