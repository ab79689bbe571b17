"""The summary, diagrams and appendix of the report: what to decide, how it goes where, who the parties are."""

import re
from datetime import date
from html import unescape

import pytest

from activities.states import DecisionLevel
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    MilestoneFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    PriorityAreaFactory,
)
from tests.support.reports import entries, markup, report, words

pytestmark = pytest.mark.usefixtures("agreement")


# --- What is to be decided ---------------------------------------------------------------------------------------
def test_each_decides_what_is_put_to_them():
    for level in DecisionLevel:
        ActivityFactory(title=f"Fråga till {level.label}", off_track=True, follow_up__decision_by=level)
    ActivityFactory(title="Inget att besluta", at_risk=True, follow_up__needed="Tålamod.")

    made = report()

    assert [entry.title for entry in made.summary.board.entries] == ["Fråga till Kommunstyrelsen"]
    assert made.others.heading == "Frågor till styrgruppen och parterna"
    assert {asked.heading: [entry.title for entry in asked.entries] for asked in made.others.questions} == {
        "Att besluta i styrgruppen": ["Fråga till Styrgruppen"],
        "Parternas egna beslut": ["Fråga till Parten"],
    }


def test_the_boards_questions_stand_in_the_summary_and_the_others_after_it():
    ActivityFactory(title="Till styrelsen", off_track=True, follow_up__decision_by=DecisionLevel.BOARD)
    ActivityFactory(title="Till gruppen", off_track=True, follow_up__decision_by=DecisionLevel.STEERING_GROUP)

    summary, others = markup(report()).split('<h2 id="fragor">')

    assert "1. Till styrelsen" in summary
    assert "Till gruppen" not in summary
    assert others.startswith("Frågor till styrgruppen</h2>")
    assert "2. Till gruppen" in others.split("<h2")[0]
    assert "Till styrelsen" not in others.split("<h2")[0]


def test_what_the_report_cannot_answer_is_not_asked():
    ActivityFactory(on_track=True)

    read = words(report())

    assert "Försenade delmål" not in read
    assert "Luckor" not in read


def test_when_nothing_is_put_to_the_board_the_report_says_so():
    ActivityFactory(off_track=True)

    read = words(report())

    assert "Vad behöver kommunstyrelsen besluta? Ingen fråga är ställd till kommunstyrelsen." in read
    assert "Parternas egna beslut" not in read


# --- Areas, needs and parties ----------------------------------------------------------------------------------
def test_an_activity_counts_in_each_of_its_places_and_without_any_in_the_whole_municipality():
    varby, skogas = (
        FocusAreaFactory(place=PlaceFactory(slug=name.lower(), name=name), order=order)
        for order, name in ((1, "Vårby"), (2, "Skogås"))
    )
    ActivityFactory(title="Båda", on_track=True, focus_areas=[varby, skogas])
    ActivityFactory(title="En", off_track=True, focus_areas=[skogas])
    ActivityFactory(title="Överallt", done=True)

    made = report()

    by_area, by_place = made.diagrams
    assert {row.name: row.band.in_words for row in by_area.rows} == {
        "Trygghet i offentlig miljö": "1 avviker, 1 enligt plan, 1 genomförd"
    }
    assert {row.name: row.band.in_words for row in by_place.rows} == {
        "Vårby": "1 enligt plan",
        "Skogås": "1 avviker, 1 enligt plan",
        "Hela kommunen": "1 genomförd",
    }
    assert words(made).count("Summan av raderna kan därför vara större än antalet aktiviteter.") == 1
    assert entries(made)["Båda"].where == "Vårby och Skogås"
    assert entries(made)["Överallt"].where == "Hela kommunen"


def test_a_chapter_tells_its_goal_and_which_activities_answer_each_need(agreement):
    area = PriorityAreaFactory(
        slug="vald", name="Våld i nära relation", order=7, effect_goal="Fler får stöd."
    )
    answered = NeedFactory(priority_area=area, number=1, problem="Våld upptäcks sent.")
    NeedFactory(priority_area=area, number=2, problem="Få söker hjälp.")
    first = ActivityFactory(priority_area=area, on_track=True, needs=[answered])
    second = ActivityFactory(priority_area=area, off_track=True, needs=[answered])
    ActivityFactory(priority_area=area, draft=True, needs=[answered])

    chapter = next(chapter for chapter in report().chapters if chapter.slug == "vald")

    assert (chapter.name, chapter.effect_goal) == ("Våld i nära relation", "Fler får stöd.")
    assert [(need.problem, need.answer) for need in chapter.needs] == [
        ("Våld upptäcks sent.", f"Aktiviteterna {first.number} och {second.number}"),
        ("Få söker hjälp.", "Ingen redovisad aktivitet"),
    ]
    assert "Våld upptäcks sent. Aktiviteterna 1 och 2 Få söker hjälp. Ingen redovisad aktivitet" in words(
        report()
    )
    assert [entry.number for entry in chapter.entries] == [second.number, first.number]
    assert chapter.sentences == f"En av två aktiviteter går enligt plan. En avviker (nummer {second.number})."


