"""A draft agreement is written in steps: title and period, parties, places, matter; and then it is adopted."""

from datetime import date

import pytest
from django.urls import reverse

from parties.models import Declaration, Matter
from priorities import actions
from priorities.models import Agreement, Place
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    DeclarationFactory,
    FocusAreaFactory,
    MatterFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    UserFactory,
)
from tests.priorities.conftest import faults

BASICS, PARTIES, PLACES, MATTER = (
    f"/2025-2026/redigera/{part}/" for part in ("grunder", "parter", "platser", "arende")
)
ADOPT = "/2025-2026/faststall/"
OWN_MATTER = {
    "case_number": "KS-2024/1",
    "matter_title": "Överenskommelse 2025–2026",
    "committee": "Kommunstyrelsen",
    "decided_on": "10 december 2024",
    "section": "§ 12",
    "outcome": "Godkänns.",
}


# --- The list of steps -------------------------------------------------------------------------------------
def test_the_steps_say_what_is_written_and_what_is_needed(client, draft):
    page = client.get("/2025-2026/redigera/").content.decode()

    told = ("Huddinge kommun, Huge", "Varby", "0 av 2 har undertecknat")
    assert [text for text in told if text not in page] == []
    assert "Gå vidare till att fastställa" in page


def test_an_empty_draft_cannot_go_on_to_be_adopted(client, kommunen):
    AgreementFactory(next_period=True, draft=True)

    page = client.get("/2025-2026/redigera/").content.decode()

    assert page.count("Behövs") == 2
    assert "Gå vidare till att fastställa" not in page


# --- Title, period and purposes ----------------------------------------------------------------------------
def test_title_period_and_purposes_are_saved(send, draft, samordnare):
    response = send(
        BASICS, title="Ny rubrik", starts_on="1/1 2025", ends_on="2026-06-30", purposes="Trygghet."
    )

    assert response["Location"] == "/2025-2026/redigera/"
    draft.refresh_from_db()
    assert (draft.title, draft.starts_on, draft.ends_on, draft.purposes, draft.version) == (
        "Ny rubrik",
        date(2025, 1, 1),
        date(2026, 6, 30),
        "Trygghet.",
        2,
    )
    assert draft.past.latest("history_id").history_user == samordnare


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_on": "2024-12-31"}, {"ends_on": ["Slutdatum ska vara efter startdatum."]}),
        ({"starts_on": "0000-01-01"}, {"starts_on": ["Skriv ett datum som 2024-08-30."]}),
        (
            {"ends_on": "9999-12-31"},
            {"ends_on": ["Skriv ett år mellan 1990 och 2100, till exempel 2024-08-30."]},
        ),
        ({"title": " "}, {"title": ["Skriv överenskommelsens rubrik."]}),
        ({"title": "a" * 201}, {"title": ["Skriv högst 200 tecken."]}),
        (
            {"title": "a\x00b"},
            {
                "title": [
                    "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
                ]
            },
        ),
        (
            {"purposes": "å" * 100_000},
            {"purposes": ["Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000."]},
        ),
    ],
    ids=["ends first", "year 0", "year 9999", "no title", "long title", "NUL", "100,000 characters"],
)
def test_what_does_not_hold_is_told_and_everything_is_kept(fields, wrong, send, draft):
    response = send(BASICS, **{"title": "Ny rubrik", "purposes": "Mina ord."} | fields)

    assert faults(response) == wrong
    kept = {"title": "Ny rubrik", "purposes": "Mina ord."} | fields
    form = response.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert Agreement.objects.get(slug="2025-2026").title == "Samverkansöverenskommelse 2025–2026"


def test_a_period_that_leaves_an_activity_outside_is_refused(send, draft):
    dates = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    activity = ActivityFactory(agreement=draft, draft=True, **dates)

    response = send(BASICS, ends_on="2026-06-30")

    sentence = f"Aktivitet {activity.number} ligger utanför perioden. Ändra den först."
    assert faults(response) == {None: [sentence]}


# --- Two at once -------------------------------------------------------------------------------------------
def test_whoever_saves_second_is_told_who_was_first_and_keeps_every_word(client, client_for, draft):
    other = client_for(UserFactory(coordinator=True, display_name="Säkerhetschef"))
    mine, theirs = (
        {"version": 1, "title": title, "starts_on": "2025-01-01", "ends_on": "2026-12-31"}
        for title in ("Min rubrik", "Deras rubrik")
    )
    other.post(BASICS, theirs)

    response = client.post(BASICS, mine)

    (sentence,) = faults(response)[None]
    assert sentence.startswith(
        "Någon annan har sparat medan du skrev. Säkerhetschef sparade 30 september 2024 kl."
    )
    form = response.context["form"]
    assert (form["title"].value(), form["version"].value()) == ("Min rubrik", "2")
    assert Agreement.objects.get(slug="2025-2026").title == "Deras rubrik"
    assert client.post(BASICS, mine | {"version": 2}).status_code == 302
    assert Agreement.objects.get(slug="2025-2026").title == "Min rubrik"


def test_saving_again_from_an_old_tab_is_told_too(client, draft):
    sent = {"version": 1, "title": "Min rubrik", "starts_on": "2025-01-01", "ends_on": "2026-12-31"}
    client.post(BASICS, sent)

    (sentence,) = faults(client.post(BASICS, sent))[None]

    assert sentence.startswith("Du har redan sparat sedan sidan öppnades. Samordnare trygghet sparade")


