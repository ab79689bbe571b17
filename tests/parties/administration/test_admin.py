"""The administrator keeps accounts, parties and lists, by the same rules as everybody else."""

import pytest
from django.core import mail

from parties.audit import Act
from parties.models import AuditEntry, Party, Unit, User
from parties.roles import Role
from priorities.models import Place, Source
from samverkan.lib.names import NO_SLUG
from tests.factories import PASSWORD, PartyFactory, PartyKindFactory, PlaceFactory, SourceFactory, UnitFactory
from tests.support.as_sent import as_sent

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ACCOUNTS, PARTIES = "/administration/konton/", "/administration/parter/"


@pytest.fixture
def desk(admin, agreement, client_for):
    """The administrator's browser."""
    return client_for(admin)


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def form_data(user: User, **changes) -> dict:
    form = {
        "email": user.email,
        "display_name": user.display_name,
        "title": user.title,
        "party": user.party_id or "",
        "unit": user.unit_id or "",
        "role": user.role,
        "is_active": "on",
    } | changes
    return {name: value for name, value in form.items() if value is not None}


# --- Accounts ----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_an_account_is_added_by_inviting(desk, huge):
    new = {
        "email": "Ny@example.com",
        "display_name": "Fastighetschef",
        "party": huge.pk,
        "role": "representative",
    }

    page = desk.post(f"{ACCOUNTS}ny/", new, follow=True).content.decode()

    user = User.objects.get(email="ny@example.com")
    assert (user.role, user.party, user.has_usable_password()) == (Role.REPRESENTATIVE, huge, False)
    assert [message.to for message in mail.outbox] == [["ny@example.com"]]
    assert "Inbjudan är skickad till ny@example.com." in page
    assert "Inbjudet, inte inloggat" in page


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_sent_is_told_and_can_be_sent_again(desk, settings):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there
    page = desk.post(
        f"{ACCOUNTS}ny/",
        {"email": "ny@example.com", "display_name": "Ledamot", "role": "reader"},
        follow=True,
    ).content.decode()
    user = User.objects.get(email="ny@example.com")
    settings.EMAIL_BACKEND = working
    again = desk.post(f"{ACCOUNTS}{user.pk}/bjud-in/", follow=True).content.decode()

    assert "Mejlet till ny@example.com gick inte att skicka. Kontot finns." in page
    assert "Inte inbjudet" in page
    assert "Inbjudan är skickad till ny@example.com." in again
    assert len(mail.outbox) == 1


def test_the_list_of_accounts_offers_an_invitation_and_the_others_a_row(desk):
    assert ">Bjud in</a>" in desk.get(ACCOUNTS).content.decode()
    assert ">Lägg till</a>" in desk.get(PARTIES).content.decode()


def test_resending_to_whoever_has_a_password_is_explained(desk, huge_rep):
    page = desk.post(f"{ACCOUNTS}{huge_rep.pk}/bjud-in/", follow=True).content.decode()
    assert "Kontot har redan ett lösenord." in page
    assert mail.outbox == []


def test_an_account_is_changed_and_the_log_says_what(desk, huge_rep, polisen):
    response = desk.post(
        f"{ACCOUNTS}{huge_rep.pk}/", form_data(huge_rep, party=polisen.pk, title="Kommunpolis"), follow=True
    )

    huge_rep.refresh_from_db()
    entry = AuditEntry.objects.get(act=Act.CHANGED)
    assert (huge_rep.party, huge_rep.title, huge_rep.check_password(PASSWORD)) == (
        polisen,
        "Kommunpolis",
        True,
    )
    assert entry.changed == [
        ("funktion", "", "Kommunpolis"),
        ("part", "Huge Bostäder AB", polisen.name),
    ]
    assert "Kontot Områdesutvecklare är sparat." in response.content.decode()


def test_a_page_that_was_opened_earlier_takes_nothing_back(desk, huge_rep):
    page = f"{ACCOUNTS}{huge_rep.pk}/"
    opened = as_sent(desk.get(page).context["adminform"].form)
    desk.post(page, form_data(huge_rep, email="ratt@example.com"))

    desk.post(page, opened | {"title": "Förvaltare"})

    huge_rep.refresh_from_db()
    assert (huge_rep.email, huge_rep.title) == ("ratt@example.com", "Förvaltare")


