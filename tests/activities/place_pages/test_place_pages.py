"""A place's page: what is needed there, what is missing, what is done on the day, and what the sources are."""

from datetime import date

import pytest

from activities.planning.actions import edit_plan
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PictureFactory,
    PlaceFactory,
    SourceFactory,
    SourceUseFactory,
)
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

SKOGAS, VARBY = "/2023-2024/platser/skogas/", "/2023-2024/platser/varby/"


@rows
def places(agreement):
    return {
        slug: FocusAreaFactory(place=PlaceFactory(slug=slug, name=name))
        for slug, name in {"skogas": "Skogås", "varby": "Vårby"}.items()
    }


@rows
def needs(agreement, places):
    """Answered in Skogås but not in Vårby; answered by nobody; in Vårby only; for the whole municipality."""
    made = {
        name: NeedFactory(problem=name) for name in ("Mörka stråk", "Klotter", "Bara i Vårby", "Överallt")
    }
    both = [each.place for each in places.values()]
    made["Mörka stråk"].places.set(both)
    made["Klotter"].places.set([places["skogas"].place])
    made["Bara i Vårby"].places.set([places["varby"].place])
    return made


@rows
def activities(needs, places, polisen):
    """In Skogås one on track that answers a need, one off track and late, one internal and a draft; one everywhere."""
    here = {"focus_areas": [places["skogas"]]}
    return {
        "Belysning": ActivityFactory(title="Belysning", on_track=True, needs=[needs["Mörka stråk"]], **here),
        "Städning": ActivityFactory(title="Städning", off_track=True, ends_on=date(2024, 9, 15), **here),
        "Låsen": ActivityFactory(title="Låsen", lead=polisen, internal=True, **here),
        "Utkastet": ActivityFactory(title="Utkastet", lead=polisen, draft=True, **here),
        "Information": ActivityFactory(title="Information"),
    }


@pytest.fixture
def look(client_for, lasare):
    return lambda address=SKOGAS, user=None: client_for(user or lasare).get(address)


def titles(response) -> list[str]:
    return [each.title for each in response.context["page"].activities]


def needed(response) -> list[tuple[str, bool]]:
    return [(each.need.problem, each.is_gap) for each in response.context["page"].needs]


def cited(response) -> dict[str, tuple[list[int], list[int]]]:
    """For each source's name the years of its lägesbilder and the numbers of the needs."""
    return {
        each.source.name: ([use.picture.year for use in each.uses], [need.number for need in each.needs])
        for each in response.context["page"].sources
    }


def test_the_needs_of_the_place_with_what_nobody_answers_there_first(activities, look):
    assert needed(look()) == [("Klotter", True), ("Mörka stråk", False)]
    assert needed(look(VARBY)) == [("Mörka stråk", True), ("Bara i Vårby", True)]


def test_the_activities_there_with_state_and_flags_the_worst_first(activities, look):
    response = look()

    assert titles(response) == ["Städning", "Belysning"]
    (late, fine) = response.context["page"].activities
    assert (late.state, late.is_overdue, fine.state, fine.is_overdue) == (
        "off_track", True, "on_track", False,
    )  # fmt: skip
    page = response.content.decode()
    assert "2 behov, 1 lucka och 2 aktiviteter." in page
    assert "Försenad" in page
    assert 'href="/2023-2024/aktiviteter/?plats=skogas">Visa 2 i listan' in page


@pytest.mark.parametrize(
    ("who", "also"),
    [
        ("lasare", []),
        ("huge_rep", []),
        ("handlaggare", ["Låsen"]),
        ("admin", ["Låsen"]),
        ("polis_rep", ["Låsen", "Utkastet"]),
        ("samordnare", ["Låsen", "Utkastet"]),
    ],
)
def test_each_role_sees_what_it_may_and_the_list_agrees(who, also, activities, request, look):
    user = request.getfixturevalue(who)
    found = titles(look(user=user))

    assert found == ["Städning", "Belysning", *also]
    listed = look("/2023-2024/aktiviteter/?plats=skogas", user)
    assert {each.title for each in listed.context["page_obj"]} == set(found)


def test_an_internal_activity_answers_a_need_without_being_shown(needs, places, look):
    ActivityFactory(title="Låsen", internal=True, needs=[needs["Klotter"]], focus_areas=[places["skogas"]])

    assert ("Klotter", False) in needed(look())
    assert "Låsen" not in look().content.decode()


