"""*Behov*: what is missing stands first, and the chain from lägesbild to activity can be followed."""

from datetime import date

import pytest

from activities.gaps import gaps
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
    SourceUseFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/behov/"


@rows
def places(agreement):
    return {
        slug: FocusAreaFactory(place=PlaceFactory(slug=slug, name=name))
        for slug, name in {"skogas": "Skogås", "varby": "Vårby"}.items()
    }


@rows
def needs(agreement, huge, places):
    """Covered; with a gap in Vårby; bare; for the whole municipality and met; in that order by number."""
    andts, miljo = PriorityAreaFactory(slug="andts"), PriorityAreaFactory()
    made = {
        "covered": NeedFactory(priority_area=andts, problem="Täckt"),
        "half": NeedFactory(priority_area=miljo, problem="Halvt"),
        "bare": NeedFactory(priority_area=miljo, problem="Bart"),
        "everywhere": NeedFactory(priority_area=andts, problem="Överallt"),
    }
    made["covered"].places.set([places["skogas"].place])
    made["half"].places.set([places["skogas"].place, places["varby"].place])
    made["bare"].places.set([places["varby"].place])
    ActivityFactory(title="A", needs=[made["covered"], made["half"]], focus_areas=[places["skogas"]])
    ActivityFactory(title="B", needs=[made["everywhere"]])
    return made


@pytest.fixture
def look(client_for, lasare):
    client = client_for(lasare)
    return lambda query="": client.get(f"{ADDRESS}{query}")


def problems(rows) -> list[str]:
    return [row.need.problem for row in rows]


def shown(response) -> list[tuple[str, str]]:
    return [(gap.need.problem, gap.place.name) for gap in response.context["page"].gaps]


def test_needs_by_what_is_missing(needs, look):
    page = look().context["page"]

    assert problems(page.bare) == ["Bart"]
    assert problems(page.with_gaps) == ["Halvt"]
    assert problems(page.covered) == ["Täckt", "Överallt"]
    assert [row.activity_count for row in page.rows] == [1, 1, 0, 1]


def test_the_groups_stand_in_that_order_and_empty_ones_are_left_out(needs, look):
    page = look().content.decode()

    assert page.index("Utan aktivitet") < page.index("Med luckor") < page.index("Täckta")

    page = look("?omrade=andts").content.decode()

    assert "Täckta" in page
    assert "Med luckor" not in page
    assert "Utan aktivitet" not in page


def test_the_gaps_are_exactly_those_that_the_overview_counts(agreement, needs, look, today):
    expected = [(gap.need.problem, gap.place.name) for gap in gaps(agreement, today, today=today)]

    response = look("?visa=luckor")

    assert shown(response) == expected == [("Halvt", "Vårby"), ("Bart", "Vårby")]
    assert response.content.decode().count("Lucka i Vårby") == 2


def test_gaps_as_of_a_day(agreement, needs, huge_rep, look):
    cancelled = ActivityFactory(title="C", needs=[needs["bare"]])
    cancelled.focus_areas.set(agreement.focus_areas.filter(place__slug="varby"))
    FollowUpFactory(activity=cancelled, author=huge_rep, cancelled=True, refers_on=date(2024, 8, 31))

    assert shown(look("?visa=luckor&per=2024-08-30")) == [("Halvt", "Vårby")]
    assert shown(look("?visa=luckor&per=2024-08-31")) == [("Halvt", "Vårby"), ("Bart", "Vårby")]
    assert "Läget den 30 augusti 2024." in look("?visa=luckor&per=2024-08-30").content.decode()


def test_a_gap_of_an_earlier_day_is_not_offered_to_plan_for(needs, client_for, samordnare):
    client = client_for(samordnare)

    offered = [
        "Planera aktivitet" in client.get(f"{ADDRESS}?visa=luckor{day}").content.decode()
        for day in ("", "&per=2024-09-30", "&per=2024-08-30")
    ]

    assert offered == [True, True, False]


