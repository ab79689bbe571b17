"""Parties and accounts as files, out and in again: a page shows each row first, then all are saved or none."""

import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from parties.models import Party, User
from parties.roles import Role
from parties.transfer.accounts import Accounts
from samverkan.lib.names import NO_SLUG
from samverkan.lib.spreadsheets import Sheet, read, write_csv, write_xlsx
from tests.factories import PartyFactory, UnitFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ACCOUNTS, PARTIES = "/administration/konton/", "/administration/parter/"
HEADERS = ["E-postadress", "Namn", "Funktion", "Part", "Enhet", "Roll", "Aktivt"]
ADDRESS = "a@example.com"
NEW = ["Ny@Example.com", "Frivårdsinspektör", "Inspektör", "Huge", "", "Partsrepresentant", "Ja"]


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def file(rows, headers=HEADERS, *, as_csv=False) -> SimpleUploadedFile:
    content = io.BytesIO()
    (write_csv if as_csv else write_xlsx)(content, Sheet("Blad", headers, rows))
    return SimpleUploadedFile("lista.csv" if as_csv else "lista.xlsx", content.getvalue())


def show(desk, rows, headers=HEADERS, where=ACCOUNTS, **options):
    return desk.post(f"{where}importera/", {"file": file(rows, headers, **options)})


def lines(response) -> list[tuple]:
    return [
        (line.number, line.kind.value, line.changes or line.faults)
        for line in response.context["preview"].rows
    ]


def confirm(desk, response, where=ACCOUNTS, *, invite=True):
    chosen = {"invite": "on"} if invite else {}
    return desk.post(f"{where}importera/", {"signed": response.context["signed"], **chosen}, follow=True)


# --- Out and in --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_leaves_comes_in_again_unchanged(ending, desk, huge_rep, polis_rep, huge):
    UserFactory(email="formel@example.com", display_name="=1+1", title="'@SUM(A1)", party=huge)
    UserFactory(
        email="avslutad@example.com",
        display_name="-5",
        is_active=False,
        unit=UnitFactory(party=huge),
        party=huge,
    )
    PartyFactory(
        name='+Plus; "AB"', short_name="@P", slug="plus", other_names=["=A", "lokal"], since_year=2023
    )
    for where in (ACCOUNTS, PARTIES):
        whole = desk.get(f"{where}export.{ending}")
        response = desk.post(f"{where}importera/", {"file": SimpleUploadedFile("x", whole.content)})
        assert {line.kind.value for line in response.context["preview"].rows} == {"Oförändrad"}
        assert "Allt i filen stämmer redan med listan." in response.content.decode()


def test_a_formula_is_a_text_in_excel(desk, huge):
    UserFactory(email="formel@example.com", display_name="=1+1", party=huge)
    book = load_workbook(io.BytesIO(desk.get(f"{ACCOUNTS}export.xlsx").content))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_the_file_has_swedish_headers_and_a_name_that_says_what_it_is(desk, huge_rep):
    response = desk.get(f"{ACCOUNTS}export.xlsx")
    assert read(response.content)[0] == HEADERS
    assert response["Content-Disposition"] == 'attachment; filename="konton-2024-09-30.xlsx"'
    assert desk.get(f"{ACCOUNTS}export.exe").status_code == 404


# --- Shown before it is saved ------------------------------------------------------------------------------
def test_every_row_is_told_and_nothing_is_saved(desk, huge_rep, polis_rep, huge):
    rows = [
        NEW,
        [huge_rep.email, huge_rep.display_name, "Chef", "Polisen", "", "Partsrepresentant", "Ja"],
        ["", "", "", "", "", "", ""],
        [polis_rep.email.upper(), polis_rep.display_name, "", "polisen", "", "representative", "ja"],
    ]

    response = show(desk, rows)

    police = "Polismyndigheten, polisområde Stockholm syd"
    assert lines(response) == [
        (2, "Ny", [
            ("E-postadress", "", "ny@example.com"), ("Namn", "", "Frivårdsinspektör"), ("Funktion", "", "Inspektör"),
            ("Part", "", "Huge Bostäder AB"), ("Roll", "", "Partsrepresentant"), ("Aktivt", "", "Ja"),
        ]),
        (3, "Ändrad", [("Funktion", "", "Chef"), ("Part", "Huge Bostäder AB", police)]),
        (5, "Oförändrad", []),
    ]  # fmt: skip
    assert (User.objects.filter(email="ny@example.com").exists(), mail.outbox) == (False, [])
    huge_rep.refresh_from_db()
    assert huge_rep.party == huge


