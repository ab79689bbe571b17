"""Choosing the parties of a draft, and its places in their order."""

from datetime import date

import pytest

from priorities.agreements import actions
from priorities.models import Place
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
)
from tests.priorities.conftest import faults

pytestmark = pytest.mark.one_database

PARTIES, PLACES = "/2025-2026/redigera/parter/", "/2025-2026/redigera/platser/"


# --- Parties -----------------------------------------------------------------------------------------------
def test_parties_are_chosen(send, draft, kommunen, huge, polisen):
    send(PARTIES, parties=[kommunen.pk, polisen.pk])

    assert {row.party for row in draft.memberships.select_related("party")} == {kommunen, polisen}


@pytest.mark.parametrize("pk", ["0", "999999", "x", "1\x00", "9" * 40])
def test_a_party_that_is_not_there_is_refused(pk, send, draft):
    assert faults(send(PARTIES, parties=[pk])) == {"parties": ["Välj bland dem som står i listan."]}
    assert draft.memberships.count() == 2


def test_a_party_with_activities_or_a_signature_stays(send, draft, kommunen, huge, polisen):
    dates = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    ActivityFactory(agreement=draft, lead=polisen, draft=True, contributors=[huge], **dates)
    draft.memberships.filter(party=kommunen).update(signed_on=date(2024, 9, 1))

    signed = faults(send(PARTIES, parties=[huge.pk]))
    working = faults(send(PARTIES, parties=[kommunen.pk]))

    assert signed == {None: ["Huddinge kommun har undertecknat överenskommelsen och kan inte tas bort."]}
    assert working == {None: ["Huge Bostäder AB har aktiviteter i överenskommelsen och kan inte tas bort."]}
    assert draft.memberships.count() == 2


# --- Places ------------------------------------------------------------------------------------------------
def test_places_are_chosen_in_order_and_a_new_one_comes_last(send, draft):
    varby, skogas = Place.objects.get(slug="varby"), Place.objects.get(slug="skogas")

    send(
        PLACES,
        **{
            f"p{skogas.pk}": "on",
            f"p{skogas.pk}-order": "1",
            f"p{varby.pk}-order": "2",
            "new_name": "Huddinge centrum",
            "new_district": "",
        },
    )

    placed = draft.focus_areas.order_by("order").values_list("order", "place__slug")
    assert list(placed) == [(1, "skogas"), (2, "varby"), (3, "huddinge-centrum")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"new_name": "vÅRBY "}, {"new_name": ["Platsen finns redan. Kryssa för den i listan."]}),
        ({"new_district": "Vårby"}, {"new_name": ["Skriv vad den nya platsen heter."]}),
    ],
)
def test_a_place_is_not_written_twice_and_not_without_a_name(fields, wrong, send, draft):
    Place.objects.filter(slug="varby").update(name="Vårby")

    assert faults(send(PLACES, **fields)) == wrong
    assert Place.objects.count() == 2


@pytest.mark.parametrize("order", ["0", "1000", "-1", "ett", "1,5", "9" * 5000])
def test_a_place_in_the_order_is_a_small_number(order, send, draft):
    pk = Place.objects.get(slug="varby").pk

    wrong = faults(send(PLACES, **{f"p{pk}-order": order}))

    assert list(wrong) == [f"p{pk}-order"]
    assert wrong[f"p{pk}-order"][0].startswith("Skriv ett heltal")


def test_two_places_do_not_share_a_number(send, draft):
    varby, skogas = Place.objects.get(slug="varby").pk, Place.objects.get(slug="skogas").pk

    wrong = faults(send(PLACES, **{f"p{skogas}": "on", f"p{skogas}-order": "1", f"p{varby}-order": "1"}))

    assert wrong == {f"p{skogas}-order": ["Två platser har ordning 1. Ge dem olika."]}


@pytest.mark.parametrize("used_by", ["a need", "an activity"])
def test_a_place_in_use_stays(used_by, send, draft):
    area = draft.focus_areas.get()
    if used_by == "a need":
        NeedFactory(agreement=draft).places.add(area.place)
    else:
        dates = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
        ActivityFactory(agreement=draft, draft=True, focus_areas=[area], **dates)

    wrong = faults(send(PLACES, **{f"p{area.place_id}": None}))

    assert wrong == {None: ["Varby har behov eller aktiviteter och kan inte tas bort. Flytta dem först."]}
    assert draft.focus_areas.get() == area


def test_another_agreements_use_of_a_place_is_no_hindrance(send, draft, agreement):
    area = draft.focus_areas.get()
    ActivityFactory(focus_areas=[FocusAreaFactory(agreement=agreement, place=area.place)])
    NeedFactory(agreement=agreement).places.add(area.place)

    assert send(PLACES, **{f"p{area.place_id}": None}).status_code == 302
    assert not draft.focus_areas.exists()


def test_a_party_more_or_less_is_one_change(samordnare, draft, now):
    """Every change of what belongs to a draft raises its version once."""
    actions.choose_parties(
        by=samordnare, at=now, agreement=draft, seen=1, parties=[PartyFactory(), PartyFactory()]
    )
    actions.choose_places(by=samordnare, at=now, agreement=draft, seen=2, places=[PlaceFactory()])

    draft.refresh_from_db()
    assert draft.version == 3
