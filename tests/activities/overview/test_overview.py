"""*Översikt*: what it counts, and that each figure leads to exactly those rows."""

import re
from datetime import date, timedelta

import pytest

from activities.models import Activity, Round
from activities.overview.rows import rows_of
from activities.periods import Rounds
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/oversikt/"
AUGUST, TODAY = date(2024, 8, 31), date(2024, 9, 30)


@rows
def skogas(db):
    return FocusAreaFactory(place=PlaceFactory(slug="skogas", name="Skogås"), order=1)


@rows
def varby(db):
    return FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"), order=2)


@rows
def activities(agreement, huge, polisen, skogas, varby):
    """Seven agreed activities in two areas and two places, a draft, and a round that asks."""
    RoundFactory()
    trygghet = PriorityAreaFactory(slug="trygghet", order=1, name="Trygghet")
    andts = PriorityAreaFactory(slug="andts", order=2, name="ANDTS")
    both = {"focus_areas": [skogas, varby]}
    made = [
        ActivityFactory(title="Avviker", priority_area=trygghet, off_track=True, **both),
        ActivityFactory(title="Risk", priority_area=trygghet, at_risk=True, focus_areas=[skogas]),
        ActivityFactory(title="Polisens", priority_area=andts, lead=polisen, on_track=True, internal=True),
        ActivityFactory(title="Klar", priority_area=andts, lead=polisen, done=True, focus_areas=[varby]),
        ActivityFactory(title="Avbruten", priority_area=andts, cancelled=True),
        ActivityFactory(title="Försenad", priority_area=trygghet, overdue=True, focus_areas=[varby]),
        ActivityFactory(title="Sen", priority_area=andts, late_start=True, lead=polisen),
    ]
    ActivityFactory(title="Utkast", draft=True, priority_area=trygghet, **both)
    return made


@pytest.fixture
def look(client_for, samordnare):
    client = client_for(samordnare)
    return lambda query="": client.get(f"{ADDRESS}{query}")


def figures(response) -> dict[str, int]:
    return {figure.label: figure.count for figure in response.context["overview"].figures}


def cells(response) -> dict[tuple[str, str], tuple[int, str]]:
    """The count and the text of each cell, by area and place."""
    areas = response.context["overview"].areas
    return {(area.name, cell.place): (cell.count, cell.in_words) for area in areas for cell in area.cells}


# --- The texts ---------------------------------------------------------------------------------------------
def test_the_headline_answers_in_a_sentence(activities, look):
    response = look()

    assert response.context["overview"].headline == (
        "3 av 7 aktiviteter är klara eller går enligt plan. "
        "1 avviker, 1 riskerar att avvika, 1 är inte påbörjad och 1 är avbruten. "
        "1 är försenad, 1 har sen start och 4 är inte uppdaterade."
    )
    assert (
        "Delår per 31 augusti 2024 är öppen. Sista dagen var 13 september 2024." in response.content.decode()
    )


def test_the_figures_count_what_needs_attention(activities, look):
    assert figures(look()) == {
        "Avviker": 1,
        "Risk för avvikelse": 1,
        "Försenade": 1,
        "Sen start": 1,
        "Inte uppdaterade": 4,
        "Luckor": 0,
    }


def test_as_of_an_earlier_day_it_says_what_was_known_then(activities, look):
    FollowUpFactory(activity=activities[1], off_track=True, refers_on=date(2024, 9, 20))

    assert figures(look())["Avviker"] == 2
    response = look("?per=2024-08-31")
    assert (figures(response)["Avviker"], figures(response)["Försenade"]) == (1, 0)
    assert "<h1>Läget den 31 augusti 2024</h1>" in response.content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("i+går", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("2024-10-01", "Dagen har inte varit än. Välj dagens datum eller ett tidigare."),
        ("2022-12-31", "Överenskommelsen gäller från 1 januari 2023. Välj den dagen eller en senare."),
        ("%00", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("9" * 5000, "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
    ],
)
def test_a_day_that_will_not_do_is_told_and_the_page_lives(day, sentence, activities, look):
    response = look(f"?per={day}")

    assert response.status_code == 200
    assert response.context["form"].errors == {"per": [sentence]}
    assert (response.context["overview"].day, figures(response)["Avviker"]) == (TODAY, 1)


def test_before_anything_was_agreed_it_says_so_and_leads_back(agreement, look):
    ActivityFactory(lead_yes_on=date(2024, 2, 1))

    response = look("?per=2024-01-31")

    assert response.context["overview"].headline == "Ingen aktivitet var beslutad den dagen."
    assert f'<a href="{ADDRESS}">Visa läget i dag</a>' in response.content.decode()


# --- Areas by places ---------------------------------------------------------------------------------------
def test_the_matrix_counts_an_activity_in_each_of_its_places_and_tells_the_worst(activities, look):
    response = look()

    assert [(each.name, each.url) for each in response.context["overview"].places] == [
        ("Skogås", "/2023-2024/platser/skogas/"),
        ("Vårby", "/2023-2024/platser/varby/"),
        ("Hela kommunen", ""),
    ]
    assert cells(response) == {
        ("Trygghet", "Skogås"): (2, "1 avviker"),
        ("Trygghet", "Vårby"): (2, "1 avviker"),
        ("Trygghet", "Hela kommunen"): (0, ""),
        ("ANDTS", "Skogås"): (0, ""),
        ("ANDTS", "Vårby"): (1, "Genomförd"),
        ("ANDTS", "Hela kommunen"): (3, "Enligt plan"),
    }


def test_a_gap_is_marked_where_a_need_lacks_an_activity_and_nowhere_else(activities, look):
    need = NeedFactory(priority_area=activities[0].priority_area)
    need.places.set([area.place for area in activities[0].focus_areas.all()])
    activities[1].needs.set([need])
    NeedFactory(priority_area=activities[2].priority_area)

    response = look()

    marked = {
        (area.name, cell.place): cell.gap_url
        for area in response.context["overview"].areas
        for cell in area.cells
        if cell.gap_count
    }
    assert marked == {("Trygghet", "Vårby"): "/2023-2024/behov/?visa=luckor&omrade=trygghet&plats=varby"}
    assert figures(response)["Luckor"] == 1


# --- From figure to rows -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("person", "query"),
    [("samordnare", ""), ("samordnare", "?per=2024-08-31"), ("polis_rep", ""), ("lasare", "?per=2024-09-15")],
)
def test_every_figure_leads_to_exactly_as_many_activities(person, query, activities, client_for, request):
    client = client_for(request.getfixturevalue(person))
    overview = client.get(f"{ADDRESS}{query}").context["overview"]
    counted = {overview.all_url: overview.band.total}
    counted |= {figure.url: figure.count for figure in overview.figures if figure.key != "gap"}
    counted |= {share.url: share.segment.count for share in overview.shares}
    counted |= {cell.url: cell.count for area in overview.areas for cell in area.cells}
    counted |= {party.url: party.left for party in overview.parties}
    counted |= {overview.deviations.url: overview.deviations.total}

    found = {url: client.get(url).context["page_obj"].paginator.count for url in counted}

    assert found == counted


