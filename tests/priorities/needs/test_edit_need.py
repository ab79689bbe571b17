"""Writing, changing and removing needs, in draft and adopted agreements. Nobody overwrites another unseen."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from priorities.models import Agreement, Need, Source
from priorities.needs import actions
from samverkan.lib.editing.carrying import COPY
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
    UserFactory,
)
from tests.priorities.conftest import faults
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

NEW = "/2023-2024/behov/ny/"
EDIT, REMOVE = "/2023-2024/behov/1/redigera/", "/2023-2024/behov/1/ta-bort/"


@rows
def area(agreement):
    return PriorityAreaFactory(agreement=agreement)


@rows
def place(agreement):
    return FocusAreaFactory(agreement=agreement).place


@rows
def need(area):
    return NeedFactory(priority_area=area, problem="Ett problem.")


@pytest.mark.parametrize("status", ["draft", "adopted"])
def test_a_need_is_written_with_a_new_source(status, send, samordnare):
    agreement = AgreementFactory(status=status)
    area, place = PriorityAreaFactory(agreement=agreement), FocusAreaFactory(agreement=agreement).place
    known = SourceFactory()

    response = send(
        NEW,
        problem="Många undviker torget.",
        affected="Boende",
        causes="Mörkt\nÖde",
        priority_area=area.pk,
        places=[place.pk],
        sources=[known.pk],
        source_name="Trygghetsvandringar",
        kind="observation",
    )

    assert response["Location"] == reverse("need_list", args=["2023-2024"])
    need = Need.objects.get()
    assert (need.number, need.problem, need.affected, need.causes, need.priority_area) == (
        1,
        "Många undviker torget.",
        "Boende",
        "Mörkt\nÖde",
        area,
    )
    assert list(need.places.all()) == [place]
    assert {source.name for source in need.sources.all()} == {"NTU Lokal", "Trygghetsvandringar"}
    assert need.past.latest("history_id").history_user == samordnare


def test_one_after_another(send, area):
    response = send(NEW, problem="Ett.", priority_area=area.pk, more="1")

    assert response["Location"] == NEW


def test_a_form_that_is_sent_twice_makes_one_need(send, area):
    fields = {"problem": "Många undviker torget.", "affected": "Boende", "priority_area": area.pk}

    send(NEW, **fields)
    again = send(NEW, **fields)

    assert faults(again) == {"problem": ["Behov 1 säger redan det. Ändra det i stället."]}
    assert "Boende" in again.content.decode()
    send(NEW, **fields | {"problem": "Mörkt."})
    assert [need.number for need in Need.objects.all()] == [1, 2]


def test_a_need_is_changed(send, need, area, place):
    other = PriorityAreaFactory(agreement=area.agreement, slug="andts")
    need.places.add(place)

    response = send(EDIT, problem="Ett annat.", priority_area=other.pk, places=None)

    assert response["Location"] == need.get_absolute_url()
    need.refresh_from_db()
    assert (need.problem, need.priority_area, need.places.count(), need.version) == (
        "Ett annat.",
        other,
        0,
        2,
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"problem": " \u200b"}, {"problem": ["Skriv vad problemet är."]}),
        (
            {"problem": "å" * 100_000},
            {"problem": ["Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000."]},
        ),
        (
            {"causes": "a\x00"},
            {
                "causes": [
                    "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
                ]
            },
        ),
        ({"priority_area": ""}, {"priority_area": ["Välj ett prioriterat område."]}),
        ({"priority_area": "999999"}, {"priority_area": ["Välj bland dem som står i listan."]}),
        ({"places": ["x\x00"]}, {"places": ["Välj bland dem som står i listan."]}),
        ({"sources": ["9" * 40]}, {"sources": ["Välj bland dem som står i listan."]}),
        ({"source_name": "Ny"}, {"kind": ["Välj vilket slags källa det är."]}),
        ({"publisher": "Brå"}, {"source_name": ["Skriv vad den nya källan heter."]}),
        (
            {"source_name": "ntu lokal", "kind": "survey"},
            {"source_name": ["Källan finns redan. Välj den i listan."]},
        ),
        ({"source_name": "Ny", "kind": "hittepå"}, {"kind": ["Välj bland dem som står i listan."]}),
    ],
)
def test_what_does_not_hold_is_told_and_everything_is_kept(fields, wrong, send, need):
    SourceFactory()

    response = send(EDIT, **{"affected": "Mina ord."} | fields)

    assert faults(response) == wrong
    form = response.context["form"]
    assert {name: form[name].value() for name in fields} == fields
    assert form["affected"].value() == "Mina ord."
    need.refresh_from_db()
    assert (need.problem, need.affected, Source.objects.count()) == ("Ett problem.", "", 1)


def test_what_belongs_to_another_agreement_is_not_in_the_lists(send, need):
    following = AgreementFactory(next_period=True)
    area = PriorityAreaFactory(agreement=following, slug="vald")
    place = FocusAreaFactory(agreement=following, place=PlaceFactory(slug="varby")).place

    wrong = faults(send(EDIT, priority_area=area.pk, places=[place.pk]))

    sentence = ["Välj bland dem som står i listan."]
    assert wrong == {"priority_area": sentence, "places": sentence}


def test_the_action_refuses_another_agreements_area_and_place(need, area, samordnare, now):
    theirs = PriorityAreaFactory(agreement=AgreementFactory(next_period=True))
    common = {"by": samordnare, "at": now, "need": need, "seen": None, "sources": [], "problem": "Nytt."}

    for fields, name in (
        ({"priority_area": theirs, "places": []}, "priority_area"),
        ({"priority_area": area, "places": [PlaceFactory(slug="varby")]}, "places"),
    ):
        with pytest.raises(ValidationError) as refused:
            actions.edit_need(**common, **fields)
        assert list(refused.value.message_dict) == [name]
    need.refresh_from_db()
    assert need.problem == "Ett problem."


# --- Two at once -------------------------------------------------------------------------------------------
def test_whoever_saves_second_is_told_who_was_first_and_keeps_every_word(client, client_for, need, area):
    other = client_for(UserFactory(coordinator=True, display_name="Säkerhetschef"))
    mine, theirs = (
        {"version": 1, "priority_area": area.pk, "problem": words} for words in ("Mitt.", "Deras.")
    )
    other.post(EDIT, theirs)

    response = client.post(EDIT, mine)

    (sentence,) = faults(response)[None]
    assert "Säkerhetschef sparade 30 september 2024 kl." in sentence
    assert response.context["form"]["problem"].value() == "Mitt."
    need.refresh_from_db()
    assert need.problem == "Deras."
    assert client.post(EDIT, mine | {"version": 2}).status_code == 302


def test_words_about_a_need_that_somebody_removed_are_told(need, area, samordnare, now):
    stored = Need.objects.get()
    actions.remove_need(by=samordnare, at=now, need=need, seen=1)

    with pytest.raises(ValidationError) as refused:
        actions.edit_need(
            by=samordnare,
            at=now,
            need=stored,
            seen=1,
            priority_area=area,
            places=[],
            sources=[],
            problem="Nytt.",
        )
    assert refused.value.messages[0].startswith("Det finns inte längre")


# --- Removing ----------------------------------------------------------------------------------------------
def test_a_need_that_nothing_points_at_is_removed_and_its_number_is_not_used_again(client, send, need, area):
    assert "numret används inte igen" in client.get(REMOVE).content.decode()

    response = send(REMOVE)

    assert response["Location"] == reverse("need_list", args=["2023-2024"])
    assert not Need.objects.exists()
    send(NEW, problem="Nästa.", priority_area=area.pk)
    assert Need.objects.get().number == 2


@pytest.mark.parametrize(
    ("point_at", "sentence"),
    [
        (lambda need: ActivityFactory(needs=[need]), "Behovet har aktiviteter och kan inte tas bort."),
        (
            lambda need: NeedFactory(agreement=AgreementFactory(next_period=True), predecessor=need),
            "Ett behov i en senare överenskommelse följer på det här",
        ),
    ],
    ids=["an activity", "a later need"],
)
def test_a_need_in_use_stays(point_at, sentence, client, need):
    point_at(need)

    page = client.get(REMOVE).content.decode()
    refused = client.post(REMOVE, {"version": 1})

    assert sentence in page
    assert "<button" not in page.split('id="main"')[1]
    assert faults(refused)[None][0].startswith(sentence)
    assert Need.objects.filter(pk=need.pk).exists()


def test_a_need_that_was_changed_meanwhile_is_not_removed_unseen(client, send, need):
    send(EDIT, problem="Ett annat.")

    assert list(faults(client.post(REMOVE, {"version": 1}))) == [None]
    assert Need.objects.exists()


# --- Archived ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", [NEW, EDIT, REMOVE])
def test_an_archived_agreements_needs_have_no_page_to_change_them(address, client, need):
    Agreement.objects.update(status="archived")

    for answer in (client.get(address), client.post(REMOVE, {"version": 1})):
        assert answer["Location"] == reverse("need_list", args=["2023-2024"])
    assert [stored.problem for stored in Need.objects.all()] == ["Ett problem."]


@pytest.mark.parametrize("address", [NEW, EDIT])
def test_whoever_was_writing_when_it_was_archived_keeps_the_text_to_copy(address, client, need, area):
    form = client.get(address).context["form"]
    Agreement.objects.update(status="archived")

    fields = {"version": form["version"].value(), "problem": "Nytt.", "priority_area": area.pk}
    answer = client.post(address, fields)

    assert faults(answer) == {None: [COPY.format(why="Överenskommelsen är arkiverad och ändras inte.")]}
    page = answer.content.decode()
    assert "Nytt.</textarea>" in page
    assert "Spara behovet" not in page
    assert [stored.problem for stored in Need.objects.all()] == ["Ett problem."]


def test_the_actions_refuse_an_archived_agreement(need, area, samordnare, now):
    Agreement.objects.update(status="archived")
    stored = Need.objects.select_related("agreement").get()
    fields = {"priority_area": area, "problem": "Nytt.", "places": [], "sources": []}

    for act in (
        lambda: actions.add_need(by=samordnare, at=now, agreement=stored.agreement, **fields),
        lambda: actions.edit_need(by=samordnare, at=now, need=stored, seen=1, **fields),
        lambda: actions.remove_need(by=samordnare, at=now, need=stored, seen=1),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.messages == ["Överenskommelsen är arkiverad och ändras inte."]
