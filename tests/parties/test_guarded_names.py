"""No identity number in names, functions and titles: not by a form, the administration, a file, a mail or a command."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from parties.accounts.actions import change_user
from parties.models import Party, PartyKind, Unit, User
from priorities.models import Place, Source
from samverkan.lib.guard import REFUSED
from samverkan.lib.spreadsheets import Sheet, write_xlsx
from tests.factories import UnitFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NUMBER, BARE = "811218-9876", "8112189876"
SENTENCE = REFUSED.format(number="811218-XXXX")
DESK = "/administration/"
NEW = {
    "konton": {"email": "ny@example.com", "display_name": "Ledamot", "title": "Ledamot", "role": "reader"},
    "parter": {
        "name": "Region",
        "short_name": "Region",
        "other_names": "Landstinget",
    },
    "slag-av-parter": {"name": "Stiftelse"},
    "enheter": {"name": "Kansliet"},
    "platser": {"name": "Skogås", "district": "Skogås", "external_code": "12"},
    "kallor": {"name": "Enkäten", "publisher": "Kommunen", "kind": "survey"},
}
TEXTS = [
    (where, name) for where, fields in NEW.items() for name in fields if name not in {"email", "role", "kind"}
]
ROWS = {
    "konton": User,
    "parter": Party,
    "enheter": Unit,
    "slag-av-parter": PartyKind,
    "platser": Place,
    "kallor": Source,
}


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def faults(response) -> dict[str, list[str]]:
    form = response.context["adminform"].form if "adminform" in response.context else response.context["form"]
    return dict(form.errors)


# --- The administration --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("where", "name"), TEXTS)
def test_the_administration_refuses_it_at_the_field_and_asks_what_could_be_one(where, name, desk, huge):
    new = NEW[where] | {"enheter": {"party": huge.pk}, "parter": {"kind": huge.kind_id}}.get(where, {})
    count = ROWS[where].objects.count()
    add = f"{DESK}{where}/ny/"

    refused = desk.post(add, new | {name: f"Chef {NUMBER}", "not_identity_numbers": "on"})
    assert faults(refused) == {name: [SENTENCE]}

    asked = desk.post(add, new | {name: f"Växel {BARE}"})
    assert list(faults(asked)) == [name]
    assert f"Är {BARE} ett personnummer?" in faults(asked)[name][0]
    assert 'name="not_identity_numbers"' in asked.content.decode()
    assert ROWS[where].objects.count() == count

    saved = desk.post(add, new | {name: f"Va\u0308xel {BARE}", "not_identity_numbers": "on"})
    assert (saved.status_code, ROWS[where].objects.count()) == (302, count + 1)
    stored = getattr(ROWS[where].objects.latest("pk"), name)
    assert stored in (f"Växel {BARE}", [f"Växel {BARE}"])


def test_the_box_is_not_there_before_it_is_needed(desk):
    assert "not_identity_numbers" not in desk.get(f"{DESK}konton/ny/").content.decode()


def test_an_address_part_is_refused_too(desk, huge):
    new = NEW["parter"] | {"kind": huge.kind_id, "slug": NUMBER}
    assert faults(desk.post(f"{DESK}parter/ny/", new)) == {"slug": [SENTENCE]}


# --- What is there already -------------------------------------------------------------------------------------
@pytest.fixture
def marked(huge):
    """An account from before the guard, with a number in its function."""
    user = UserFactory(email="aldre@example.com", party=huge)
    User.objects.filter(pk=user.pk).update(title=f"Chef {NUMBER}")
    user.refresh_from_db()
    return user


def test_an_older_row_says_at_the_field_what_is_to_be_mended(desk, marked):
    form = {
        "email": marked.email,
        "display_name": "Annat namn",
        "title": marked.title,
        "party": marked.party_id,
        "role": marked.role,
    }

    refused = desk.post(f"{DESK}konton/{marked.pk}/", form | {"is_active": "on"})
    assert faults(refused) == {"title": [SENTENCE]}

    assert (
        desk.post(f"{DESK}konton/{marked.pk}/", form | {"title": "Chef", "is_active": "on"}).status_code
        == 302
    )
    marked.refresh_from_db()
    assert (marked.title, marked.display_name) == ("Chef", "Annat namn")


def test_a_form_without_the_field_names_it(desk, huge):
    """The address part of a party cannot be changed on its page."""
    Party.objects.filter(pk=huge.pk).update(slug=NUMBER)

    form = {"name": "Annat namn", "short_name": huge.short_name, "kind": huge.kind_id, "other_names": ""}
    refused = desk.post(f"{DESK}parter/{huge.pk}/", form)

    assert faults(refused) == {"__all__": [f"Adressdel: {SENTENCE}"]}


def test_what_was_answered_once_is_not_asked_again(desk, huge):
    user = UserFactory(email="vaxel@example.com", title=f"Växel {BARE}", party=huge)
    form = {
        "email": user.email,
        "display_name": "Nytt namn",
        "title": user.title,
        "party": huge.pk,
        "role": user.role,
        "is_active": "on",
    }

    assert desk.post(f"{DESK}konton/{user.pk}/", form).status_code == 302


# --- Files ---------------------------------------------------------------------------------------------------
FILES = {
    "konton": (
        ["E-postadress", "Namn", "Funktion", "Roll"],
        ["ny@example.com", "Ledamot", "Ledamot", "Läsare"],
        ["Namn", "Funktion"],
    ),
    "parter": (
        ["Namn", "Kort namn", "Adressdel", "Slag", "Andra namn"],
        ["Region", "Region", "region", "Statlig myndighet", "Landstinget"],
        ["Namn", "Kort namn", "Adressdel", "Andra namn"],
    ),
}


def shown(desk, where, *rows) -> list[tuple[int, list[str]]]:
    content = io.BytesIO()
    write_xlsx(content, Sheet("Blad", FILES[where][0], rows))
    file = SimpleUploadedFile("lista.xlsx", content.getvalue())
    response = desk.post(f"{DESK}{where}/importera/", {"file": file})
    return [(row.number, row.faults) for row in response.context["preview"].rows]


@pytest.mark.parametrize(
    ("where", "column"), [(where, column) for where, (_, _, texts) in FILES.items() for column in texts]
)
def test_an_import_names_the_row_and_the_column(where, column, desk):
    headers, row, _ = FILES[where]
    place = headers.index(column)
    of = {text: [*row[:place], text, *row[place + 1 :]] for text in (NUMBER, f"{BARE}")}

    assert shown(desk, where, of[NUMBER]) == [(2, [f"{column}: {SENTENCE}"])]
    assert shown(desk, where, of[BARE]) == [
        (2, [f"{column}: {BARE} kan vara ett personnummer. Ta bort det, eller skriv det så att det inte kan misstas för ett."])
    ]  # fmt: skip


def test_an_export_comes_in_again_though_it_holds_what_was_answered(desk, huge):
    UserFactory(email="vaxel@example.com", display_name="Växel", title=f"Växel {BARE}", role="reader")
    assert shown(desk, "konton", ["vaxel@example.com", "Växel", f"Växel {BARE}", "Läsare"]) == [(2, [])]


# --- Invitations and actions -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["display_name", "title"])
def test_an_invitation_refuses_it_and_asks(name, samordnare, agreement, client_for):
    client, address = client_for(samordnare), "/2023-2024/parter/polisen/bjud-in/"
    new = {"email": "ny@example.com", "display_name": "Kommunpolis", "title": "Kommunpolis"}

    assert faults(client.post(address, new | {name: f"Polis {NUMBER}"})) == {name: [SENTENCE]}
    asked = client.post(address, new | {name: f"Polis {BARE}"})
    assert f"Är {BARE} ett personnummer?" in faults(asked)[name][0]
    assert 'name="not_identity_numbers"' in asked.content.decode()
    assert not User.objects.filter(email="ny@example.com").exists()

    assert (
        client.post(address, new | {name: f"Polis {BARE}", "not_identity_numbers": "on"}).status_code == 302
    )
    assert User.objects.filter(email="ny@example.com").exists()


def test_an_action_refuses_it_without_any_form(admin, huge_rep):
    with pytest.raises(Exception, match="title") as refused:
        change_user(by=admin, user=huge_rep, title=f"Chef {NUMBER}")
    assert refused.value.message_dict == {"title": [SENTENCE]}


def test_a_unit_is_renamed_without_one(desk, huge):
    unit = UnitFactory(party=huge, name="Kansliet")
    assert faults(desk.post(f"{DESK}enheter/{unit.pk}/", {"name": NUMBER})) == {"name": [SENTENCE]}


# --- Commands --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "told"), [(NUMBER, "811218-XXXX"), (BARE, f"{BARE} kan vara ett personnummer")]
)
def test_the_first_administrator_has_none_in_the_name(number, told, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ett lösenord som duger")
    with pytest.raises(CommandError, match=told):
        call_command(
            "createsuperuser", interactive=False, email="a@example.com", display_name=f"Förvaltare {number}"
        )
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "options", [["--title", f"Avtal {NUMBER}"], ["--title", "Avtal", "--declaration-title", NUMBER]]
)
def test_a_new_agreement_has_none_in_its_titles(options):
    with pytest.raises(CommandError, match="811218-XXXX"):
        call_command("agreement", "2025-2026", "--starts", "2025-01-01", "--ends", "2026-12-31", *options)


def test_a_new_agreement_has_none_in_its_address():
    with pytest.raises(CommandError, match="198112"):
        call_command(
            "agreement", "19811218-9876", "--title", "Avtal", "--starts", "2025-01-01", "--ends", "2026-12-31"
        )


def test_a_command_cannot_ask_so_it_refuses_what_could_be_one():
    with pytest.raises(CommandError, match=f"{BARE} kan vara ett personnummer"):
        call_command(
            "agreement",
            "2025-2026",
            "--title",
            f"Avtal {BARE}",
            "--starts",
            "2025-01-01",
            "--ends",
            "2026-12-31",
        )
