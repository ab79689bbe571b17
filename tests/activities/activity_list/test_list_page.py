"""*Aktiviteter*: the list, its filters as an address, and the state as of any day."""

import re
from datetime import UTC, date, datetime

import pytest

from activities.models import Activity, FollowUp
from activities.states import State
from samverkan.lib.dates import in_short
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    FollowUpFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
)
from tests.support.stored import rows

ADDRESS = "/2023-2024/aktiviteter/"


@rows
def activities(agreement, huge, polisen):
    """Six that differ in what can be filtered on."""
    trygghet = PriorityAreaFactory(
        slug="trygghet", order=1, name="Trygghet i offentlig miljö", short_name="Trygghet"
    )
    andts = PriorityAreaFactory(slug="andts", order=2, name="ANDTS", short_name="ANDTS")
    skogas = FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"), order=1)
    varby = FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"), order=2)
    RoundFactory()
    polisen.other_names = ["Lokalpolisen"]
    polisen.save()
    return [
        ActivityFactory(
            title="Åtgärder vid ån", priority_area=trygghet, focus_areas=[skogas], off_track=True
        ),
        ActivityFactory(
            title="Ärtor i parken", priority_area=trygghet, focus_areas=[skogas, varby], at_risk=True
        ),
        ActivityFactory(title="Zebrafinkar", priority_area=andts, lead=polisen, on_track=True),
        ActivityFactory(title="Belysning", priority_area=andts, lead=polisen, goal="Hundra ÖGLOR", done=True),
        ActivityFactory(title="Försenad sak", priority_area=andts, overdue=True, focus_areas=[varby]),
        ActivityFactory(title="Sen sak", priority_area=andts, late_start=True),
    ]


@pytest.fixture
def look(client_for, samordnare):
    client = client_for(samordnare)
    return lambda query="": client.get(f"{ADDRESS}?{query}")


def titles(response) -> list[str]:
    return [activity.title for activity in response.context["page_obj"]]


