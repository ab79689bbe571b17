"""Writing a draft lägesbild with its sources, and adopting it for good."""

from datetime import date

import pytest

from parties.models import AuditEntry
from priorities.models import Place, SituationalPicture, Source, SourceUse
from priorities.pictures import actions
from samverkan.lib.editing.carrying import COPY
from tests.factories import PictureFactory, PlaceFactory, SourceFactory, SourceUseFactory, UserFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

NEW, EDIT, ADOPT = "/lagesbilder/ny/", "/lagesbilder/2024/redigera/", "/lagesbilder/2024/faststall/"
TEXTS = {"mapping": "Så ser det ut.", "other_information": "Dialoger.", "analysis": "Därför."}


@rows
def picture(db):
    return PictureFactory(year=2024, title="Lägesbild 2024")


@rows
def source(db):
    return SourceFactory()


NEW_USES = {
    "n1-period": "2023",
    "n1-retrieved_on": "2024-03-01",
    "n1-limitations": "Få svar.",
    "n2-source_name": "Trygghetsvandringar",
    "n2-publisher": "Parterna",
    "n2-kind": "observation",
}


def test_a_lagesbild_is_written_with_those_who_took_part_and_an_attachment(
    send, huge, polisen, pdf, samordnare
):
    fields = {"year": "2024", "title": "Lägesbild 2024", "mapping": "Så ser det ut."}

    response = send(
        NEW, **fields, participants=[huge.pk, polisen.pk], attachment_title="Lägesbild 2024", file=pdf()
    )

    assert response["Location"] == "/lagesbilder/2024/"
    picture = SituationalPicture.objects.get()
    assert (picture.status, picture.mapping, set(picture.participants.all())) == (
        "draft",
        "Så ser det ut.",
        {huge, polisen},
    )
    attached = [(str(each), bool(each.file)) for each in picture.attachments.all()]
    assert attached == [("Bilaga 1. Lägesbild 2024", True)]
    assert picture.past.latest("history_id").history_user == samordnare


def test_it_uses_sources_that_are_there_and_new_ones(send, source):
    place = PlaceFactory()

    send(
        NEW,
        year="2024",
        title="Lägesbild 2024",
        **NEW_USES | {"n1-source": source.pk, "n1-places": [place.pk]},
    )

    first, second = SourceUse.objects.order_by("pk")
    assert (first.source, first.period, first.retrieved_on, first.limitations, list(first.places.all())) == (
        source,
        "2023",
        date(2024, 3, 1),
        "Få svar.",
        [place],
    )
    assert (second.source.name, second.source.publisher, second.source.kind) == (
        "Trygghetsvandringar",
        "Parterna",
        "observation",
    )


def test_a_draft_is_changed_and_a_source_removed(send, picture, source):
    use = SourceUseFactory(picture=picture, source=source)
    other = SourceUseFactory(picture=picture, source=SourceFactory(name="Dialoger"))

    response = send(
        EDIT, more="1", analysis="Därför.", **{f"u{use.pk}-remove": "on", f"u{other.pk}-period": "våren"}
    )

    assert response["Location"] == EDIT
    picture.refresh_from_db()
    assert (picture.analysis, picture.version) == ("Därför.", 2)
    assert [(each.pk, each.period) for each in picture.uses.all()] == [(other.pk, "våren")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"year": ""}, {"year": ["Skriv vilket år lägesbilden gäller."]}),
        ({"year": "många"}, {"year": ["Skriv ett år, till exempel 2024."]}),
        ({"year": "0"}, {"year": ["Skriv ett år mellan 1990 och 2100."]}),
        ({"year": "9999"}, {"year": ["Skriv ett år mellan 1990 och 2100."]}),
        ({"year": "2021"}, {"year": ["Det finns redan en lägesbild för 2021."]}),
        ({"title": ""}, {"title": ["Skriv lägesbildens rubrik."]}),
        ({"analysis": "811228-9874"}, None),
        ({"n1-period": "2023"}, {"n1-source": ["Välj en källa, eller skriv vad den nya källan heter."]}),
        ({"n1-source": "999999"}, {"n1-source": ["Välj bland dem som står i listan."]}),
        ({"n1-source_name": "Ny"}, {"n1-kind": ["Välj vilket slags källa det är."]}),
        (
            {"n1-source_name": "Ny", "n1-kind": "survey", "n2-source_name": "ny", "n2-kind": "survey"},
            {
                name: ["Källan finns redan i lägesbilden. Ändra den raden i stället."]
                for name in ("n1-source", "n2-source")
            },
        ),
        ({"attachment_title": "En", "number": ""}, {"number": ["Skriv bilagans nummer."]}),
    ],
)
def test_what_does_not_hold_is_told_and_everything_is_kept(fields, wrong, send, picture):
    PictureFactory(year=2021)

    response = send(EDIT, **{"mapping": "Mina ord."} | fields)

    errors = faults(response)
    assert errors == wrong if wrong else list(errors) == ["analysis"]
    form = response.context["form"]
    assert {name: form[name].value() for name in fields} == fields
    assert form["mapping"].value() == "Mina ord."
    assert (SourceUse.objects.count(), Source.objects.count()) == (0, 0)