def test_a_chapter_whose_activities_go_as_planned_says_what_is_late(agreement):
    for _ in range(2):
        ActivityFactory(on_track=True, ends_on=date(2024, 8, 1))

    (chapter,) = report().chapters
    assert chapter.sentences == "Båda aktiviteterna går enligt plan. Två är försenade."


def test_contributors_stand_with_what_each_contributes(polisen):
    activity = ActivityFactory(on_track=True)
    ContributionFactory(activity=activity, party=polisen, what="Patrullerar stråket.")

    assert "Medverkar Polisen : Patrullerar stråket." in words(report())


def test_each_party_is_counted_for_what_it_leads_and_what_it_contributes_to(polisen):
    for _ in range(2):
        ContributionFactory(activity=ActivityFactory(on_track=True), party=polisen)
    ActivityFactory(lead=polisen, on_track=True)

    counted = {row.name: (row.led, row.contributed) for row in report().appendix.parties}

    assert counted == {
        "Huddinge kommun": (0, 0),
        "Huge Bostäder AB": (2, 0),
        "Polismyndigheten, polisområde Stockholm syd": (1, 2),
    }


def test_diagrams_are_numbered_in_the_order_that_they_stand_in():
    ActivityFactory(on_track=True)

    assert re.findall(r"Diagram \d+", words(report())) == ["Diagram 1", "Diagram 2", "Diagram 3"]


def test_the_contents_name_every_part_and_lead_to_it():
    late = ActivityFactory(off_track=True, ends_on=date(2024, 6, 30))
    MilestoneFactory(activity=late, due_on=date(2024, 6, 1))
    made = report()
    html = markup(made)

    headings = re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', html)

    assert made.contents == [(anchor, unescape(heading)) for anchor, heading in headings]
    assert [anchor for anchor, _ in made.contents] == [
        "sammanfattning",
        "fragor",
        "status",
        "uppmarksamhet",
        "delmal",
        "omrade-offentlig-miljo",
        "bilaga",
    ]


def test_the_parties_are_those_of_the_day_the_leading_one_first(agreement):
    gone, to_come = PartyFactory(name="Har lämnat"), PartyFactory(name="Kommer senare")
    agreement.memberships.create(party=gone, left_on=date(2024, 8, 30))
    agreement.memberships.create(party=to_come, joined_on=date(2024, 9, 1))

    made = report()

    assert made.sender == "Huddinge kommun"
    assert made.parties == (
        "Huddinge kommun",
        "Huge Bostäder AB",
        "Polismyndigheten, polisområde Stockholm syd",
    )
    assert [row.name for row in made.appendix.parties] == list(made.parties)


def test_an_agreement_without_activities_still_makes_a_report():
    made = report()

    assert made.summary.headline == "Det finns inga beslutade aktiviteter att redovisa."
    assert "Ingen fråga är ställd till kommunstyrelsen." in markup(made)


# --- How it is said ----------------------------------------------------------------------------------------------
def test_the_report_says_what_it_is(agreement, settings):
    read = words(report())

    assert "Uppföljning av samverkansöverenskommelsen 2023–2024 Uppgifter per 31 augusti 2024" in read
    assert (
        f"Diarienummer Sätts när rapporten diarieförs Överenskommelsens ärende {agreement.matter.case_number} "
        "Framtagen 30 september 2024, inte fastställd" in read
    )
    assert "Aktiviteter, uppföljningar, behov och effektmål är påhittade" in read

    settings.IS_DEMO = False
    assert "påhittade" not in markup(report())


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{ 7|add:1 }}", "</dd></dl><h1>Kapat</h1>"]
)
def test_what_people_write_is_text_and_nothing_else(hostile):
    ActivityFactory(
        title=hostile[:200],
        goal=hostile,
        off_track=True,
        follow_up__what_happened=hostile,
        follow_up__needed=hostile,
    )

    html = markup(report())

    assert hostile.replace("<", "&lt;").replace(">", "&gt;") in html
    assert "<script" not in html
    assert html.count("<h1>") == 1
