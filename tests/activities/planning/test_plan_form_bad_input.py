"""Bad input in a plan gives an error at its field, keeps the text and saves nothing."""

import pytest
from django.urls import reverse

from activities.models import Activity
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PartyFactory,
    PriorityAreaFactory,
    UnitFactory,
    UserFactory,
)
from tests.support.plans import sent
from tests.support.stored import rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
NEW = reverse("new_activity", args=["2023-2024"])
OUTSIDE = "Aktiviteten måste ligga inom överenskommelsens tid, 1 januari 2023 till 31 december 2024."
NO_NUL = "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
TEXTS = ("title", "owner_title", "measure", "measure_unit", "purpose", "goal")


@rows
def plain(agreement, huge, huge_rep):
    FocusAreaFactory()
    return {
        "title": "Ljus längs stråket",
        "priority_area": PriorityAreaFactory().pk,
        "lead": huge.pk,
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
    }


@pytest.fixture
def client(samordnare, client_for):
    return client_for(samordnare)


@pytest.fixture
def faults(client, plain):
    """Sends the form with the given fields and returns its errors; checks that every value is kept."""

    def sent_with(**fields):
        response = client.post(NEW, sent(client.get(NEW).context["form"]) | plain | fields)
        assert response.status_code == 200
        form = response.context["form"]
        for name, value in (plain | fields).items():
            assert form.data.getlist(name) == [
                str(each) for each in (value if isinstance(value, list) else [value])
            ]
        assert not Activity.objects.exists()
        return {name: list(said) for name, said in form.errors.items()}

    return sent_with


def test_what_is_missing_is_said_all_at_once(client, agreement):
    form = client.post(NEW, sent(client.get(NEW).context["form"])).context["form"]
    assert dict(form.errors.items()) == {
        "title": ["Skriv vad aktiviteten heter."],
        "priority_area": ["Välj ett prioriterat område."],
        "lead": ["Välj en av överenskommelsens parter som ansvarig part."],
        "starts_on": ["Skriv ett datum som 2024-08-30."],
        "ends_on": ["Skriv ett datum som 2024-08-30."],
    }


@pytest.mark.parametrize("title", ["   ", "\t\n", "\u200b", "\u2800"])
def test_a_name_that_nobody_can_see_is_none(title, faults):
    assert faults(title=title) == {"title": ["Skriv vad aktiviteten heter."]}


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"ends_on": "2023-12-31"}, "ends_on", "Slutdatumet är före startdatumet."),
        ({"ends_on": "2025-01-01"}, "ends_on", OUTSIDE),
        ({"starts_on": "31/12 2022"}, "starts_on", OUTSIDE),
        (
            {"starts_on": "igår"},
            "starts_on",
            "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024.",
        ),
        ({"ends_on": "31 februari 2024"}, "ends_on", "Februari 2024 har 29 dagar."),
        ({"ends_on": "0001-01-01"}, "ends_on", "Slutdatumet är före startdatumet."),
        ({"target": "många"}, "target", "Skriv ett tal, till exempel 12,5."),
        ({"baseline": "1,2345"}, "baseline", "Skriv talet med högst tre decimaler."),
        ({"target": "1234567890"}, "target", "Talet är för stort."),
        ({"target": "NaN"}, "target", "Skriv ett tal, till exempel 12,5."),
        ({"kind": "x"}, "kind", "Välj ett av slagen."),
        ({"effect_horizon": "x"}, "effect_horizon", "Välj på vilken sikt effekten väntas."),
        ({"title": "å" * 201}, "title", "Skriv högst 200 tecken."),
        ({"measure_unit": "å" * 61}, "measure_unit", "Skriv högst 60 tecken."),
    ],
)
def test_each_fault_stands_at_its_field(given, field, sentence, faults):
    assert faults(**given) == {field: [sentence]}


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_holds_a_nul_an_identity_number_or_100_000_characters(name, faults):
    assert faults(**{name: "a\x00b"})[name] == [NO_NUL]
    assert "personnummer" in faults(**{name: "Gäller 811228-9874"})[name][0]
    assert len(faults(**{name: "å" * 100_000})[name]) == 1


@pytest.mark.parametrize("text", ["\x00", "9" * 100_000, "²", "--", "🎈", "1e9"])
def test_no_date_or_number_breaks_anything(text, faults):
    names = ("starts_on", "ends_on", "baseline", "target")
    assert set(faults(**dict.fromkeys(names, text))) == set(names)


@pytest.mark.parametrize("value", ["999999", "0", "x", "-1", "\x00", "9" * 5000, "1 OR 1=1"])
def test_no_choice_but_those_that_are_offered(value, faults, kommunen, huge):
    UnitFactory(party=huge)
    NeedFactory()
    names = ("needs", "focus_areas", "contributors", "reporters", "priority_area", "lead", "unit")
    assert set(faults(**dict.fromkeys(names, value))) == set(names)