@pytest.mark.parametrize("version", ["", "x", "9" * 5000, "1\x00"])
def test_a_version_that_nobody_can_read_is_one_sentence(version, send, draft):
    response = send(BASICS, version=version)

    assert faults(response) == {
        None: ["Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."]
    }
    assert response.context["form"]["version"].value() == "1"


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


# --- Matter and declaration --------------------------------------------------------------------------------
def test_the_agreements_own_matter_and_declaration_are_written_and_changed(send, draft):
    own = {
        "declaration": "eget",
        "declaration_title": "Avsiktsförklaring 2025–2028",
        "valid_from": "2025-01-01",
        "valid_to": "2028-12-31",
    }
    AgreementFactory(declaration=draft.declaration)
    assert send(MATTER, matter="eget", **OWN_MATTER, **own).status_code == 302
    send(MATTER, outcome="Godkänns med ändring.")

    draft.refresh_from_db()
    assert (draft.matter.case_number, draft.matter.decided_on, draft.matter.outcome) == (
        "KS-2024/1",
        date(2024, 12, 10),
        "Godkänns med ändring.",
    )
    assert (draft.declaration.title, draft.declaration.valid_to) == (
        "Avsiktsförklaring 2025–2028",
        date(2028, 12, 31),
    )
    assert (Matter.objects.count(), Declaration.objects.count()) == (2, 2)


def test_what_stands_in_the_fields_is_meant_when_no_matter_is_chosen(send, draft):
    Agreement.objects.update(matter=None)

    send(MATTER, matter="", **OWN_MATTER)

    draft.refresh_from_db()
    assert draft.matter.case_number == "KS-2024/1"


def test_one_that_is_there_can_be_chosen(send, draft):
    matter = MatterFactory(case_number="KS-2024/9")
    declaration = DeclarationFactory(title="Avsiktsförklaring 2027–2030", matter=matter)

    send(
        MATTER, matter=matter.pk, declaration=declaration.pk, declaration_title="", valid_from="", valid_to=""
    )

    draft.refresh_from_db()
    assert (draft.matter, draft.declaration) == (matter, declaration)


def test_a_case_number_is_not_taken_twice(send, draft):
    MatterFactory(case_number="KS-2024/1")

    response = send(MATTER, matter="eget", **OWN_MATTER)

    assert faults(response) == {"case_number": ["Diarienumret finns redan. Välj ärendet i listan i stället."]}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"matter": "999999"}, {"matter": ["Välj ett ärende i listan."]}),
        ({"declaration": "x\x00"}, {"declaration": ["Välj en avsiktsförklaring i listan."]}),
        (
            {"matter": "eget"},
            {
                "case_number": ["Skriv diarienumret."],
                "matter_title": ["Skriv ärendets rubrik."],
                "committee": ["Skriv vilken instans som beslutar."],
            },
        ),
    ],
)
def test_what_is_not_in_the_list_or_not_told_is_refused(fields, wrong, send, draft):
    assert faults(send(MATTER, **fields)) == wrong


# --- Adopting ----------------------------------------------------------------------------------------------
def test_the_draft_is_adopted_after_a_page_that_says_what_follows(client, send, draft):
    page = client.get(ADOPT).content.decode()
    assert "går inte att ändra mer" in page
    assert "Huddinge kommun, Huge" in page

    response = send(ADOPT)

    draft.refresh_from_db()
    assert (response["Location"], draft.status) == (reverse("agreement", args=["2025-2026"]), "adopted")


def test_what_is_missing_is_told_and_nothing_is_adopted(client, kommunen):
    empty = AgreementFactory(next_period=True, draft=True)

    response = client.post(ADOPT, {"version": empty.version})

    missing = ["Välj minst två parter.", "Skriv minst ett prioriterat område."]
    assert faults(response) == {None: missing}
    empty.refresh_from_db()
    assert empty.status == "draft"


def test_what_somebody_changed_meanwhile_is_not_adopted_unseen(client, send, draft, samordnare, now):
    send(BASICS, title="En annan rubrik")

    response = client.post(ADOPT, {"version": 1})

    assert list(faults(response)) == [None]
    draft.refresh_from_db()
    assert draft.is_draft


# --- Once it is adopted ------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["adopted", "archived"])
@pytest.mark.parametrize("part", ["grunder", "parter", "omraden", "platser", "arende"])
def test_its_parts_stand_once_it_is_adopted(part, status, client, send, draft):
    address = f"/2025-2026/redigera/{part}/"
    form = client.get(address).context["form"]
    Agreement.objects.filter(pk=draft.pk).update(status=status)

    assert client.get(address)["Location"] == reverse("agreement", args=["2025-2026"])
    sent = client.post(
        BASICS,
        {
            "version": form["version"].value(),
            "title": "Ny",
            "starts_on": "2025-01-01",
            "ends_on": "2026-12-31",
        },
    )
    assert faults(sent) == {None: ["Överenskommelsen är redan fastställd."]}
    draft.refresh_from_db()
    assert draft.title == "Samverkansöverenskommelse 2025–2026"


def test_a_party_more_or_less_is_one_change(samordnare, draft, now):
    """Every change of what belongs to a draft raises its version once."""
    actions.choose_parties(
        by=samordnare, at=now, agreement=draft, seen=1, parties=[PartyFactory(), PartyFactory()]
    )
    actions.choose_places(by=samordnare, at=now, agreement=draft, seen=2, places=[PlaceFactory()])

    draft.refresh_from_db()
    assert draft.version == 3
