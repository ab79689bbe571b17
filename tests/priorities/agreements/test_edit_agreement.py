"""Writing a draft agreement step by step, and adopting it."""

from datetime import date

import pytest
from django.urls import reverse

from priorities.models import Agreement
from samverkan.lib.editing.carrying import COPY
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    UserFactory,
)
from tests.priorities.conftest import faults

BASICS = "/2025-2026/redigera/grunder/"
ADOPT = "/2025-2026/faststall/"


# --- The list of steps -------------------------------------------------------------------------------------
def test_the_steps_say_what_is_written_and_what_is_needed(client, draft):
    page = client.get("/2025-2026/redigera/").content.decode()

    texts = ("Huddinge kommun, Huge", "Varby", "0 av 2 har undertecknat")
    assert [text for text in texts if text not in page] == []
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
        (
            {"starts_on": "0000-01-01"},
            {"starts_on": ["Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."]},
        ),
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

    (sentence,) = faults(client.post(BASICS, sent | {"title": "En äldre"}))[None]

    assert sentence.startswith("Du har redan sparat sedan sidan öppnades. Samordnare trygghet sparade")


def test_a_form_that_is_sent_twice_is_saved_and_not_told_as_stale(client, draft):
    sent = {"version": 1, "title": "Min rubrik", "starts_on": "2025-01-01", "ends_on": "2026-12-31"}

    assert [client.post(BASICS, sent).status_code for _ in range(2)] == [302, 302]
    assert Agreement.objects.get(slug="2025-2026").title == "Min rubrik"


@pytest.mark.parametrize("version", ["", "x", "9" * 5000, "1\x00"])
def test_a_version_that_nobody_can_read_is_one_sentence(version, send, draft):
    response = send(BASICS, version=version)

    assert faults(response) == {
        None: ["Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."]
    }
    assert response.context["form"]["version"].value() == "1"


DECISION = {"committee": "Kommunstyrelsen", "case_number": "KS-2022/941.142"}


# --- Adopting ----------------------------------------------------------------------------------------------
def test_the_draft_is_adopted_after_a_page_that_says_what_follows(client, send, draft):
    page = client.get(ADOPT).content.decode()
    assert "går inte att ändra mer" in page
    assert "Huddinge kommun, Huge" in page

    response = send(ADOPT)

    draft.refresh_from_db()
    assert (response["Location"], draft.status) == (reverse("agreement", args=["2025-2026"]), "adopted")


def test_what_is_missing_is_told_and_nothing_is_adopted(client, kommunen):
    empty = AgreementFactory(next_period=True, draft=True, purposes="", matter=None)

    response = client.post(ADOPT, {"version": empty.version} | DECISION)

    where = {
        "Skriv överenskommelsens syften.": "grunder",
        "Välj minst två parter.": "parter",
        "Skriv minst ett prioriterat område.": "omraden",
        "Ange vilket ärende överenskommelsen hör till.": "arende",
    }
    assert faults(response) == {None: list(where)}
    for address in (ADOPT, "/2025-2026/redigera/"):
        page = client.get(address).content.decode()
        for sentence, part in where.items():
            assert f'<a href="/2025-2026/redigera/{part}/">{sentence}</a>' in page
    empty.refresh_from_db()
    assert empty.status == "draft"


def test_what_somebody_changed_meanwhile_is_not_adopted_unseen(client, send, draft, samordnare, now):
    send(BASICS, title="En annan rubrik")

    response = client.post(ADOPT, {"version": 1} | DECISION)

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
    assert faults(sent) == {None: [COPY.format(why="Överenskommelsen är redan fastställd.")]}
    draft.refresh_from_db()
    assert draft.title == "Samverkansöverenskommelse 2025–2026"
