"""The plan as of an earlier day: no later change makes a delay, an area or a promise disappear from it."""

from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from activities.models import Activity, Contribution, Milestone
from activities.planning.actions import edit_plan
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
)
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.reports import MARCH, entries, markup, report
from tests.support.stored import rows

MAY = date(2024, 5, 14)
ACTIVITIES, OVERVIEW, NEEDS = (f"/2023-2024/{page}/" for page in ("aktiviteter", "oversikt", "behov"))
THEN = "?per=2024-03-31"


def changed(activity, samordnare, *, on=MAY, **changes):
    """The plan changed by the coordinator on a day."""
    activity.refresh_from_db()
    edit_plan(
        activity=activity,
        by=samordnare,
        at=at_ten(on),
        version=activity.version,
        plan=plan_of(activity, **changes),
    )


def handed_over(activity, party, samordnare):
    """Led by another party since May; the actions allow that until the activity is agreed."""
    activity.lead = party
    signed(activity, by=samordnare, at=at_ten(MAY)).save()


@rows
def late(agreement, samordnare):
    """Huge's activity that should have ended in December 2023 and goes on, as told in March."""
    need = NeedFactory(problem="Det är otryggt.")
    activity = ActivityFactory(title="Belysning", ends_on=date(2023, 12, 31), needs=[need])
    FollowUpFactory(activity=activity, on_track=True, refers_on=MARCH)
    return activity


@pytest.fixture
def browser(client_for, samordnare):
    return client_for(samordnare)


def listed(response):
    return {row.title: row for row in response.context["page_obj"]}


def exported(browser, query=THEN):
    file = browser.get(f"{ACTIVITIES}export.xlsx{query}").content
    header, *found = load_workbook(BytesIO(file)).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in found]


def figure(response, label):
    return next(each.count for each in response.context["overview"].figures if each.label == label)


# --- A late activity's end is moved ---------------------------------------------------------------------------
def test_a_delay_stays_in_an_earlier_report_when_the_end_is_moved(late, samordnare):
    changed(late, samordnare, ends_on=date(2024, 10, 31))

    made = report(as_of=MARCH)

    assert [(each.title, each.is_overdue, each.ends_on) for each in made.flagged] == [
        ("Belysning", True, date(2023, 12, 31))
    ]
    assert "En är försenad" in made.summary.sentences
    assert report().flagged == ()


def test_a_delay_stays_in_an_earlier_list_overview_and_export(late, samordnare, browser):
    changed(late, samordnare, ends_on=date(2024, 10, 31), title="Ljus")

    assert list(listed(browser.get(f"{ACTIVITIES}{THEN}&status=forsenad"))) == ["Belysning"]
    assert figure(browser.get(f"{OVERVIEW}{THEN}"), "Försenade") == 1
    (row,) = exported(browser)
    assert (row["Namn"], row["Försenad"], row["Slut"].date()) == ("Belysning", "ja", date(2023, 12, 31))
    assert listed(browser.get(f"{ACTIVITIES}?status=forsenad")) == {}
    assert figure(browser.get(OVERVIEW), "Försenade") == 0


def test_a_change_holds_from_its_own_day(late, samordnare, browser):
    changed(late, samordnare, title="Ljus")

    assert list(listed(browser.get(f"{ACTIVITIES}?per=2024-05-13"))) == ["Belysning"]
    assert list(listed(browser.get(f"{ACTIVITIES}?per=2024-05-14"))) == ["Ljus"]


def test_a_day_ends_at_midnight_in_stockholm(late, samordnare, browser):
    late.title = "Ljus"
    signed(late, by=samordnare, at=at_ten(MAY).replace(hour=23, minute=59)).save()
    late.title = "Lampor"
    signed(late, by=samordnare, at=at_ten(date(2024, 5, 15)).replace(hour=0, minute=1)).save()

    assert list(listed(browser.get(f"{ACTIVITIES}?per=2024-05-14"))) == ["Ljus"]
    assert list(listed(browser.get(f"{ACTIVITIES}?per=2024-05-15"))) == ["Lampor"]


