"""Writing a declaration of intent: the list of steps, its title, period and purpose, and who may when."""

from datetime import date

import pytest

from parties.models import Declaration
from priorities.models import Agreement
from samverkan.lib.editing.carrying import COPY
from tests.factories import AgreementFactory, DeclarationFactory, UserFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

STEPS = "/2023-2024/avsiktsforklaring/redigera/"
BASICS = f"{STEPS}grunder/"
PARTS = ("grunder", "parter", "arende", "punkter")
CLOSED = "Alla överenskommelser under avsiktsförklaringen är arkiverade, så den ändras inte."


@rows
def declaration(agreement):
    return agreement.declaration


# --- The way there -----------------------------------------------------------------------------------------
def test_the_declarations_page_leads_there_for_those_who_may(client, client_for, declaration, lasare):
    page = "/2023-2024/avsiktsforklaring/"

    assert f'href="{STEPS}"' in client.get(page).content.decode()
    assert f'href="{STEPS}"' not in client_for(lasare).get(page).content.decode()


def test_the_steps_say_what_is_written(client, declaration):
    page = client.get(STEPS).content.decode()

    texts = [
        "1 januari 2023 till 31 december 2026. Syftet är inte skrivet.",
        "Inga parter än",
        "KS-2022/941.142",
        "0 punkter",
    ]
    assert [text for text in texts if text not in page] == []
    assert [part for part in PARTS if f'href="{STEPS}{part}/"' not in page] == []


def test_the_agreements_steps_lead_there(client, draft):
    assert (
        'href="/2025-2026/avsiktsforklaring/redigera/"' in client.get("/2025-2026/redigera/").content.decode()
    )


def test_there_is_no_other_step(client, declaration):
    assert client.get(f"{STEPS}annat/").status_code == 404


# --- Title, time and purpose -------------------------------------------------------------------------------
def test_title_time_and_purpose_are_saved_with_whom(send, declaration, samordnare):
    response = send(
        BASICS,
        title="Ny rubrik",
        valid_from="2022-07-01",
        valid_to="31/12 2027",
        purpose="Trygghet.",
        predecessors_in_words="2019–2022.",
    )

    assert response["Location"] == STEPS
    declaration.refresh_from_db()
    assert (
        declaration.title,
        declaration.valid_from,
        declaration.valid_to,
        declaration.purpose,
        declaration.predecessors_in_words,
        declaration.version,
    ) == ("Ny rubrik", date(2022, 7, 1), date(2027, 12, 31), "Trygghet.", "2019–2022.", 2)
    assert declaration.past.latest("history_id").history_user == samordnare


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        (
            {"valid_from": "2023-01-02"},
            {"valid_from": ["Samverkansöverenskommelse 2023–2024 börjar gälla redan 1 januari 2023."]},
        ),
        (
            {"valid_to": "2026-12-30"},
            {"valid_to": ["Samverkansöverenskommelse 2025–2026 gäller till 31 december 2026."]},
        ),
        ({"valid_to": "2022-12-31"}, {"valid_to": ["Slutdatum ska vara efter startdatum."]}),
        (
            {"valid_to": "9999-12-31"},
            {"valid_to": ["Skriv ett år mellan 1990 och 2100, till exempel 2024-08-30."]},
        ),
        ({"title": " "}, {"title": ["Skriv avsiktsförklaringens rubrik."]}),
        ({"title": "a" * 201}, {"title": ["Skriv högst 200 tecken."]}),
        (
            {"purpose": "a\x00b"},
            {
                "purpose": [
                    "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
                ]
            },
        ),
        (
            {"predecessors_in_words": "å" * 100_000},
            {"predecessors_in_words": ["Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000."]},
        ),
    ],
    ids=["begins late", "ends early", "ends first", "year 9999", "no title", "long title", "NUL", "100,000"],
)
def test_what_does_not_hold_is_told_and_everything_is_kept(fields, wrong, send, declaration):
    AgreementFactory(next_period=True, declaration=declaration)

    response = send(BASICS, **{"title": "Ny rubrik", "purpose": "Mina ord."} | fields)

    assert faults(response) == wrong
    kept = {"title": "Ny rubrik", "purpose": "Mina ord."} | fields
    form = response.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert Declaration.objects.get().version == 1