def test_what_two_administrators_have_changed_is_told_once(desk, huge_rep):
    page = f"{ACCOUNTS}{huge_rep.pk}/"
    opened = as_sent(desk.get(page).context["adminform"].form)
    desk.post(page, form_data(huge_rep, title="Fastighetschef"))

    told = desk.post(page, opened | {"title": "Förvaltare"})
    stored = User.objects.get(pk=huge_rep.pk).title
    desk.post(page, as_sent(told.context["adminform"].form))

    sentence = "Medan du skrev sparade någon annan ”Fastighetschef” här. Spara igen om det som du har skrivit ska gälla."
    assert faults(told) == {"title": [sentence]}
    assert stored == "Fastighetschef"
    assert User.objects.get(pk=huge_rep.pk).title == "Förvaltare"


def test_an_account_is_closed_and_nothing_is_deleted(desk, huge_rep):
    desk.post(f"{ACCOUNTS}{huge_rep.pk}/", form_data(huge_rep, is_active=None))
    assert User.objects.get(pk=huge_rep.pk).is_active is False


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"role": "reader"}, "role", "Du kan inte ändra din egen roll."),
        ({"is_active": None}, "is_active", "Du kan inte avsluta ditt eget konto."),
        ({"role": "representative", "party": ""}, "party", "Välj en part"),
    ],
)
def test_what_the_action_refuses_stands_at_the_field_and_nothing_is_half_saved(
    changes, place, sentence, desk, admin
):
    response = desk.post(f"{ACCOUNTS}{admin.pk}/", form_data(admin, title="Ny titel", **changes))

    admin.refresh_from_db()
    [message] = faults(response)[place]
    assert message.startswith(sentence)
    assert (admin.role, admin.is_active, admin.title) == (Role.ADMINISTRATOR, True, "")
    assert "Ny titel" in response.content.decode()
    assert not AuditEntry.objects.exists()


def test_an_address_that_is_taken_is_a_sentence(desk, huge_rep):
    new = {"email": huge_rep.email.upper(), "display_name": "Ny", "role": "reader"}
    assert faults(desk.post(f"{ACCOUNTS}ny/", new)) == {
        "email": ["Det finns redan ett konto med den adressen."]
    }


def test_a_password_is_neither_shown_nor_taken(desk, huge_rep):
    page = desk.get(f"{ACCOUNTS}{huge_rep.pk}/").content.decode()
    desk.post(
        f"{ACCOUNTS}{huge_rep.pk}/",
        form_data(huge_rep, password="stulet lösenord"),
    )

    huge_rep.refresh_from_db()
    assert huge_rep.password not in page
    assert huge_rep.check_password(PASSWORD)


@pytest.mark.parametrize("text", ["\x00", "a" * 100_000, "åäö"], ids=["NUL", "a novel", "letters"])
def test_whatever_is_typed_there_is_no_server_error(text, desk, huge_rep):
    strange = dict.fromkeys(["email", "display_name", "title", "party", "unit", "role"], text)
    assert desk.post(f"{ACCOUNTS}ny/", strange).status_code == 200
    assert desk.post(f"{ACCOUNTS}{huge_rep.pk}/", strange).status_code == 200
    assert (
        desk.post(
            f"{PARTIES}ny/", dict.fromkeys(["name", "slug", "kind", "since_year", "other_names"], text)
        ).status_code
        == 200
    )


@pytest.mark.parametrize("pk", ["999999", "9" * 40, "x", "-1", "1%27"])
def test_an_account_that_is_not_there_is_not_found(pk, desk):
    assert desk.get(f"{ACCOUNTS}{pk}/").status_code == 404
    assert desk.post(f"{ACCOUNTS}{pk}/bjud-in/").status_code == 404


# --- Parties and units -------------------------------------------------------------------------------------
NUL = "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
YEAR = "Skriv ett år mellan 1800 och 2100, till exempel 2016."
NEW_PARTY = {
    "name": "Statens institutionsstyrelse",
    "short_name": "Sis",
    "since_year": "2024",
}


@pytest.fixture
def new_party():
    return NEW_PARTY | {"kind": PartyKindFactory().pk}