def test_a_source_is_used_once_and_either_chosen_or_named(send, picture, source):
    SourceUseFactory(picture=picture, source=source)

    twice = faults(send(EDIT, **{"n1-source": source.pk}))
    both = faults(send(EDIT, **{"n1-source": source.pk, "n1-source_name": "En annan", "n1-kind": "survey"}))

    assert twice == {"n1-source": ["Källan finns redan i lägesbilden. Ändra den raden i stället."]}
    assert both == {"n1-source": ["Du har både valt en källa och namngett en ny. Gör det ena."]}


def test_whoever_saves_second_is_told_who_was_first_and_keeps_every_word(client, client_for, picture):
    other = client_for(UserFactory(coordinator=True, display_name="Säkerhetschef"))
    mine, theirs = (
        {"version": 1, "year": "2024", "title": "Lägesbild 2024", "mapping": words}
        for words in ("Mitt.", "Deras.")
    )
    other.post(EDIT, theirs)

    response = client.post(EDIT, mine)

    assert "Säkerhetschef sparade 30 september 2024 kl." in faults(response)[None][0]
    assert response.context["form"]["mapping"].value() == "Mitt."
    picture.refresh_from_db()
    assert picture.mapping == "Deras."


# --- Adopting ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("part", TEXTS)
def test_it_is_not_adopted_while_one_of_the_laws_parts_is_empty(part, client, picture):
    SituationalPicture.objects.update(**TEXTS | {part: ""})

    page = client.get(ADOPT).content.decode()
    refused = faults(client.post(ADOPT, {"version": 1, "adopted_on": "2024-09-30"}))

    assert "<button" not in page.split('id="main"')[1]
    assert len(refused[None]) == 1
    assert refused[None][0] in page
    picture.refresh_from_db()
    assert picture.is_draft


def test_it_is_adopted_after_a_page_that_says_that_it_never_changes_again(client, send, picture):
    SituationalPicture.objects.update(**TEXTS)
    assert "den ändras inte mer" in client.get(ADOPT).content.decode()

    response = send(ADOPT)

    picture.refresh_from_db()
    assert (response["Location"], picture.status, picture.adopted_on) == (
        "/lagesbilder/2024/",
        "adopted",
        date(2024, 9, 30),
    )


