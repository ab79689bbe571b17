"""What a button does is done once when it is pressed twice, and the second answer shows no fault."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activities.models import FollowUp, Question, Round
from parties.models import CalendarAddress, Deputy, Party
from priorities.models import Need
from samverkan.lib.spreadsheets import Sheet, write_csv
from samverkan.sent_twice import SAVED_ONCE
from tests.factories import DeputyFactory, NeedFactory, PictureFactory, QuestionFactory, RoundFactory
from tests.support.kinds_of_forms import stored
from tests.support.sent_forms import form_of
from tests.support.stored import rows

ROUNDS, PARTIES = "/2023-2024/omgangar/", "/administration/parter/"


@rows
def people(db):
    return stored()


@pytest.fixture
def twice(people, client_for):
    """Opens a page and presses a button of its two times. Returns both answers and the page that the second leads to."""

    def pressed(who, page, to="", **button):
        client = client_for(people[who])
        form = form_of(client.get(page).content.decode(), at=to, **button)
        first, second = (client.post(to or page, form) for _ in range(2))
        assert (first.status_code, second.status_code) == (302, 303)
        assert second["Location"] == first["Location"]
        shown = client.get(second["Location"], follow=True).content.decode()
        assert SAVED_ONCE in shown
        assert "error-summary" not in shown
        return shown

    return pressed


def test_a_need_is_removed_once(twice, people):
    need = NeedFactory()

    assert f"Behov {need.number} är borttaget." in twice(
        "coordinator", f"/2023-2024/behov/{need.number}/ta-bort/"
    )
    assert not Need.objects.exists()


def test_a_period_is_removed_once(twice, people):
    colleague = people["representative"].party.users.exclude(pk=people["representative"].pk).get()
    row = DeputyFactory(person=people["representative"], deputy=colleague)

    twice("representative", "/konto/stallforetradare/", remove=row.pk)
    assert not Deputy.objects.exists()


def test_a_planned_round_is_removed_once_and_the_open_one_closed_once(twice, people):
    RoundFactory(planned=True)

    twice("coordinator", f"{ROUNDS}2024-12-31/ta-bort/")
    twice("coordinator", f"{ROUNDS}2024-08-31/stang/")
    assert [round.closed_on is None for round in Round.objects.all()] == [False]


def test_suggested_rounds_are_planned_once(twice, people):
    twice("coordinator", ROUNDS, f"{ROUNDS}foresla/", **{"2024-12-31-ta-med": "on"})

    assert Round.objects.filter(as_of="2024-12-31").count() == 1


def test_a_lagesbild_is_adopted_once(twice, people):
    texts = dict.fromkeys(("mapping", "other_information", "analysis"), "Därför.")
    picture = PictureFactory(year=2024, title="Lägesbild 2024", **texts)

    twice("coordinator", "/lagesbilder/2024/faststall/")
    picture.refresh_from_db()
    assert picture.status == "adopted"


def test_a_part_is_confirmed_once(twice, people):
    page = twice("coordinator", "/2023-2024/aktiviteter/1/medverkan/polisen/", what="Patrullerar.")

    assert page.count("Patrullerar.") == 1


def test_a_question_is_taken_back_once(twice, people):
    question = QuestionFactory(follow_up=FollowUp.objects.get())

    twice(
        "coordinator",
        "/2023-2024/aktiviteter/1/",
        reverse("take_back_question", args=[question.follow_up_id]),
    )
    assert Question.objects.get().is_taken_back


def test_a_calendars_address_is_renewed_once(people, client_for):
    """A second renewal would end the address that the person has just copied."""
    client = client_for(people["representative"])
    client.post("/konto/kalender/", {"steg": "skapa"})
    form = {"steg": "byt", "submission": str(uuid4())}

    client.post("/konto/kalender/", form)
    renewed = CalendarAddress.objects.get().seed
    client.post("/konto/kalender/", form)

    assert CalendarAddress.objects.get().seed == renewed


def test_an_import_is_saved_once(people, client_for):
    """Without its key the second would be told that the list has changed since the file was shown."""
    client, content = client_for(people["administrator"]), io.BytesIO()
    write_csv(
        content, Sheet("Blad", ["Namn", "Kort namn", "Slag"], [["Räddningstjänsten", "Brand", "Kommun"]])
    )
    file = SimpleUploadedFile("parter.csv", content.getvalue())
    shown = client.post(f"{PARTIES}importera/", {"file": file}).content.decode()
    form = form_of(shown)

    answers = [client.post(f"{PARTIES}importera/", form) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 303]
    assert Party.objects.filter(short_name="Brand").count() == 1
    assert "Importen är klar" in client.get(PARTIES).content.decode()