def test_nothing_of_another_agreement_or_of_no_party_to_it(faults):
    other = AgreementFactory(next_period=True)
    stranger = PartyFactory(name="Utanför")
    given = {
        "priority_area": PriorityAreaFactory(agreement=other).pk,
        "focus_areas": [FocusAreaFactory(agreement=other).pk],
        "needs": [NeedFactory(agreement=other).pk],
        "lead": stranger.pk,
        "contributors": [stranger.pk],
        "reporters": [UserFactory(representative=True, party=stranger).pk],
    }
    assert faults(**given) == {
        "needs": ["Välj bland överenskommelsens behov."],
        "priority_area": ["Välj ett prioriterat område."],
        "focus_areas": ["Välj bland överenskommelsens geografiska områden."],
        "lead": ["Välj en av överenskommelsens parter som ansvarig part."],
        "contributors": ["Välj bland överenskommelsens andra parter."],
        "reporters": ["Välj bland den ansvariga partens konton."],
    }


def test_lead_contributors_unit_and_reporters_go_together(faults, huge, huge_rep, polisen):
    given = {
        "lead": polisen.pk,
        "contributors": [polisen.pk],
        "unit": UnitFactory(party=huge).pk,
        "reporters": [huge_rep.pk],
    }
    assert faults(**given) == {
        "contributors": ["Polisen är ansvarig part och kan inte också vara medverkande."],
        "unit": ["Enheten hör inte till Polisen."],
        "reporters": ["Den som rapporterar ska höra till Polisen."],
    }


def test_a_representative_cannot_reach_another_partys_people_units_or_itself_as_contributor(
    plain, huge, huge_rep, polis_rep, client_for
):
    client = client_for(huge_rep)
    given = {
        "contributors": [huge.pk],
        "reporters": [polis_rep.pk],
        "unit": UnitFactory(party=polis_rep.party).pk,
    }
    UnitFactory(party=huge)

    form = client.post(NEW, sent(client.get(NEW).context["form"]) | plain | given).context["form"]

    assert list(form.errors) == ["contributors", "unit", "reporters"]
    assert not Activity.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "\x00", "9" * 100_000])
def test_a_form_that_cannot_be_read_is_said_once_and_goes_through_the_second_time(key, client, plain):
    refused = client.post(NEW, plain | {"submission_key": key})

    form = refused.context["form"]
    assert dict(form.errors) == {
        "__all__": ["Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."]
    }
    assert client.post(NEW, sent(form)).status_code == 302
    assert Activity.objects.get().title == plain["title"]


def test_ten_bare_digits_are_asked_about_and_pass_when_they_are_something_else(client, plain):
    data = sent(client.get(NEW).context["form"]) | plain | {"goal": "Ring växeln på 8507099805."}
    asked = client.post(NEW, data)

    assert "Är 8507099805 ett personnummer?" in asked.context["form"].errors["goal"][0]
    assert "Det är inte ett personnummer" in asked.content.decode()
    assert not Activity.objects.exists()
    assert client.post(NEW, data | {"not_identity_numbers": "on"}).status_code == 302


@pytest.mark.parametrize("day", ["2024-06-30", "20240630", "30/6 2024", "30 juni 2024", " 30  Juni 2024 "])
@pytest.mark.parametrize("number", ["12600,5", "12 600,5", "12\u00a0600.5"])
def test_days_and_numbers_in_every_swedish_writing(day, number, client, plain):
    data = sent(client.get(NEW).context["form"]) | plain | {"ends_on": day, "target": number}
    assert client.post(NEW, data).status_code == 302
    made = Activity.objects.get()
    assert (str(made.ends_on), float(made.target)) == ("2024-06-30", 12600.5)


def test_the_page_begins_with_the_faults_and_its_title_says_so(client, plain):
    page = client.post(NEW, sent(client.get(NEW).context["form"]) | plain | {"ends_on": "2023-12-31"})
    html = page.content.decode()
    assert "<title>Fel: Ny aktivitet" in html
    assert '<a href="#id_ends_on">Slutdatumet är före startdatumet.</a>' in html


def test_the_same_holds_when_a_plan_is_edited(client, plain, huge, huge_rep, polisen):
    draft = ActivityFactory(draft=True, reporters=[huge_rep])
    address = reverse("edit_activity", args=["2023-2024", draft.number])
    given = {"lead": polisen.pk, "ends_on": "2022-12-31", "contributors": [polisen.pk]}

    form = client.post(address, sent(client.get(address).context["form"]) | given).context["form"]

    assert dict(form.errors.items()) == {
        "ends_on": ["Slutdatumet är före startdatumet."],
        "contributors": ["Polisen är ansvarig part och kan inte också vara medverkande."],
        "reporters": ["Den som rapporterar ska höra till Polisen."],
    }
    assert Activity.objects.get().lead == huge