@pytest.mark.parametrize("row", [
    (["", "Namn", "", "", "", "Läsare", ""], "E-postadress: Skriv e-postadressen som namn@example.se."),
    (["inte en adress", "Namn", "", "", "", "Läsare", ""],
     "E-postadress: Skriv e-postadressen som namn@example.se."),
    ([ADDRESS, "", "", "", "", "Läsare", ""], "Namn: Cellen får inte vara tom."),
    ([ADDRESS, "x" * 200, "", "", "", "Läsare", ""],
     "Namn: Skriv högst 150 tecken."),
    ([ADDRESS, "Namn", "", "Hüge Bostäder", "", "Läsare", ""],
     "Part: Parten ”Hüge Bostäder” finns inte. Menade du Huge Bostäder AB?"),
    ([ADDRESS, "Namn", "", "Trafikverket", "", "Läsare", ""],
     "Part: Parten ”Trafikverket” finns inte. Lägg till den under Parter först."),
    ([ADDRESS, "Namn", "", "Huge", "Kansliet", "Läsare", ""], "Enhet: Parten har ingen enhet som heter ”Kansliet”."),
    ([ADDRESS, "Namn", "", "", "", "Chef", ""],
     "Roll: Skriv något av Läsare, Partsrepresentant, Handläggare, Samordnare, Systemadministratör."),
    ([ADDRESS, "Namn", "", "", "", "Partsrepresentant", ""],
     "Part: Välj en part: en partsrepresentant utan part ser ingenting."),
    ([ADDRESS, "Namn", "", "", "", "Läsare", "kanske"], "Aktivt: Skriv Ja eller Nej."),
    (["admin@example.com", "Systemförvaltare", "", "", "", "Läsare", "Ja"],
     "Roll: Du kan inte ändra din egen roll. Be en annan systemadministratör göra det."),
    (["admin@example.com", "Systemförvaltare", "", "", "", "Systemadministratör", "Nej"],
     "Aktivt: Du kan inte avsluta ditt eget konto. Be en annan systemadministratör göra det."),
    (["admin@example.com", "Systemförvaltare", "", "", "", "", ""],
     "Roll: Skriv något av Läsare, Partsrepresentant, Handläggare, Samordnare, Systemadministratör."),
    (["admin@example.com", "Systemförvaltare", "", "Trafikverket", "", "Systemadministratör", ""],
     "Part: Parten ”Trafikverket” finns inte. Lägg till den under Parter först."),
    (["admin@example.com", "Systemförvaltare", "", "", "Kansliet", "Systemadministratör", ""],
     "Enhet: Parten har ingen enhet som heter ”Kansliet”."),
], ids=lambda row: row[1][:60])  # fmt: skip
def test_a_faulty_row_says_what_is_wrong_and_nothing_can_be_saved(row, desk):
    cells, sentence = row
    response = show(desk, [NEW, cells])

    assert lines(response)[1] == (3, "Fel", [sentence])
    assert response.context["signed"] == ""
    assert "Inget är sparat. Rätta filen och välj den igen." in response.content.decode()


def test_the_same_account_twice_is_told_with_the_first_row(desk):
    response = show(desk, [NEW, [NEW[0].upper(), *NEW[1:]]])
    assert lines(response)[1] == (3, "Fel", ["Samma står redan på rad 2."])


def test_a_party_that_two_are_called_is_asked_about(desk):
    for n in (1, 2):
        PartyFactory(name=f"Bolag {n}", other_names=["bolaget"])
    response = show(desk, [[*NEW[:3], "Bolaget", *NEW[4:]]])
    assert lines(response) == [(2, "Fel", ["Part: Flera parter kallas ”Bolaget”. Skriv hela namnet."])]


def test_columns_that_are_left_out_change_nothing(desk, huge_rep):
    response = show(
        desk, [[huge_rep.email, "Nytt namn", "Partsrepresentant"]], ["e-postadress", "NAMN", "Roll"]
    )
    assert lines(response) == [(2, "Ändrad", [("Namn", "Områdesutvecklare", "Nytt namn")])]


def test_an_empty_cell_closes_no_account(desk, huge_rep):
    row = [huge_rep.email, huge_rep.display_name, "", "Huge", "", "Partsrepresentant", ""]
    assert lines(show(desk, [row])) == [(2, "Oförändrad", [])]


# --- Saved -------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("invite", [True, False])
def test_confirming_saves_every_row_and_invites_when_asked(invite, desk, huge_rep, polisen, huge):
    unit = UnitFactory(party=huge, name="Uthyrning")
    rows = [
        [*NEW[:4], "uthyrning", *NEW[5:]],
        ["avslutad@example.com", "Ledamot", "", "", "", "Läsare", "Nej"],
        [huge_rep.email, "Områdesutvecklare", "", "Polisen", "", "Partsrepresentant", "Ja"],
    ]

    shown = show(desk, rows)
    page = confirm(desk, shown, invite=invite).content.decode()

    new, closed = User.objects.get(email="ny@example.com"), User.objects.get(email="avslutad@example.com")
    huge_rep.refresh_from_db()
    assert (new.role, new.party, new.unit, new.has_usable_password()) == (
        Role.REPRESENTATIVE,
        huge,
        unit,
        False,
    )
    assert (closed.is_active, huge_rep.party) == (False, polisen)
    assert 'name="invite" id="invite" checked' in shown.content.decode()
    assert "Importen är klar: 2 nya och 1 ändrad." in page
    assert [message.to for message in mail.outbox] == ([["ny@example.com"]] if invite else [])
    assert (new.invited_at is not None) is invite