def test_by_area_and_place(needs, look):
    assert problems(look("?omrade=andts").context["page"].rows) == ["Täckt", "Överallt"]
    assert problems(look("?plats=varby").context["page"].rows) == ["Halvt", "Bart"]
    assert problems(look("?plats=hela-kommunen").context["page"].rows) == ["Överallt"]
    assert shown(look("?visa=luckor&omrade=andts")) == []
    assert shown(look("?visa=luckor&plats=skogas")) == []
    assert "Inga luckor med de filtren" in look("?visa=luckor&plats=skogas").content.decode()
    assert "Inga behov med de filtren" in look("?omrade=andts&plats=varby").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("per=igår", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("per=2024-10-01", "Dagen har inte varit än."),
        ("per=2022-12-31", "Överenskommelsen gäller från 1 januari 2023."),
        ("omrade=finns-inte", "Det prioriterade området finns inte."),
        ("plats=%00", "Det geografiska området finns inte."),
        ("plats=" + "x" * 3000, "Det geografiska området finns inte."),
    ],
)
def test_what_does_not_hold_is_left_out_and_said(query, words, needs, look):
    response = look(f"?visa=luckor&{query}")

    assert response.status_code == 200
    assert words in response.content.decode()
    assert "<title>Fel: " in response.content.decode()
    assert shown(response) == [("Halvt", "Vårby"), ("Bart", "Vårby")]


@pytest.mark.parametrize("view", ["%00", "x" * 3000, "alla"])
def test_an_unknown_view_is_the_ordinary_one(view, needs, look):
    assert "Utan aktivitet" in look(f"?visa={view}").content.decode()


def test_a_draft_covers_nothing_and_an_internal_activity_does_though_not_all_may_read_it(
    needs, places, polisen, samordnare, client_for, look
):
    ActivityFactory(title="Utkastet", draft=True, needs=[needs["bare"]], focus_areas=[places["varby"]])
    ActivityFactory(
        title="Den interna", internal=True, lead=polisen, needs=[needs["half"]], focus_areas=[places["varby"]]
    )

    assert shown(look("?visa=luckor")) == [("Bart", "Vårby")]
    assert [row.activity_count for row in look().context["page"].rows] == [1, 1, 0, 1]

    page = look("2/").content.decode()
    assert "Den interna" not in page
    assert "Ingen aktivitet att visa här." in page
    assert "inte visas för dig" not in page
    assert "Den interna" in client_for(samordnare).get(f"{ADDRESS}2/").content.decode()


def test_a_need_that_only_internal_work_answers_to_is_not_said_to_have_none_nor_to_have_some(
    agreement, polisen, look
):
    ActivityFactory(title="Den interna", internal=True, lead=polisen, needs=[NeedFactory(problem="Känsligt")])

    page = look("1/").content.decode()

    assert ">Ingen aktivitet att visa</a>" in page
    assert "Ingen aktivitet att visa här." in page
    assert [
        word for word in ("Den interna", "Ingen aktivitet är beslutad", "arbete som") if word in page
    ] == []


def test_what_is_counted_beside_a_need_is_what_answers_to_it_that_day(
    needs, places, huge, huge_rep, samordnare, client_for
):
    bare = {"needs": [needs["bare"]], "focus_areas": [places["varby"]]}
    ActivityFactory(title="Utkastet", draft=True, **bare)
    ActivityFactory(title="Senare", lead_yes_on=date(2024, 9, 1), **bare)
    cancelled = ActivityFactory(title="Avbruten", **bare)
    FollowUpFactory(activity=cancelled, author=huge_rep, cancelled=True, refers_on=date(2024, 8, 20))
    client = client_for(samordnare)

    def counts(day: str) -> list[int]:
        return [row.activity_count for row in client.get(f"{ADDRESS}?per={day}").context["page"].rows]

    assert counts("2024-09-30") == [1, 1, 1, 1]
    assert counts("2024-08-31") == [1, 1, 0, 1]
    assert counts("2024-08-01") == [1, 1, 1, 1]
    assert problems(client.get(f"{ADDRESS}?per=2024-08-31").context["page"].bare) == ["Bart"]


