"""`make bench`: the same names every time, one JSON line for each figure."""

import json
import re

import pytest

from parties.audit.verifying import verify
from priorities.needs.actions import add_need
from tests.benchmarks.audit.figures import taken as taken_of_the_log
from tests.benchmarks.audit.world import Log
from tests.benchmarks.closing_hour.clicks import FLOWS
from tests.benchmarks.closing_hour.crowd import Answers
from tests.benchmarks.closing_hour.figures import figures
from tests.benchmarks.closing_hour.world import ClosingHour
from tests.benchmarks.crash.judge import half, lost
from tests.benchmarks.crash.writers import EACH, Written
from tests.benchmarks.figures import Sizes, lines, measurements
from tests.benchmarks.guess.figures import figures as guess_figures
from tests.factories import (
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
    UserFactory,
)

PAGES = ("overview", "list", "activity", "mywork")
DATABASES = ("sqlite", "postgresql")


def test_the_names_are_those_that_others_read():
    names = [one.name for database in DATABASES for one in measurements(database, Sizes())]

    pages = {f"{kind}.{page}" for kind in ("pages", "queries") for page in PAGES}
    expected = {f"{page}.{db}.{size}" for page in pages for db in DATABASES for size in (30, 300, 3000)}
    steps = ("gather", "html", "pdf")
    expected |= {f"report.{step}.{db}.{size}" for step in steps for db in DATABASES for size in (30, 300)}
    assert "pages.list.postgresql.300" in expected
    expected |= {"export.xlsx_s.500", "export.xlsx_queries.500", "remind.queries.300"}
    assert sorted(names) == sorted(expected)


@pytest.mark.django_db
def test_every_figure_is_taken_and_written_on_a_line_of_its_own():
    sizes, shown = Sizes(pages=(1, 3), report=(2,), export=3, people=2, seconds=0), []

    taken = [json.loads(line) for line in lines("postgresql", [], sizes, shown.append)]

    assert [one["name"] for one in taken] == [one.name for one in measurements("postgresql", sizes)]
    assert {frozenset(one) for one in taken} == {frozenset({"name", "value", "unit"})}
    assert {one["unit"] for one in taken} == {"ms", "s", "queries"}
    assert all(one["value"] > 0 for one in taken)
    counts = {one["name"]: one["value"] for one in taken if one["unit"] == "queries"}
    assert counts["queries.list.postgresql.1"] == counts["queries.list.postgresql.3"] <= 12
    assert [re.sub(r"\D", "", line[10:]) for line in shown] == ["1", "2", "3"]


@pytest.mark.django_db
def test_figures_are_chosen_by_how_their_names_begin():
    sizes = Sizes(pages=(1, 2), report=(2,), export=2, seconds=0)

    taken = [json.loads(line)["name"] for line in lines("sqlite", ["queries.list", "export"], sizes, str)]

    assert taken == ["queries.list.sqlite.1", "queries.list.sqlite.2"]


@pytest.mark.django_db
def test_the_closing_hour_counts_what_is_stored_and_not_the_receipts():
    hour = ClosingHour(2, each=2)
    follow_up = FollowUpFactory(activity=hour.activities[0], round=hour.round)
    FollowUpFactory(activity=follow_up.activity, round=hour.round)

    taken = figures("postgresql", hour, Answers(saved=4, taken_ms=[10, 20, 30, 1000]))

    assert {name: value for name, (value, _) in taken.items() if name != "rounds.p95"} == {
        "rounds.saved": 1,
        "rounds.lost": 3,
        "rounds.double": 1,
        "rounds.p50": 25,
    }
    assert taken["rounds.p95"][0] > 900
    assert set(figures("sqlite", hour, Answers())) == {
        "rounds.sqlite_saved",
        "rounds.sqlite_lost",
        "rounds.sqlite_double",
    }
    assert "rounds.flow_clicks" in FLOWS


@pytest.mark.django_db(transaction=True)
def test_guesses_are_counted_that_are_judged_and_requests_that_wash_a_limit_away(tmp_path):
    user = UserFactory(email="konto@example.com")

    taken = guess_figures("postgresql", user, tmp_path, requests=20)

    assert set(taken) == {"guess.judged", "guess.washed"}
    assert 1 <= taken["guess.judged"][0] <= 5
    assert taken["guess.washed"][0] == 0


@pytest.mark.django_db
def test_a_long_log_is_whole_and_all_its_figures_are_taken():
    log = Log(200, people=12)

    figures_of_the_log = taken_of_the_log(log, 0)

    assert set(figures_of_the_log) == {"write_ms", "page_ms", "seal_s", "verify_s"}
    assert all(value > 0 for value, _ in figures_of_the_log.values())
    assert verify().unsealed == 0


@pytest.mark.django_db
def test_what_is_lost_and_what_is_half_made_is_seen():
    follow_up = FollowUpFactory(what_happened="Uppföljning 1")
    unticked = MilestoneFactory(activity=follow_up.activity)
    NeedFactory(problem="Behov 1")
    place = PlaceFactory()
    agreement = FocusAreaFactory(place=place).agreement
    area = PriorityAreaFactory(agreement=agreement)
    add_need(by=None, agreement=agreement, priority_area=area, problem="Behov 2", places=[place])
    for n in range(EACH - 1):
        UserFactory(email=f"konto-1-{n}@example.com")
    written = Written(
        follow_ups={"Uppföljning 1": str(unticked.pk), "Uppföljning 2": ""},
        imports={"konto-1-", "konto-2-"},
        needs={"Behov 1": "999999", "Behov 2": str(place.pk)},
        acknowledged={"Uppföljning 1", "Uppföljning 2", "konto-1-"},
    )

    assert lost(written) == ["Uppföljning 2", "konto-1-"]
    assert sorted(half(written)) == [
        "Behov 1 (without its places)",
        "Uppföljning 1 (without its milestone)",
        "konto-1-",
    ]
