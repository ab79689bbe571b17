"""The session ends twelve hours after the latest click. A form sent afterwards gets its texts back."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.forms import (
    BaseForm,
    ChoiceField,
    HiddenInput,
    ModelChoiceField,
    PasswordInput,
    Textarea,
    TextInput,
)
from django.test import Client
from django.urls import get_resolver

from activities.contributions.forms import DoneForm, PartForm
from activities.follow_ups.forms import FollowUpForm
from activities.models import FollowUp
from activities.planning.forms import EditPlanForm, NewPlanForm
from activities.planning.forms.preparation import ReturnForm
from activities.rounds.forms import RoundForm
from priorities.agreements.forms import BasicsForm
from priorities.declarations.forms import DeclarationBasicsForm
from priorities.editing.fields import LineField
from priorities.needs.forms import NeedForm
from priorities.pictures.forms import PictureForm
from samverkan.lib.forms import DayField, NumberField, TextsField
from samverkan.signed_out import BOXES, CHOICES, TEXTS
from tests.factories import ActivityFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

WORDS = {"what_happened": "Sex lyktor <b>är</b> bytta.", "needed": "En ny kabel."}
HIDDEN = {
    "csrfmiddlewaretoken": "hemligt",
    "password": "hemligt",
    "version": "1",
    "submission_key": "hemligt",
}


@rows
def activity(agreement, huge_rep):
    return ActivityFactory(title="Belysning längs stråket")


def test_the_session_lasts_twelve_hours_from_the_latest_request(huge_rep, agreement, client_for):
    client = client_for(huge_rep)
    signed_in = Session.objects.get().expire_date
    Session.objects.update(expire_date=signed_in - timedelta(hours=11))

    response = client.get("/konto/")

    assert Session.objects.get().expire_date >= signed_in
    assert response.cookies["sessionid"]["max-age"] == 12 * 60 * 60


def test_a_text_sent_after_the_session_has_ended_is_shown_and_not_saved(activity):
    response = Client().post(
        f"{activity.get_absolute_url()}folj-upp/", WORDS | HIDDEN | {"state": "on_track"}
    )

    page = response.content.decode()
    assert response.status_code == 403
    assert "Du har blivit utloggad" in page
    assert "Inget är sparat, men här är det du skrev." in page
    assert "Sex lyktor &lt;b&gt;är&lt;/b&gt; bytta.</textarea>" in page
    assert "En ny kabel.</textarea>" in page
    assert "Enligt plan</textarea>" in page
    assert page.count("<textarea") == page.count("readonly") == 3
    assert "hemligt" not in page
    assert activity.title not in page
    assert 'href="/logga-in/?next=%2F2023-2024%2Faktiviteter%2F1%2Ffolj-upp%2F"' in page
    assert not FollowUp.objects.exists()


PLAN = {
    "title": "Ljus längs stråket",
    "purpose": "Fler går där.",
    "goal": "Alla lyktor lyser.",
    "kind": "social",
}


def test_a_plan_and_its_milestones_are_shown_too(agreement):
    sent = PLAN | HIDDEN | {"ny1-titel": "Upphandling klar", "ny2-titel": " "}

    page = Client().post("/2023-2024/aktiviteter/ny/", sent).content.decode()

    assert [words for words in PLAN.values() if f"{words}</textarea>" in page] == list(PLAN.values())[:3]
    assert "Upphandling klar</textarea>" in page
    assert page.count("<textarea") == 5
    assert "hemligt" not in page


@pytest.mark.parametrize(("who", "status"), [("samordnare", 404), ("lasare", 403)])
def test_what_is_written_is_kept_when_the_page_or_the_right_to_it_is_gone(
    who, status, agreement, client_for, request
):
    address = "/2023-2024/aktiviteter/9/redigera/" if status == 404 else "/2023-2024/aktiviteter/ny/"

    response = client_for(request.getfixturevalue(who)).post(address, PLAN | HIDDEN)

    page = response.content.decode()
    assert response.status_code == status
    assert "Inget är sparat, men här är det du skrev." in page
    assert "Fler går där.</textarea>" in page
    assert "hemligt" not in page


def test_an_address_that_has_never_been_shows_nothing_of_what_was_sent(agreement, samordnare, client_for):
    page = client_for(samordnare).post("/finns/inte/", PLAN).content.decode()

    assert "Sidan finns inte" in page
    assert "<textarea" not in page


FORMS = [
    NewPlanForm, EditPlanForm, ReturnForm, PartForm, DoneForm, FollowUpForm,
    NeedForm, PictureForm, BasicsForm, DeclarationBasicsForm,
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("&".join(f"falt{n}=1" for n in range(1_200)), "application/x-www-form-urlencoded"),
        ("--b\r\n", "multipart/form-data; boundary="),
    ],
    ids=["too many fields", "no boundary"],
)
def test_a_form_that_cannot_be_read_is_told_so_also_where_its_page_is_gone(
    body, kind, samordnare, client_for
):
    client, page_gone, no_page = (
        client_for(samordnare),
        "/uppfoljningar/999999/fraga/ta-tillbaka/",
        "/finns/inte/",
    )

    answers = {each: client.post(each, body, content_type=kind) for each in (page_gone, no_page)}

    assert answers[page_gone].status_code == 400
    assert "Vi förstod inte din begäran" in answers[page_gone].content.decode()
    assert answers[no_page].status_code == 404
    assert "Sidan finns inte" in answers[no_page].content.decode()


@pytest.mark.parametrize("form", FORMS)
def test_every_longer_text_of_a_form_has_a_name_there(form):
    texts = {name: field for name, field in form.base_fields.items() if isinstance(field, TextsField)}
    longer = {name for name, field in texts.items() if not isinstance(field, LineField)}
    assert longer - TEXTS.keys() == set()


@pytest.mark.parametrize("form", [*FORMS, RoundForm])
def test_so_has_every_short_box_but_the_outcome_which_may_be_a_choice(form):
    boxes = {
        name
        for name, field in form.base_fields.items()
        if isinstance(field, (LineField, DayField, NumberField))
    }
    assert boxes - BOXES.keys() <= {"actual"}


# What these hold is the value of a choice as well, or is looked for and not saved, or opens the door.
NOT_SHOWN = {"actual", "per", "sok", "omrade", "plats", "part", "status", "sortera", "password", "code"}


def own_forms(kind=BaseForm):
    """Every form of ours, with the forms made of it."""
    get_resolver().url_patterns  # noqa: B018 -- imports every room
    for each in kind.__subclasses__():
        if each.__module__.startswith(("activities.", "parties.", "priorities.", "samverkan.")) and hasattr(
            each, "base_fields"
        ):
            yield each
        yield from own_forms(each)


def test_no_form_has_a_box_without_a_name_there():
    boxes = {
        name
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, TextInput | Textarea)
        and not isinstance(field.widget, PasswordInput | HiddenInput)
    }
    assert len(boxes) > 40
    assert boxes - BOXES.keys() - TEXTS.keys() <= NOT_SHOWN


def test_a_single_word_is_shown_when_it_was_typed_and_not_when_it_may_be_a_choice(agreement):
    sent = HIDDEN | {"title": "Ljus", "starts_on": "2024-03-01", "ny1-titel": "Klart", "outcome": "dropped"}

    response = Client().post("/2023-2024/aktiviteter/ny/", sent)

    assert [text for *_, text in response.context["texts"]] == ["Ljus", "2024-03-01", "Klart"]


def test_what_was_chosen_is_shown_in_words_and_nothing_that_the_database_names(agreement, huge):
    sent = {
        "kind": "social",
        "effect_horizon": "long",
        "is_internal": "on",
        "is_recurring": "",
        "lead": huge.pk,
    }

    response = Client().post("/2023-2024/aktiviteter/ny/", HIDDEN | sent | {"ny1-kind": "<b>"})

    assert [words for _, *words in response.context["texts"]] == [
        ["Slag", "Social"], ["Effekt på sikt", "Lång sikt"], ["Intern", "Ja"],
    ]  # fmt: skip
    assert huge.name not in response.content.decode()


def test_no_form_has_a_fixed_choice_without_words_there():
    fixed = {
        name: [str(key) for key, _ in field.choices if key]
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField) and list(field.choices)
    }
    assert "kind" in fixed
    without = {
        name for name, keys in fixed.items() if name not in CHOICES or not {*keys} <= CHOICES[name][1].keys()
    }
    assert without - NOT_SHOWN == set()


def test_a_form_without_words_only_asks_to_sign_in(activity):
    page = Client().post("/mitt-arbete/", HIDDEN | {"what_happened": " "}).content.decode()

    assert "Inget är sparat. Logga in och försök igen." in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/mitt-arbete/?aktivitet=3", "%2Fmitt-arbete%2F%3Faktivitet%3D3"),
        ("http://testserver", "%2F"),
        ("https://evil.example/mitt-arbete/", "%2Fuppfoljningar%2F1%2Fangra%2F"),
        ("http://[", "%2Fuppfoljningar%2F1%2Fangra%2F"),
        ("", "%2Fuppfoljningar%2F1%2Fangra%2F"),
    ],
)
def test_the_way_back_is_the_page_of_the_button(referer, back, db):
    page = Client().post("/uppfoljningar/1/angra/", headers={"referer": referer}).content.decode()

    assert f'href="/logga-in/?next={back}"' in page


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "/2023-2024/aktiviteter/", "GET, HEAD"),
        ("PUT", "/mitt-arbete/", "GET, HEAD, POST"),
        ("POST", "/halsa/", "GET, HEAD"),
    ],
)
def test_an_address_that_cannot_be_used_in_that_way_says_so(
    method, address, allowed, agreement, huge_rep, client_for
):
    response = client_for(huge_rep).generic(method, address)

    assert (response.status_code, response["Allow"]) == (405, allowed)
    assert "Sidan kan inte öppnas så" in response.content.decode()
    assert 'href="/"' in response.content.decode()
