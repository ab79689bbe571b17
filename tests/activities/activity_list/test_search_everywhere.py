"""A search looks where the people who remember something have read it, and the row says where it was found."""

import re
from datetime import date

import pytest

from activities.planning.actions import edit_plan
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    UnitFactory,
)
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

ADDRESS = "/2023-2024/aktiviteter/"
SAID = (
    "Vi har hållit åtta möten med föreningarna, och fjorton vuxna nattvandrar nu varje fredag i hela centrum."
)


@rows
def activities(agreement, huge, polisen):
    """One with something to find everywhere, and one that nothing finds."""
    polisen.other_names, huge.other_names = ["Lokalpolisen"], ["Huges vaktmästare"]
    polisen.save()
    huge.save()
    place = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås", district="Trångsund"), order=1)
    found = ActivityFactory(
        title="Vuxna ute",
        goal="Fyra kvällar i veckan.",
        purpose="Unga möter vuxna.",
        measure="Antal kvällar",
        owner_title="Fältsekreterare",
        unit=UnitFactory(party=huge, name="Förvaltningsavdelningen"),
        lead=huge,
        focus_areas=[place],
        needs=[NeedFactory(problem="Sena kvällar känns otrygga.")],
    )
    MilestoneFactory(activity=found, title="Schema för vandringarna")
    ContributionFactory(activity=found, party=polisen, what="Utbildar ledarna")
    FollowUpFactory(activity=found, refers_on=date(2024, 3, 31), what_happened=SAID, on_track=True)
    FollowUpFactory(
        activity=found,
        refers_on=date(2024, 8, 31),
        off_track=True,
        needed="Reflexvästar",
        decision_by="party",
    )
    ActivityFactory(
        title="Något annat", goal="", purpose="", owner_title="", lead=PartyFactory(name="Kriminalvården")
    )
    return found


@pytest.fixture
def look(client_for, samordnare):
    client = client_for(samordnare)
    return lambda **query: client.get(ADDRESS, query)


def titles(response) -> list[str]:
    return [activity.title for activity in response.context["page_obj"]]


def hit(response) -> str:
    """The text of the row's line about the hit, with the found word in brackets; empty without one."""
    found = re.search(r'<small class="hit">(.*?)</small>', response.content.decode(), re.DOTALL)
    return found[1].replace("<mark>", "[").replace("</mark>", "]") if found else ""


FOUND = {
    "vuxna ute": "",
    "huge": "",
    "skogås": "",
    "nr 1": "",
    "1.": "",
    "#1": "",
    "kvällar": "Mål: Fyra [kvällar] i veckan.",
    "MÖTER": "Syfte: Unga [möter] vuxna.",
    "antal": "Mått: [Antal] kvällar",
    "fältsekreterare": "Ansvarig för genomförandet: [Fältsekreterare]",
    "förvaltningsavd": "Enhet: [Förvaltningsavd]elningen",
    "schema": "Delmål: [Schema] för vandringarna",
    "nattvandrar": "Uppföljning 31 mars 2024: …och fjorton vuxna [nattvandrar] nu varje fredag i hela centrum.",
    "reflexvästar": "Uppföljning 31 augusti 2024: [Reflexvästar]",
    "utbildar": "Medverkan: [Utbildar] ledarna",
    "otrygga": "Behov: Sena kvällar känns [otrygga].",
    "trångsund": "Geografiskt område: [Trångsund]",
    "polisen": "Medverkan: [Polisen]",
    "lokalpolisen": "Medverkan: Polisen",
    '"lokalpolisen"': "Medverkan: Polisen",
    "”vuxna ute”": "",
    "bostäder": "Ansvarig part: Huge [Bostäder] AB",
    "huges vaktmästare": "Ansvarig part: Huge",
    "behov 1": "Behov: Sena kvällar känns otrygga.",
    '"Behov nr 1"': "Behov: Sena kvällar känns otrygga.",
    "behov #1 schema": "Delmål: [Schema] för vandringarna",
    "vuxna nattvandrar": "Uppföljning 31 mars 2024: …och fjorton vuxna [nattvandrar] nu varje fredag i hela centrum.",
}


@pytest.mark.parametrize("words", FOUND)
def test_it_is_found_and_the_row_says_where(words, activities, look):
    response = look(sok=words)

    assert titles(response) == ["Vuxna ute"]
    assert hit(response) == FOUND[words]
    assert "Sökningen omfattar nummer, namn, mål" in response.content.decode()


def test_another_name_of_a_party_finds_without_being_shown(activities, look):
    response = look(sok="lokalpolisen")

    assert titles(response) == ["Vuxna ute"]
    assert "Lokalpolisen" not in response.content.decode()


@pytest.mark.parametrize("words", ["nr 4", "nattvandrar båtklubb", "nr 2 nattvandrar", "nr", "behov 2"])
def test_what_is_nowhere_is_not_found(words, activities, look):
    response = look(sok=words)

    assert titles(response) == []
    assert "Sökningen omfattar nummer, namn, mål" in response.content.decode()


@pytest.mark.parametrize("words", ["2", "2.", '"2"'])
def test_a_number_finds_the_activity_of_that_number_first(words, activities, look):
    activities.title = "Vuxna ute, del 2"
    activities.save()
    assert titles(look(sok=words)) == ["Något annat", "Vuxna ute, del 2"]
    assert titles(look(sok=words, sortera="slutdatum")) == ["Vuxna ute, del 2", "Något annat"]


def test_a_need_is_found_by_its_number_as_of_the_day(activities, look, samordnare):
    changes = {"by": samordnare, "at": at_ten(date(2024, 5, 14)), "version": activities.version}
    edit_plan(activity=activities, plan=plan_of(activities, needs=[NeedFactory()]), **changes)

    assert titles(look(sok="behov 1")) == []
    assert titles(look(sok="behov 1", per="2024-04-30")) == ["Vuxna ute"]


def test_a_follow_up_is_found_from_the_day_that_it_speaks_of_while_it_counts(activities, look):
    assert titles(look(sok="reflexvästar", per="2024-08-30")) == []
    assert titles(look(sok="reflexvästar", per="2024-08-31")) == ["Vuxna ute"]
    said = activities.follow_ups.get(needed="Reflexvästar")
    FollowUpFactory(activity=activities, replaces=said, refers_on=said.refers_on, withdrawal=True)
    assert titles(look(sok="reflexvästar")) == []


def test_a_party_finds_nothing_in_what_it_may_not_see(activities, client_for, polis_rep, huge):
    MilestoneFactory(
        activity=ActivityFactory(title="Dold", lead=huge, internal=True), title="Kamerornas plats"
    )

    response = client_for(polis_rep).get(ADDRESS, {"sok": "kamerornas"})

    assert titles(response) == []
    assert "Dold" not in response.content.decode()


def test_too_many_words_are_told_and_the_rest_of_the_filter_holds(activities, look):
    response = look(sok="a " * 13)

    assert "Sök på högst 12 ord." in response.content.decode()
    assert len(titles(response)) == 2


def test_a_search_in_a_list_of_what_deviates_shows_both(activities, look):
    page = look(sok="nattvandrar", status="avviker").content.decode()

    assert "[nattvandrar]" in page.replace("<mark>", "[").replace("</mark>", "]")
    assert "<b>Parten:</b> Reflexvästar" in page