def test_what_is_not_ones_own_to_know_is_not_counted(activities, client_for, lasare, polis_rep):
    totals = [client_for(user).get(ADDRESS).context["overview"].band.total for user in (lasare, polis_rep)]

    assert totals == [6, 7]


@pytest.mark.parametrize("day", [date(2024, 6, 1), AUGUST, date(2024, 9, 15), TODAY])
@pytest.mark.parametrize("is_closed", [True, False])
def test_the_flags_are_those_of_the_queryset(day, is_closed, activities, agreement):
    Round.objects.update(closed_on=date(2024, 9, 20) if is_closed else None)
    for ends_on in (day, day - timedelta(days=1)):
        ActivityFactory(ends_on=ends_on, on_track=True)
        ActivityFactory(starts_on=ends_on)
    round = Rounds.of(agreement).asking_about(day, today=TODAY)
    flagged = Activity.objects.as_of(day).with_flags(today=day, round=round).filter(preparation="agreed")

    rows = [
        row for row in rows_of(Activity.objects.all(), day, round, today=day) if row.preparation == "agreed"
    ]

    assert {(row.pk, row.is_overdue(day), row.is_late_start(day), row.is_not_updated) for row in rows} == set(
        flagged.values_list("pk", "is_overdue", "is_late_start", "is_not_updated")
    )


# --- The round ---------------------------------------------------------------------------------------------
def test_each_party_has_answered_so_many_of_what_it_was_asked(activities, look, kommunen):
    round = Round.objects.get()
    FollowUpFactory(activity=activities[0], on_track=True, round=round)
    FollowUpFactory(activity=activities[3], done=True, round=round)

    rows = [(party.name, party.answered, party.asked) for party in look().context["overview"].parties]

    # Polisen's third starts the day after the round's, which therefore does not ask about it.
    assert rows == [("Huge", 1, 3), ("Polisen", 1, 2), ("Huddinge kommun", 0, 0)]


def test_before_the_first_round_nothing_is_asked(agreement, look):
    RoundFactory(planned=True)
    ActivityFactory()

    response = look()

    assert response.context["overview"].parties == ()
    assert "Ingen uppföljningsomgång har öppnat än." in response.content.decode()


# --- What happens next --------------------------------------------------------------------------------------
def coming(response):
    return [
        (each.day.isoformat(), each.what, [about.title for about in each.about])
        for each in response.context["overview"].coming
    ]


def test_what_comes_within_sixty_days_is_told_the_nearest_first(agreement, look):
    RoundFactory(
        label="Helår 2024", as_of=date(2024, 10, 31), opens_on=date(2024, 11, 1), due_on=date(2024, 11, 29)
    )
    ActivityFactory(title="Startar snart", starts_on=date(2024, 10, 15))
    ends = ActivityFactory(title="Slutar", ends_on=date(2024, 10, 20), on_track=True)
    ActivityFactory(title="Slutar för sent", ends_on=date(2024, 11, 30), on_track=True)
    ActivityFactory(title="Är klar", ends_on=date(2024, 10, 20), done=True)
    for activity in (ends, ActivityFactory(title="Lång", on_track=True)):
        MilestoneFactory(activity=activity, title="Stämma av", due_on=date(2024, 10, 5))
    MilestoneFactory(activity=ends, title="Klart redan", due_on=date(2024, 10, 6), done_on=date(2024, 9, 1))

    assert coming(look()) == [
        ("2024-10-05", "Delmål: Stämma av", ["Slutar", "Lång"]),
        ("2024-10-15", "Startar", ["Startar snart"]),
        ("2024-10-20", "Ska vara klar", ["Slutar"]),
        ("2024-11-01", "Helår 2024 öppnar", []),
        ("2024-11-29", "Sista dag för Helår 2024", []),
    ]


def test_no_more_than_six_dates_come(agreement, look):
    for day in range(1, 9):
        ActivityFactory(ends_on=date(2024, 10, day), on_track=True)

    assert [day for day, *_ in coming(look())] == [f"2024-10-0{day}" for day in range(1, 7)]


# --- Around it ---------------------------------------------------------------------------------------------
def test_it_says_whom_to_ask(activities, look, samordnare):
    assert re.search(
        r"Samordnande funktion</h2>.*mailto:samordnare@example.com", look().content.decode(), re.DOTALL
    )
