"""A person's own calendar: who may read it, its entries, and what a calendar program makes of the file."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from activities.calendar import CalendarEntry, as_ical
from activities.models import Activity, Milestone, Round
from parties.roles import Role
from samverkan.lib.clock import local
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    ContributionFactory,
    MilestoneFactory,
    RoundFactory,
    UserFactory,
)
from tests.support.promises import like

pytestmark = pytest.mark.one_database

PAGE = "/konto/kalender/"
SITE = "http://127.0.0.1:8000"
ROUND = {
    "Läget den här dagen följs upp: Delår per 31 augusti 2024": date(2024, 8, 31),
    "Uppföljningen öppnar: Delår per 31 augusti 2024": date(2024, 9, 1),
    "Sista dagen att följa upp: Delår per 31 augusti 2024": date(2024, 9, 13),
}


@pytest.fixture
def address_of(client_for):
    """Creates the user's address on the page and returns its path."""

    def made(user) -> str:
        response = client_for(user).post(PAGE, {"steg": "skapa"}, follow=True)
        return response.context["link"].removeprefix(SITE)

    return made


@pytest.fixture
def days(address_of):
    """The titles and days that a calendar program reads at the user's address, without signing in."""
    return lambda user: days_in(Client().get(address_of(user)))


def events(response) -> list:
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def days_in(response) -> dict[str, date]:
    return {str(event["summary"]): event.decoded("dtstart") for event in events(response)}


# --- The entries -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", Role.values)
def test_the_days_of_the_rounds_are_everybodys(role, agreement, huge, days):
    RoundFactory()

    assert days(UserFactory(role=role, party=huge)) == ROUND


def test_a_round_of_an_agreement_that_is_not_adopted_is_in_nobodys_calendar(agreement, samordnare, days):
    draft, archived = AgreementFactory(next_period=True, draft=True), AgreementFactory(slug="2021-2022")
    for other in (draft, archived):
        RoundFactory(agreement=other)
        ActivityFactory(agreement=other, lead=samordnare.party)
    archived.status = "archived"
    archived.save()

    assert days(samordnare) == {}


def test_a_round_that_was_closed_early_has_no_last_day(agreement, huge_rep, days):
    RoundFactory(closed_on=date(2024, 9, 10))

    assert list(days(huge_rep).values()) == [date(2024, 8, 31), date(2024, 9, 1)]


@pytest.mark.parametrize("who", ["huge_rep", "huges_coordinator"])
def test_what_ones_party_is_responsible_for_stands_by_its_days(who, agreement, huge, days, request):
    user = UserFactory(coordinator=True, party=huge) if who == "huges_coordinator" else None
    activity = ActivityFactory(title="Belysning", ends_on=date(2024, 11, 30), on_track=True)
    MilestoneFactory(activity=activity, title="Kartlagt", due_on=date(2024, 10, 1))
    MilestoneFactory(activity=activity, title="Klart sedan länge", done_on=date(2024, 5, 1))

    assert days(user or request.getfixturevalue(who)) == {
        "Delmål: Kartlagt (Belysning)": date(2024, 10, 1),
        "Ska vara klar: Belysning": date(2024, 11, 30),
    }


@pytest.mark.parametrize(
    "kind", ["internal", "draft", "proposed", "waits_for_lead", "returned", "done", "cancelled"]
)
def test_what_is_internal_not_agreed_or_over_stands_nowhere(kind, agreement, huge_rep, days):
    ActivityFactory(**{kind: True}, milestones=["Kartlagt"], reporters=[huge_rep])

    assert days(huge_rep) == {}


def test_what_is_anothers_to_do_stands_in_the_others_calendar(agreement, huge_rep, polis_rep, polisen, days):
    activity = ActivityFactory(title="Patrull", lead=polisen)
    ContributionFactory(activity=activity, party=huge_rep.party)

    assert (days(huge_rep), list(days(polis_rep))) == ({}, ["Ska vara klar: Patrull"])


@pytest.mark.parametrize("role", ["reader", "official", "administrator"])
def test_those_without_work_of_their_own_have_the_rounds_alone(role, agreement, huge, days):
    RoundFactory()
    ActivityFactory()

    assert days(UserFactory(role=role, party=huge)) == ROUND