def test_an_earlier_day_tells_the_plan_and_the_gaps_of_that_day(activities, places, samordnare, look):
    moved = activities["Belysning"]
    edit_plan(
        activity=moved,
        by=samordnare,
        at=at_ten(date(2024, 5, 14)),
        version=moved.version,
        plan=plan_of(moved, focus_areas=[places["varby"]]),
    )

    assert "Belysning" not in titles(look())
    assert ("Mörka stråk", True) in needed(look())
    then = look(f"{SKOGAS}?per=2024-03-31")
    assert "Belysning" in titles(then)
    assert ("Mörka stråk", False) in needed(then)
    page = then.content.decode()
    assert "Läget den 31 mars 2024." in page
    assert "?plats=skogas&amp;per=2024-03-31" in page


def test_sources_used_for_the_place_and_those_that_its_needs_cite(needs, places, look):
    of_place, of_other, drafted = (
        SourceUseFactory(source=SourceFactory(name=name)) for name in ("Vandring", "Enkät i Vårby", "Nytt")
    )
    of_place.places.set([places["skogas"].place])
    of_other.places.set([places["varby"].place])
    drafted.picture = PictureFactory(year=2024)
    drafted.save()
    drafted.places.set([places["skogas"].place])
    whole = SourceUseFactory(source=SourceFactory(name="Brottsstatistik"))
    of_place.picture.status = "adopted"
    of_place.picture.save()
    needs["Klotter"].sources.add(whole.source)
    needs["Bara i Vårby"].sources.add(of_other.source)

    assert cited(look()) == {"Brottsstatistik": ([2021], [needs["Klotter"].number]), "Vandring": ([2021], [])}
    page = look().content.decode()
    assert f'href="/lagesbilder/2021/#kalla-{whole.source.pk}">Lägesbild 2021</a>' in page


def test_a_place_that_nobody_has_written_about_says_so_calmly(places, look):
    page = look().content.decode()

    assert "0 behov och 0 aktiviteter." in page
    for sentence in (
        "Inget behov är knutet till platsen.",
        "Ingen aktivitet att visa här än.",
        "Ingen källa är angiven.",
    ):
        assert sentence in page


def test_a_place_of_another_agreement_is_not_found(agreement, places, look):
    FocusAreaFactory(agreement=AgreementFactory(next_period=True), place=PlaceFactory(slug="trangsund"))

    assert look("/2023-2024/platser/trangsund/").status_code == 404
    assert look("/2025-2026/platser/skogas/").status_code == 404
    assert look("/2025-2026/platser/trangsund/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/2023-2024/oversikt/",
        "/2023-2024/aktiviteter/1/",
        "/2023-2024/behov/2/",
        "/2023-2024/behov/?plats=skogas",
        "/2023-2024/aktiviteter/?plats=skogas",
    ],
)
def test_the_place_is_linked_from_where_it_is_named(address, activities, look):
    assert f'href="{SKOGAS}"' in look(address).content.decode()


@pytest.mark.parametrize("page", ["oversikt/?", "behov/?plats=skogas&", "aktiviteter/?plats=skogas&"])
def test_the_link_keeps_the_day(page, activities, look):
    assert f'href="{SKOGAS}?per=2024-03-31"' in look(f"/2023-2024/{page}per=2024-03-31").content.decode()


@pytest.mark.parametrize("who", ["lasare", "handlaggare"])
def test_only_who_plans_is_led_to_a_new_activity(who, activities, request, samordnare, look):
    assert "?behov=2" in look(user=samordnare).content.decode()
    assert "/aktiviteter/ny/" not in look(user=request.getfixturevalue(who)).content.decode()


def test_a_gap_of_an_earlier_day_is_not_offered_to_plan_for(activities, samordnare, look):
    assert "för behov 2</span>" in look(user=samordnare).content.decode()
    assert "för behov 2</span>" not in look(f"{SKOGAS}?per=2024-03-31", samordnare).content.decode()


@pytest.mark.parametrize("page", ["aktiviteter", "behov"])
@pytest.mark.parametrize(("query", "there"), [("", SKOGAS), ("&per=2024-03-31", f"{SKOGAS}?per=2024-03-31")])
def test_the_lists_lead_to_the_page_of_the_place_as_of_the_same_day(page, query, there, activities, look):
    found = look(f"/2023-2024/{page}/?plats=skogas{query}").content.decode()

    assert f'<a href="{there}">Om platsen</a>' in found
    assert "Om platsen" not in look(f"/2023-2024/{page}/?plats=hela-kommunen{query}").content.decode()
    assert look(there).status_code == 200


def test_its_links_to_the_list_are_as_of_the_same_day(activities, look):
    page = look(f"{SKOGAS}?per=2024-03-31").content.decode()

    for place in ("skogas", "hela-kommunen"):
        assert f'href="/2023-2024/aktiviteter/?plats={place}&amp;per=2024-03-31"' in page