def test_one_need_with_its_places_and_their_activities(needs, places, look):
    ActivityFactory(title="På annan plats", needs=[needs["half"]])

    spots = look("2/").context["page"].spots

    assert [(spot.place and spot.place.name, spot.is_gap) for spot in spots] == [
        ("Skogås", False),
        ("Vårby", True),
        (None, False),
    ]
    assert [[each.title for each in spot.activities] for spot in spots] == [["A"], [], ["På annan plats"]]
    assert "Ingen aktivitet är beslutad här." in look("2/").content.decode()


def test_a_need_for_the_whole_municipality_has_no_gap(needs, look):
    page = look("4/").context["page"]

    assert [(spot.place, spot.is_gap) for spot in page.spots] == [(None, False)]
    assert [each.title for each in page.spots[0].activities] == ["B"]


def test_causes_one_for_each_line(agreement, look):
    NeedFactory(causes="Mörka stråk\n\n  Få människor  \r\n", affected="Unga")

    response = look("1/")

    assert response.context["page"].causes == ["Mörka stråk", "Få människor"]
    assert "Unga" in response.content.decode()


def test_the_chain_back_to_the_lagesbild(needs, look):
    picture, draft = PictureFactory(), PictureFactory(year=2024, title="Lägesbild 2024")
    use = SourceUseFactory(picture=picture, period="2019–2021")
    SourceUseFactory(picture=draft)
    needs["half"].sources.set([use.source, SourceFactory(name="Medarbetardialoger")])
    picture.status = "adopted"
    picture.save()

    page = look("2/").content.decode()

    assert f'href="/lagesbilder/2021/#kalla-{use.source_id}"' in page
    assert "2019–2021" in page
    assert "Används inte i någon lägesbild" in page
    assert "Lägesbild 2024" not in page
    assert "1 aktivitet, 1 lucka" in page


def test_what_comes_before_and_after(needs, samordnare, client_for, look):
    draft = AgreementFactory(next_period=True, draft=True)
    later = NeedFactory(agreement=draft, problem="Fortsatt", predecessor=needs["half"])
    needs["half"].outcome = "remains"
    needs["half"].save()

    page = client_for(samordnare).get(later.get_absolute_url()).content.decode()
    assert "Behov 2, 2023–2024" in page
    assert "Kvarstår när det fördes vidare" in page
    assert "Behov 1, 2025–2026" in client_for(samordnare).get(f"{ADDRESS}2/").content.decode()
    assert "2025–2026" not in look("2/").content.decode()
    assert "Kvarstår" in look("2/").content.decode()


def test_who_may_write_a_need_and_who_may_plan_for_it(needs, samordnare, huge_rep, lasare, client_for):
    def links(user) -> list[bool]:
        client = client_for(user)
        page, one = client.get(ADDRESS).content.decode(), client.get(f"{ADDRESS}2/").content.decode()
        gap_list = client.get(f"{ADDRESS}?visa=luckor").content.decode()
        plan = "/2023-2024/aktiviteter/ny/?behov=2"
        return [
            'href="/2023-2024/behov/ny/"' in page,
            'href="/2023-2024/behov/2/redigera/"' in one,
            plan in one,
            plan in gap_list,
        ]

    assert links(samordnare) == [True, True, True, True]
    assert links(huge_rep) == [False, False, True, True]
    assert links(lasare) == [False, False, False, False]


def test_nothing_yet(agreement, look):
    assert "Inga behov än" in look().content.decode()


@pytest.mark.parametrize("number", ["0", "5", "99999999999999999999"])
def test_a_number_that_no_need_has_is_not_found(number, needs, look):
    assert look(f"{number}/").status_code == 404
