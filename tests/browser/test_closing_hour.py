"""The last hour of a round, small: everybody saves at once, some by a double click, and all of it is there once."""

from tests.benchmarks.closing_hour.crowd import save_all_at_once
from tests.benchmarks.closing_hour.world import ClosingHour


def test_what_many_save_at_once_is_there_once(live_server):
    hour = ClosingHour(4, each=2)

    told = save_all_at_once(live_server.url, hour.sessions, each=2)

    assert (told.faults, told.saved, len(told.taken_ms)) == ([], 8, 8)
    assert (hour.saved(), hour.double()) == (8, 0)