def test_a_party_is_added_with_an_address_of_its_short_name(desk, new_party):
    names = "institutionsstyrelsen\n\n sis  norr \ninstitutionsstyrelsen"

    page = desk.post(f"{PARTIES}ny/", new_party | {"other_names": names}, follow=True).content.decode()

    party = Party.objects.get(slug="sis")
    assert (party.name, party.since_year) == ("Statens institutionsstyrelse", 2024)
    assert party.other_names == ["institutionsstyrelsen", "sis norr"]
    assert "Parten Statens institutionsstyrelse är sparad." in page


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"name": "HUGE BOSTÄDER AB".replace("Ä", "ä")}, {"name": ["En annan part har det namnet."]}),
        ({"slug": "huge"}, {"slug": ["En annan part har den adressdelen."]}),
        ({"short_name": "!"}, {"slug": ["Skriv en adressdel."]}),
        ({"short_name": ""}, {"short_name": ["Skriv ett kort namn."]}),
        ({"slug": "två ord"}, {"slug": [NO_SLUG]}),
        ({"other_names": "ett | annat"}, {"other_names": ["Ett namn får inte innehålla tecknet |."]}),
        ({"name": ""}, {"name": ["Skriv partens namn."]}),
        ({"name": "a" * 201}, {"name": ["Skriv högst 200 tecken."]}),
        ({"name": "a\x00"}, {"name": [NUL]}),
        ({"since_year": "-1"}, {"since_year": ["Skriv ett år med fyra siffror."]}),
        ({"since_year": "99999"}, {"since_year": [YEAR]}),
        ({"since_year": "24"}, {"since_year": [YEAR]}),
        ({"kind": ""}, {"kind": ["Välj vad det är för slags organisation."]}),
        ({"kind": "999999"}, {"kind": ["Välj vad det är för slags organisation."]}),
    ],
)
def test_a_party_that_does_not_hold_is_refused_at_the_field(changes, sentences, desk, new_party):
    assert faults(desk.post(f"{PARTIES}ny/", new_party | changes)) == sentences
    assert not Party.objects.filter(short_name="Sis").exists()


def test_a_partys_names_are_changed_and_its_address_is_not_asked_for(desk, huge):
    form = {
        "name": "Huge Fastigheter AB",
        "short_name": "Huge",
        "kind": huge.kind_id,
        "slug": "annan",
        "other_names": "huge bostäder",
    }
    desk.post(f"{PARTIES}{huge.pk}/", form)

    huge.refresh_from_db()
    assert (huge.name, huge.slug, huge.other_names) == ("Huge Fastigheter AB", "huge", ["huge bostäder"])


def test_a_unit_is_added_and_renamed(desk, huge):
    desk.post("/administration/enheter/ny/", {"party": huge.pk, "name": "Förvaltning"})
    unit = Unit.objects.get()
    desk.post(f"/administration/enheter/{unit.pk}/", {"name": "Uthyrning", "party": PartyFactory().pk})
    unit.refresh_from_db()
    assert (unit.name, unit.party) == ("Uthyrning", huge)


def test_two_units_of_one_name_are_told_at_the_name(desk):
    unit = UnitFactory()
    response = desk.post("/administration/enheter/ny/", {"party": unit.party_id, "name": unit.name})
    assert faults(response) == {"name": ["Parten har redan en enhet med det namnet."]}


# --- Lists -------------------------------------------------------------------------------------------------
def test_a_place_is_added_and_changed(desk):
    desk.post("/administration/platser/ny/", {"name": "Vårby", "district": ""})
    place = Place.objects.get(slug="varby")
    desk.post(f"/administration/platser/{place.pk}/", {"name": "Vårby gård", "district": "Vårby"})
    place.refresh_from_db()
    assert (place.name, place.slug, place.district) == ("Vårby gård", "varby", "Vårby")


def test_a_source_is_added_and_changed(desk):
    desk.post("/administration/kallor/ny/", {"name": "NTU", "kind": "survey"})
    source = Source.objects.get()
    desk.post(f"/administration/kallor/{source.pk}/", {"name": "NTU", "kind": "survey", "publisher": "Brå"})
    source.refresh_from_db()
    assert (source.name, source.publisher) == ("NTU", "Brå")


@pytest.mark.parametrize(("address", "factory"), [("platser", PlaceFactory), ("kallor", SourceFactory)])
def test_a_name_that_is_taken_is_told_at_the_name(address, factory, desk):
    taken = factory()
    response = desk.post(f"/administration/{address}/ny/", {"name": taken.name, "kind": "survey"})
    assert list(faults(response)) == ["name"]