def test_the_command_writes_the_plan_of_the_day(late, samordnare, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    changed(late, samordnare, title="Ljus")
    file = tmp_path / "rapport.pdf"

    call_command("report", "2023-2024", as_of="2024-03-31", output=file, stdout=StringIO())

    read = " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "Belysning" in read
    assert "Ljus" not in read


# --- Each part of the plan -----------------------------------------------------------------------------------
def test_the_lead_of_the_day_answers_for_it(late, samordnare, browser, polisen):
    handed_over(late, polisen, samordnare)

    assert list(listed(browser.get(f"{ACTIVITIES}{THEN}&part=huge"))) == ["Belysning"]
    assert listed(browser.get(f"{ACTIVITIES}{THEN}&part=polisen")) == {}
    assert list(entries(report(as_of=MARCH, about="part:huge"))) == ["Belysning"]
    assert list(entries(report(as_of=MARCH, about="part:polisen"))) == []
    assert list(entries(report(about="part:polisen"))) == ["Belysning"]


def test_the_area_goal_and_places_are_those_of_the_day(late, samordnare, browser):
    skogas = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"))
    varby = FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"))
    changed(late, samordnare, on=date(2024, 2, 1), focus_areas=[skogas])
    other = PriorityAreaFactory(slug="andts", name="ANDTS")
    old = late.priority_area
    changed(late, samordnare, focus_areas=[varby], priority_area=other, goal="Ett annat mål.")

    assert list(listed(browser.get(f"{ACTIVITIES}{THEN}&plats=skogas&omrade={old.slug}"))) == ["Belysning"]
    assert listed(browser.get(f"{ACTIVITIES}{THEN}&plats=varby")) == {}
    (entry,) = entries(report(as_of=MARCH)).values()
    assert (entry.places, entry.goal, entry.area) == (
        ("Skogås",), "Alla lyktor längs stråket lyser.", old.slug,
    )  # fmt: skip
    (row,) = exported(browser)
    assert (row["Geografiska områden"], row["Prioriterat område"]) == ("Skogås", old.name)
    assert list(entries(report(as_of=MARCH, about="plats:skogas"))) == ["Belysning"]
    assert list(entries(report(as_of=date(2024, 1, 31), about="plats:hela-kommunen"))) == ["Belysning"]
    cells = [
        cell for area in browser.get(f"{OVERVIEW}{THEN}").context["overview"].areas for cell in area.cells
    ]
    assert [(cell.place, cell.count) for cell in cells if cell.count] == [("Skogås", 1)]


def test_a_need_that_was_answered_is_no_gap_afterwards(late, samordnare, browser):
    skogas = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"))
    dark, loud = NeedFactory(problem="Det är mörkt."), NeedFactory(problem="Det är högljutt.")
    for need in (dark, loud):
        need.places.set([skogas.place])
    changed(late, samordnare, on=date(2024, 2, 1), focus_areas=[skogas], needs=[dark])
    changed(late, samordnare, needs=[loud])

    def missing(query):
        return [gap.need.problem for gap in browser.get(f"{NEEDS}{query}").context["page"].gaps]

    assert missing(THEN) == ["Det är högljutt."]
    assert missing("") == ["Det är mörkt."]
    page = browser.get(f"{NEEDS}{THEN}").context["page"]
    assert {row.need.problem: row.activity_count for row in page.rows} == {
        "Det är otryggt.": 0,
        "Det är mörkt.": 1,
        "Det är högljutt.": 0,
    }
    assert figure(browser.get(f"{OVERVIEW}{THEN}"), "Luckor") == 1
    (row,) = exported(browser)
    assert row["Behov"].endswith("Det är mörkt.")
    needs = report(as_of=MARCH).chapters[0].needs
    assert {need.problem: need.answer for need in needs} == {
        "Det är otryggt.": "Ingen redovisad aktivitet",
        "Det är mörkt.": "Aktivitet 1",
        "Det är högljutt.": "Ingen redovisad aktivitet",
    }


def test_a_contributor_that_left_had_promised_and_one_that_came_had_not(late, samordnare, polisen, kommunen):
    ContributionFactory(activity=late, party=polisen, what="Patrullerar.")
    changed(late, samordnare, contributors=[kommunen])

    (entry,) = entries(report(as_of=MARCH)).values()
    assert [(each.party, each.what) for each in entry.contributors] == [(polisen.short_name, "Patrullerar.")]
    (entry,) = entries(report()).values()
    assert [each.party for each in entry.contributors] == [kommunen.short_name]
    assert list(entries(report(as_of=MARCH, about="part:polisen"))) == ["Belysning"]
    assert list(entries(report(about="part:polisen"))) == []


def test_a_milestone_that_was_removed_was_coming_then(late, samordnare, browser):
    milestone = MilestoneFactory(activity=late, title="Alla uppe", due_on=date(2024, 4, 20))
    signed(milestone, by=samordnare, at=at_ten(MAY)).delete()

    coming = browser.get(f"{OVERVIEW}{THEN}").context["overview"].coming

    assert [each.what for each in coming] == ["Delmål: Alla uppe"]


def test_a_milestone_that_came_later_was_not_there(late, samordnare, browser):
    later = Milestone(activity=late, title="Alla uppe", due_on=date(2024, 4, 20))
    signed(later, by=samordnare, at=at_ten(date(2024, 4, 2))).save()

    assert browser.get(f"{OVERVIEW}{THEN}").context["overview"].coming == ()
    assert browser.get(f"{OVERVIEW}?per=2024-04-02").context["overview"].coming != ()


# --- Internal, then or now -----------------------------------------------------------------------------------
@pytest.fixture(params=["internal since", "internal then"])
def internal(request, late, samordnare):
    """Internal now but not on the day, or on the day but not now."""
    then, now = (False, True) if request.param == "internal since" else (True, False)
    late.is_internal = then
    signed(late, by=samordnare, at=at_ten(date(2024, 2, 1))).save()
    late.is_internal = now
    signed(late, by=samordnare, at=at_ten(MAY)).save()
    return late


def test_what_is_internal_then_or_now_is_in_no_earlier_report(internal):
    assert "Belysning" not in markup(report(as_of=MARCH))


@pytest.mark.parametrize("who", ["lasare", "polis_rep"])
def test_what_is_internal_then_or_now_is_not_shown_to_who_may_not_see_it(internal, who, client_for, request):
    client = client_for(request.getfixturevalue(who))

    assert listed(client.get(f"{ACTIVITIES}{THEN}")) == {}
    assert client.get(f"{OVERVIEW}{THEN}").context["overview"].band.total == 0


@pytest.mark.parametrize("who", ["huge_rep", "samordnare", "handlaggare"])
def test_what_is_internal_then_or_now_is_shown_to_who_sees_internal_ones(internal, who, client_for, request):
    client = client_for(request.getfixturevalue(who))

    assert list(listed(client.get(f"{ACTIVITIES}{THEN}"))) == ["Belysning"]
    assert [row["Intern"] for row in exported(client)] == ["ja"]


def test_who_led_an_internal_activity_then_does_not_see_it_when_another_leads_it_now(
    late, samordnare, polisen, client_for, huge_rep, polis_rep
):
    late.is_internal = True
    signed(late, by=samordnare, at=at_ten(date(2024, 2, 1))).save()
    handed_over(late, polisen, samordnare)

    assert listed(client_for(huge_rep).get(f"{ACTIVITIES}{THEN}")) == {}
    assert list(listed(client_for(polis_rep).get(f"{ACTIVITIES}{THEN}"))) == ["Belysning"]


# --- When the history began ------------------------------------------------------------------------------------
def test_what_was_registered_late_is_shown_as_it_was_first_told(agreement, samordnare, browser):
    imported = Activity(
        agreement=agreement, number=9, title="Importerad", priority_area=PriorityAreaFactory(),
        lead=samordnare.party, starts_on=date(2023, 1, 1),
        ends_on=date(2023, 12, 31), preparation="agreed", lead_yes_on=date(2023, 1, 1),
        coordinator_yes_on=date(2023, 1, 1),
    )  # fmt: skip
    signed(imported, by=samordnare, at=at_ten(MAY)).save()
    signed(Contribution(activity=imported, party=samordnare.party), by=samordnare, at=at_ten(MAY)).save()
    imported.title = "Omdöpt"
    signed(imported, by=samordnare, at=at_ten(date(2024, 6, 1))).save()

    assert list(listed(browser.get(f"{ACTIVITIES}{THEN}"))) == ["Importerad"]
    assert [row["Medverkande parter"] for row in exported(browser)] == [samordnare.party.name]