FILTERS = {
    "": ["Åtgärder vid ån", "Ärtor i parken", "Zebrafinkar", "Belysning", "Försenad sak", "Sen sak"],
    "omrade=trygghet": ["Åtgärder vid ån", "Ärtor i parken"],
    "plats=varby": ["Ärtor i parken", "Försenad sak"],
    "plats=hela-kommunen": ["Zebrafinkar", "Belysning", "Sen sak"],
    "part=polisen": ["Zebrafinkar", "Belysning"],
    "status=avviker": ["Åtgärder vid ån"],
    "status=risk": ["Ärtor i parken"],
    "status=enligt-plan": ["Zebrafinkar", "Försenad sak"],
    "status=genomford": ["Belysning"],
    "status=inte-paborjad": ["Sen sak"],
    "status=avbruten": [],
    "status=forsenad": ["Försenad sak"],
    "status=sen-start": ["Sen sak"],
    "status=inte-uppdaterad": ["Åtgärder vid ån", "Ärtor i parken", "Zebrafinkar", "Försenad sak"],
    "sok=ärtor": ["Ärtor i parken"],
    "sok=ÅTGÄRDER+Ån": ["Åtgärder vid ån"],
    "sok=öglor": ["Belysning"],
    "sok=6": ["Sen sak"],
    "sok=polisen": ["Zebrafinkar", "Belysning"],
    "sok=LOKALPOLISEN": ["Zebrafinkar", "Belysning"],
    "sok=100%25": [],
    "sok=_": [],
    "omrade=andts&plats=varby": ["Försenad sak"],
    "sortera=namn": [
        "Belysning",
        "Försenad sak",
        "Sen sak",
        "Zebrafinkar",
        "Åtgärder vid ån",
        "Ärtor i parken",
    ],
    "sortera=allvar": [
        "Åtgärder vid ån",
        "Ärtor i parken",
        "Zebrafinkar",
        "Försenad sak",
        "Sen sak",
        "Belysning",
    ],
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_shows_exactly_its_rows(query, activities, look):
    response = look(query)

    assert titles(response) == FILTERS[query]
    if not FILTERS[query]:
        assert "Inga aktiviteter med de filtren" in response.content.decode()


def test_hits_are_told_in_words(activities, look):
    page = " ".join(look("omrade=trygghet&status=avviker&sok=ån").content.decode().split())

    assert "<b> 1 av 6 aktiviteter. </b> Trygghet, Avviker, ”ån”" in page.replace("<b>", "<b> ").replace(
        "</b>", " </b>"
    )


UNKNOWN = {
    "omrade=okänt": "Det prioriterade området finns inte.",
    "plats=' OR 1=1 --": "Det geografiska området finns inte.",
    "part=%00": "Den parten finns inte.",
    "status=sideways": "Den statusen finns inte.",
    "sortera=priset": "Det går inte att sortera så.",
    "sok=%00": "Null-tecken är inte tillåtna.",
    "sok=" + "a" * 300: "högst 200 tecken",
    "per=imorgon": "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
    "per=2024-02-30": "Februari 2024 har 29 dagar.",
    "per=2024-10-01": "Dagen har inte varit än.",
    "per=2022-12-31": "Överenskommelsen gäller från 1 januari 2023.",
}


@pytest.mark.parametrize("query", UNKNOWN)
def test_an_unknown_value_is_told_and_left_out(query, activities, look):
    response = look(query)

    assert response.status_code == 200
    assert UNKNOWN[query] in response.content.decode()
    assert len(titles(response)) == len(activities)


@pytest.mark.parametrize("written", ["2024-08-30", "30/8 2024", "30 augusti 2024"])
def test_the_list_shows_the_state_as_of_the_day(written, activities, look):
    FollowUpFactory(activity=activities[0], on_track=True, refers_on=date(2024, 6, 30))

    response = look(f"per={written}")

    assert "Läget den 30 augusti 2024" in response.content.decode()
    assert response.context["page_obj"][0].state == State.ON_TRACK
    assert look().context["page_obj"][0].state == State.OFF_TRACK


FIRST, LAST = range(1, 51), range(51, 61)


@pytest.mark.parametrize(("page", "numbers"), [("1", FIRST), ("2", LAST), ("99", LAST), ("x", FIRST)])
def test_paging_forgives_a_page_that_is_not_there(page, numbers, agreement, look):
    for _ in range(60):
        ActivityFactory()

    response = look(f"sida={page}&sortera=nummer")

    assert [activity.number for activity in response.context["page_obj"]] == list(numbers)
    assert "60 aktiviteter" in response.content.decode()


def test_an_empty_agreement_says_so(agreement, look):
    assert "Inga aktiviteter än" in look().content.decode()


def test_a_title_is_text_and_never_markup(agreement, look):
    ActivityFactory(title="<script>alert(1)</script>")

    page = look().content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_is_not_agreed_has_no_state_and_is_found_by_its_preparation(activities, look):
    ActivityFactory(title="Försenat utkast", draft=True, ends_on=date(2024, 1, 1))
    ActivityFactory(title="Förslaget", proposed=True, starts_on=date(2024, 1, 1))

    assert titles(look("status=forsenad")) == ["Försenad sak"]
    assert titles(look("status=sen-start")) == titles(look("status=inte-paborjad")) == ["Sen sak"]
    assert titles(look("status=utkast")) == ["Försenat utkast"]
    assert titles(look("status=foreslagen")) == ["Förslaget"]


def test_overdue_says_since_when_where_no_end_date_stands_beside_it(activities, look):
    said = f"Försenad sedan {in_short(Activity.objects.get(title='Försenad sak').ends_on)}"
    shown = {query: " ".join(look(query).content.decode().split()) for query in ("", "status=forsenad")}

    assert (said in shown[""], said in shown["status=forsenad"]) == (False, True)


def written(response) -> list[str]:
    return re.findall(
        r'Senast skrivet </span>(?:<span class="muted">)?([^<]+?)\s*<', response.content.decode()
    )


def test_a_row_tells_when_something_was_last_written_about_it(agreement, look):
    activity = ActivityFactory(title="Belysning")
    ActivityFactory(title="Tyst")
    for speaks_of, saved_on in ((date(2024, 3, 31), 9), (date(2024, 8, 31), 12)):
        saved_at = datetime(2024, speaks_of.month + 1, saved_on, 9, tzinfo=UTC)
        FollowUpFactory(activity=activity, refers_on=speaks_of, saved_at=saved_at)

    assert written(look()) == ["12 sep. 2024", "inte än"]
    assert written(look("per=2024-04-30")) == ["9 apr. 2024", "inte än"]


DEVIATING = {"status=avviker": 1, "status=risk": 1, "status=forsenad": 1, "status=sen-start": 1}


@pytest.mark.parametrize("query", DEVIATING)
def test_a_list_of_what_deviates_says_what_is_needed_and_who_decides(query, activities, look):
    page = look(query).content.decode()

    assert page.count('<td role="cell" class="needed">') == DEVIATING[query]
    if query == "status=avviker":
        off_track = FollowUp.objects.get(assessment="off_track")
        assert f"<b>{off_track.get_decision_by_display()}:</b> {off_track.needed}" in page
    if query == "status=sen-start":
        assert "Inte uppföljd än." in page


def test_what_was_followed_up_without_a_word_is_not_told_as_not_followed_up(agreement, look):
    activity = ActivityFactory(title="Belysning", ends_on=date(2024, 9, 15))
    FollowUpFactory(activity=activity, on_track=True, what_happened="", refers_on=date(2024, 3, 31))
    assert "Uppföljningen säger inte varför." in look("status=forsenad").content.decode()

    FollowUpFactory(activity=activity, on_track=True, what_happened="", unchanged=True)
    page = look("status=forsenad").content.decode()
    assert "Inget nytt, läget är oförändrat." in page
    assert "Inte uppföljd än." not in page


def test_other_lists_do_not(activities, look):
    for query in ("", "status=enligt-plan", "status=utkast", "status=okänd"):
        assert "Vad behövs" not in look(query).content.decode()


def test_what_is_needed_is_that_of_the_day(agreement, look):
    activity = ActivityFactory(title="Belysning")
    for day, needed in ((date(2024, 3, 31), "Ett tillstånd"), (date(2024, 8, 31), "Ett beslut om medel")):
        FollowUpFactory(activity=activity, refers_on=day, off_track=True, needed=needed)

    assert "Ett beslut om medel" in look("status=avviker").content.decode()
    page = look("status=avviker&per=2024-04-30").content.decode()
    assert "Ett tillstånd" in page
    assert "Ett beslut om medel" not in page