@pytest.mark.parametrize("who", ["huge_rep", "lasare", "handlaggare", "admin", "samordnare"])
def test_every_day_leads_to_a_page_that_the_person_may_open(who, agreement, address_of, client_for, request):
    user = request.getfixturevalue(who)
    RoundFactory()
    MilestoneFactory(activity=ActivityFactory(lead=user.party))

    found = events(Client().get(address_of(user)))

    assert found
    for event in found:
        assert event["url"].startswith(f"{SITE}/")
        assert client_for(user).get(event["url"].removeprefix(SITE)).status_code == 200


# --- The file ----------------------------------------------------------------------------------------------
def test_each_day_is_a_whole_day_that_nobody_is_busy_on(agreement, huge_rep, address_of, now):
    RoundFactory()

    response = Client().get(address_of(huge_rep))

    calendar = Calendar.from_ical(response.content)
    assert (calendar["x-wr-calname"], calendar["name"]) == ("Samverkan", "Samverkan")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in response.content
    assert b"X-PUBLISHED-TTL:PT12H\r\n" in response.content
    assert calendar.walk("VALARM") == []
    for event in calendar.walk("VEVENT"):
        assert event["dtstart"].to_ical() == event.decoded("dtstart").strftime("%Y%m%d").encode()
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert event["transp"] == "TRANSPARENT"
        assert event["description"] == "Samverkansöverenskommelse 2023–2024"
        assert local(event.decoded("dtstamp")).date() == now.date()


def test_the_answer_is_a_calendar_that_nobody_else_keeps(agreement, huge_rep, address_of):
    response = Client().get(address_of(huge_rep))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"].startswith("private")
    assert not response.cookies


def test_a_day_that_is_moved_is_the_same_day_to_the_program(agreement, huge_rep, address_of, client_for):
    activity = ActivityFactory(milestones=["Kartlagt"])
    RoundFactory()

    def uids(path):
        return sorted(str(event["uid"]) for event in events(Client().get(path)))

    before = uids(address_of(huge_rep))
    Round.objects.update(due_on=date(2024, 9, 20))
    Milestone.objects.update(due_on=date(2024, 9, 20), title="Inventerat")
    activity.title, activity.ends_on = "Ljus", date(2024, 12, 1)
    activity.save()
    client_for(huge_rep).post(PAGE, {"steg": "byt"})

    assert uids(address_of(huge_rep)) == before
    assert len(set(before)) == len(before) == 5


def test_a_program_that_has_it_already_is_told_so(agreement, huge_rep, address_of):
    path = address_of(huge_rep)
    tag = Client().get(path)["ETag"]
    again = Client().get(path, headers={"If-None-Match": tag})
    RoundFactory()
    changed = Client().get(path, headers={"If-None-Match": tag})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert (changed.status_code, days_in(changed)) == (200, ROUND)


def test_whoever_only_asks_whether_it_is_there_gets_no_content(agreement, huge_rep, address_of):
    response = Client().head(address_of(huge_rep))

    assert (response.status_code, response.content) == (200, b"")


# All that a stored line can hold: `readable` has removed controls and separators.
titles = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]) | st.sampled_from("åäöÅÄÖ,;:\\\"'%=\n🚓👩‍👩‍👧")
)


@given(title=titles, about=titles)
@example(title="Åtgärder vid ån; \\n är inte ny rad, men\ndet här är 🚓 " * 5, about="å" * 200)
def test_every_title_is_read_as_it_was_written(title, about):
    written = as_ical(
        [CalendarEntry("delmal-1", date(2024, 9, 30), title, about, "/mitt-arbete/")],
        site=SITE,
        at=datetime(2024, 9, 30, tzinfo=UTC),
    )

    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (title, about)
    assert written.endswith(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in written.split(b"\r\n"))


def test_it_costs_the_same_however_much_stands_in_it(agreement, huge_rep, address_of):
    RoundFactory()
    path, costs = address_of(huge_rep), {}
    step = MilestoneFactory()

    for count in (1, 3, 300):
        numbers = range(Activity.objects.count() + 1, count + 1)
        made = Activity.objects.bulk_create(like(step.activity, {"number": number}) for number in numbers)
        Milestone.objects.bulk_create(like(step, {"activity": activity}) for activity in made)
        with CaptureQueriesContext(connection) as captured:
            assert len(events(Client().get(path))) == 3 + 2 * count
        costs[count] = len(captured)

    assert costs[1] == costs[3] == costs[300] == 4