def test_it_follows_on_an_earlier_one(send, declaration):
    early = DeclarationFactory(title="2019–2022", valid_from=date(2019, 1, 1), valid_to=date(2022, 12, 31))
    late = DeclarationFactory(title="2027–2030", valid_from=date(2027, 1, 1), valid_to=date(2030, 12, 31))

    sentence = "Den börjar inte före den här. Välj en tidigare."
    assert faults(send(BASICS, predecessor=late.pk)) == {"predecessor": [sentence]}
    sentence = "Välj bland dem som står i listan."
    assert faults(send(BASICS, predecessor=declaration.pk)) == {"predecessor": [sentence]}
    assert send(BASICS, predecessor=early.pk).status_code == 302
    declaration.refresh_from_db()
    assert declaration.predecessor == early


def test_it_stays_before_the_one_that_follows_on_it(send, declaration):
    next_one = {"valid_from": date(2022, 6, 1), "valid_to": date(2030, 12, 31)}
    Declaration.objects.filter(pk=declaration.pk).update(valid_from=date(2022, 1, 1))
    DeclarationFactory(title="Nästa", predecessor=declaration, **next_one)

    sentence = "En avsiktsförklaring som följer på den här börjar tidigare."
    assert faults(send(BASICS, valid_from="2022-07-01")) == {"valid_from": [sentence]}


# --- Two at once -------------------------------------------------------------------------------------------
def test_whoever_saves_second_is_told_who_was_first_and_keeps_every_word(client, client_for, declaration):
    other = client_for(UserFactory(coordinator=True, display_name="Säkerhetschef"))
    mine, theirs = (
        {"version": 1, "title": title, "valid_from": "2023-01-01", "valid_to": "2026-12-31"}
        for title in ("Min rubrik", "Deras rubrik")
    )
    other.post(BASICS, theirs)

    response = client.post(BASICS, mine)

    (sentence,) = faults(response)[None]
    assert sentence.startswith("Någon annan har sparat medan du skrev. Säkerhetschef sparade")
    form = response.context["form"]
    assert (form["title"].value(), form["version"].value()) == ("Min rubrik", "2")
    assert Declaration.objects.get().title == "Deras rubrik"
    assert client.post(BASICS, mine | {"version": 2}).status_code == 302


def test_a_drafts_own_declaration_is_one_thing_with_the_draft(client, send, draft):
    """The draft's step about its matter edits the declaration too, so neither overwrites the other unseen."""
    basics, matter = "/2025-2026/avsiktsforklaring/redigera/grunder/", "/2025-2026/redigera/arende/"
    seen = {page: client.get(page).context["form"]["version"].value() for page in (basics, matter)}

    send(basics, title="Från stegen")
    assert list(faults(send(matter, declaration_title="Från utkastet", version=seen[matter]))) == [None]
    send(matter, declaration_title="Från utkastet")
    assert list(faults(send(basics, title="Från stegen", version=seen[basics] + 1))) == [None]

    assert Declaration.objects.get(agreements=draft).title == "Från utkastet"


def test_a_drafts_own_declaration_covers_it(send, draft):
    wrong = faults(send("/2025-2026/redigera/arende/", valid_to="2026-06-30"))

    assert wrong == {"valid_to": ["Samverkansöverenskommelse 2025–2026 gäller till 31 december 2026."]}


# --- Once its agreements are archived ----------------------------------------------------------------------
def test_it_changes_as_long_as_one_of_its_agreements_is_not_archived(client, send, declaration):
    AgreementFactory(next_period=True, declaration=declaration)
    Agreement.objects.filter(slug="2023-2024").update(status="archived")

    assert 'class="actions"' in client.get("/2023-2024/avsiktsforklaring/").content.decode()
    assert send(BASICS, title="Ny rubrik").status_code == 302
    declaration.refresh_from_db()
    assert declaration.title == "Ny rubrik"


@pytest.mark.parametrize("part", PARTS)
def test_it_stands_once_all_are_archived(part, client, declaration):
    sent = client.get(f"{STEPS}{part}/").context["form"]
    Agreement.objects.update(status="archived")

    for address in (STEPS, f"{STEPS}{part}/"):
        response = client.get(address, follow=True)
        assert response.redirect_chain == [("/2023-2024/avsiktsforklaring/", 302)]
        assert CLOSED in response.content.decode()
    assert STEPS not in response.content.decode()
    form_data = {
        "version": 1,
        "title": "Ny",
        "valid_from": "2023-01-01",
        "valid_to": "2026-12-31",
        "matter": "",
    }
    assert faults(client.post(f"{STEPS}{part}/", form_data)) == {None: [COPY.format(why=CLOSED)]}
    assert Declaration.objects.get().version == sent["version"].value()