def test_the_day_on_which_it_was_adopted_is_asked_for_and_recorded(client, send, picture, samordnare):
    """The steering group adopted it in June; the coordinator writes it down in September."""
    SituationalPicture.objects.update(**TEXTS)
    SourceUseFactory(picture=picture, retrieved_on=date(2024, 6, 18))
    assert 'value="30 september 2024"' in client.get(ADOPT).content.decode()

    send(ADOPT, adopted_on="18/6 2024")

    picture.refresh_from_db()
    assert picture.adopted_on == date(2024, 6, 18)
    assert "Fastställd 18 juni 2024." in client.get("/lagesbilder/2024/").content.decode()
    entry = AuditEntry.objects.get(act="adopted")
    assert (entry.account, ("fastställd", "", "18 juni 2024") in entry.changed) == (samordnare, True)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2024-10-01", "Dagen har inte varit än."),
        (
            "2024-02-29",
            "Källan NTU Lokal är hämtad 1 mars 2024. Lägesbilden kan inte ha fastställts före det.",
        ),
        ("", "Skriv vilken dag lägesbilden fastställdes."),
        ("1024-06-18", "Skriv ett år mellan 1990 och 2100, till exempel 2024-08-30."),
    ],
)
def test_a_day_on_which_it_cannot_have_been_adopted_is_refused(day, sentence, send, picture, source):
    SituationalPicture.objects.update(**TEXTS)
    SourceUseFactory(picture=picture, source=source, retrieved_on=date(2024, 3, 1))
    SourceUseFactory(picture=picture, source=SourceFactory(name="Dialoger"), retrieved_on=date(2024, 1, 8))

    response = send(ADOPT, adopted_on=day)

    assert faults(response) == {"adopted_on": [sentence]}
    assert response.context["form"]["adopted_on"].value() == day
    picture.refresh_from_db()
    assert picture.is_draft


def test_an_adopted_one_keeps_the_names_of_its_sources_and_places(client, send, picture):
    SituationalPicture.objects.update(**TEXTS)
    use = SourceUseFactory(picture=picture, source__name="Enkäten", source__publisher="Polisen")
    use.places.add(PlaceFactory(name="Torget"))
    send(ADOPT)

    Source.objects.update(name="Undersökningen", publisher="Någon annan", kind=Source.Kind.DIALOGUE)
    Place.objects.update(name="Parken")

    page = client.get("/lagesbilder/2024/").content.decode()
    assert all(name in page for name in ("Enkäten", "Polisen", "Torget"))
    assert not any(name in page for name in ("Undersökningen", "Någon annan", "Parken"))


def test_what_somebody_changed_meanwhile_is_not_adopted_unseen(client, send, picture):
    SituationalPicture.objects.update(**TEXTS)
    send(EDIT, mapping="Något annat.")

    assert list(faults(client.post(ADOPT, {"version": 1, "adopted_on": "2024-09-30"}))) == [None]
    picture.refresh_from_db()
    assert picture.is_draft


def test_an_adopted_one_has_no_page_to_change_it_and_late_words_are_kept(client, picture, samordnare, now):
    SituationalPicture.objects.update(**TEXTS)
    form = client.get(EDIT).context["form"]
    actions.adopt_picture(by=samordnare, at=now, picture=picture, seen=form["version"].value())

    response = client.post(EDIT, {"version": 1, "year": "2024", "title": "Ny", "mapping": "Mina sena ord."})

    assert [client.get(address).status_code for address in (EDIT, ADOPT)] == [404, 404]
    assert faults(response) == {None: [COPY.format(why="Lägesbilden är fastställd och ändras inte mer.")]}
    assert response.context["form"]["mapping"].value() == "Mina sena ord."
    picture.refresh_from_db()
    assert picture.mapping == TEXTS["mapping"]


def test_rows_in_which_something_was_written_are_unfolded_again(send, picture, source):
    use = SourceUseFactory(picture=picture, source=source)

    response = send(
        EDIT, title="", **{"n2-source_name": "Dialoger", "n2-kind": "dialogue", f"u{use.pk}-period": "2024"}
    )

    rows = response.context["form"].rows
    assert [(row.title, row.is_open) for row in rows] == [
        ("NTU Lokal", True),
        ("Lägg till en källa", False),
        ("Lägg till en källa", True),
        ("Lägg till en källa", False),
    ]


def test_a_name_with_an_identity_number_is_not_locked_with_the_lagesbild(send, picture, samordnare):
    """A source from before the guard."""
    SituationalPicture.objects.filter(pk=picture.pk).update(**TEXTS)
    use = SourceUseFactory(picture=picture)
    Source.objects.filter(pk=use.source_id).update(name="Samtal med 811218-9876")

    response = send(ADOPT)

    sentence = faults(response)[None][0]
    assert sentence.startswith("Namn när den fastställdes: Texten ser ut att innehålla ett personnummer")
    picture.refresh_from_db()
    assert picture.is_draft