def test_what_somebody_changed_meanwhile_is_shown_again_first(desk, huge_rep):
    response = show(desk, [[huge_rep.email, "Nytt", "", "Huge", "", "Partsrepresentant", "Ja"]])
    User.objects.filter(pk=huge_rep.pk).update(display_name="Ändrat under tiden")

    again = desk.post(f"{ACCOUNTS}importera/", {"signed": response.context["signed"]})

    assert lines(again) == [(2, "Ändrad", [("Namn", "Ändrat under tiden", "Nytt")])]
    assert "Uppgifterna har ändrats sedan du granskade filen." in again.content.decode()
    huge_rep.refresh_from_db()
    assert huge_rep.display_name == "Ändrat under tiden"


def test_only_what_this_person_was_shown_can_be_confirmed(desk, huge_rep, client_for):
    signed = show(desk, [NEW]).context["signed"]
    other = client_for(UserFactory(administrator=True))
    attempts = [
        other.post(f"{ACCOUNTS}importera/", {"signed": signed}, follow=True),
        desk.post(f"{PARTIES}importera/", {"signed": signed}, follow=True),
        desk.post(f"{ACCOUNTS}importera/", {"signed": signed[:-1] + "x"}, follow=True),
        desk.post(f"{ACCOUNTS}importera/", {"signed": "\x00"}, follow=True),
    ]
    assert ["Filen har legat för länge." in response.content.decode() for response in attempts] == [True] * 4
    assert not User.objects.filter(email="ny@example.com").exists()


def test_when_one_row_cannot_be_saved_none_is(desk, huge_rep, monkeypatch):
    """The row passes every check, but the database refuses it, since somebody else has just taken the address."""
    response = show(desk, [NEW, ["tredje@example.com", "Ledamot", "", "", "", "Läsare", ""]])
    learn = Accounts.learn
    monkeypatch.setattr(
        Accounts, "learn", lambda self: learn(self) or self.users.pop("tredje@example.com", None)
    )
    UserFactory(email="tredje@example.com")

    page = confirm(desk, response).content.decode()

    assert "tredje@example.com" in page
    assert "Det finns redan ett konto med den adressen." in page
    assert (User.objects.filter(email="ny@example.com").exists(), mail.outbox) == (False, [])


# --- Parties -----------------------------------------------------------------------------------------------
PARTY_HEADERS = [
    "Namn",
    "Kort namn",
    "Adressdel",
    "Slag",
    "Part sedan",
    "Leder överenskommelsen",
    "Andra namn",
]


@pytest.mark.parametrize("as_csv", [True, False])
def test_parties_are_added_and_changed(as_csv, desk, polisen):
    rows = [
        ["Kriminalvården", "Kriminalvården", "", "Statlig myndighet", 2023, "Nej", "frivården | häktet"],
        ["Polisen i Huddinge", "Polisen", "polisen", "Statlig myndighet", "", "", "lokalpolisen"],
    ]
    confirm(desk, show(desk, rows, PARTY_HEADERS, PARTIES, as_csv=as_csv), PARTIES)

    new = Party.objects.get(slug="kriminalvarden")
    polisen.refresh_from_db()
    assert (new.since_year, new.other_names, new.kind) == (2023, ["frivården", "häktet"], polisen.kind)
    assert (polisen.name, polisen.other_names) == ("Polisen i Huddinge", ["lokalpolisen"])


@pytest.mark.parametrize("row", [
    (["Huge", "Hg", "", "Kommunalt bolag", "", "", ""],
     "Namn: Huge Bostäder AB kallas redan så. Är det samma part? Skriv hela namnet eller adressdelen."),
    (["Huge Bostäder AB", "Hg", "hg", "Kommunalt bolag", "", "", ""], "Namn: En annan part har det namnet."),
    (["Ny", "Ny", "två ord", "Kommun", "", "", ""], f"Adressdel: {NO_SLUG}"),
    (["Ny", "Ny", "", "Kommun", "-44", "", ""], "Part sedan: Skriv ett år med fyra siffror."),
    (["Ny", "Ny", "", "Kommun", "0044", "", ""],
     "Part sedan: Skriv ett år mellan 1800 och 2100, till exempel 2016."),
    (["Ny", "", "", "Kommun", "", "", ""], "Kort namn: Cellen får inte vara tom."),
    (["", "Ny", "", "Kommun", "", "", ""], "Namn: Cellen får inte vara tom."),
], ids=lambda row: str(row[0][:3]))  # fmt: skip
def test_a_faulty_party_says_what_is_wrong(row, desk, huge):
    cells, sentence = row
    [(number, kind, sentences)] = lines(show(desk, [cells], PARTY_HEADERS, PARTIES))
    assert (number, kind) == (2, "Fel")
    assert sentences == [sentence]


def test_a_preview_costs_the_same_however_many_rows(desk, huge, django_assert_max_num_queries):
    rows = [[f"k{n}@example.com", f"Konto {n}", "", "Huge", "", "Läsare", "Ja"] for n in range(300)]
    with django_assert_max_num_queries(16):
        response = show(desk, rows)
    assert len(response.context["preview"].new) == 300
