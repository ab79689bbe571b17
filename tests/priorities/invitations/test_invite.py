"""The coordinator invites a representative from the party's page."""

import pytest
from django.core import mail

from parties.models import User
from parties.roles import Role
from tests.factories import PartyFactory, UnitFactory

ADDRESS = "/2023-2024/parter/polisen/bjud-in/"
ORDINARY = {"email": "Ny@Example.com", "display_name": "Kommunpolis norr", "title": "Kommunpolis"}


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", ["samordnare", "admin"])
def test_a_representative_of_that_party_gets_an_account_and_a_mail(who, agreement, client_for, request):
    by = request.getfixturevalue(who)

    response = client_for(by).post(ADDRESS, ORDINARY | {"role": "administrator", "party": "1"}, follow=True)

    user = User.objects.get(email="ny@example.com")
    assert (user.role, user.party.slug, user.title) == (Role.REPRESENTATIVE, "polisen", "Kommunpolis")
    assert [message.to for message in mail.outbox] == [["ny@example.com"]]
    assert "Inbjudan är skickad till ny@example.com." in response.content.decode()
    assert response.redirect_chain == [("/2023-2024/parter/polisen/", 302)]


@pytest.mark.django_db(transaction=True)
def test_when_the_mail_cannot_be_sent_the_page_says_what_to_do(agreement, samordnare, client_for, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there

    page = client_for(samordnare).post(ADDRESS, ORDINARY, follow=True).content.decode()

    assert "Kontot finns, men mejlet till ny@example.com gick inte att skicka." in page
    assert User.objects.get(email="ny@example.com").invited_at is None


def test_an_address_that_has_an_account_is_not_told_more_about(
    agreement, samordnare, polis_rep, admin, client_for
):
    for taken in (polis_rep.email, admin.email.upper()):
        response = client_for(samordnare).post(ADDRESS, ORDINARY | {"email": taken})
        assert faults(response) == {"email": ["Det finns redan ett konto med den adressen."]}
        assert "Systemadministratör" not in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"email": "", "display_name": ""},
            {"email": ["Skriv en e-postadress."], "display_name": ["Skriv ett namn."]},
        ),
        ({"email": "polisen"}, {"email": ["Skriv e-postadressen som namn@example.se."]}),
        ({"email": "a" * 300 + "@example.com"}, {"email": ["E-postadressen är för lång."]}),
        ({"email": "a\x00@example.com"}, {"email": ["Skriv e-postadressen som namn@example.se."]}),
        ({"title": "a" * 100_000}, {"title": ["Skriv högst 150 tecken."]}),
        (
            {"display_name": "a\x00"},
            {
                "display_name": [
                    "Texten innehåller ett tecken som inte går att spara. Klistra in den som vanlig text."
                ]
            },
        ),
    ],
    ids=["nothing", "no address", "too long", "NUL in the address", "a novel", "NUL"],
)
def test_each_fault_is_a_sentence_and_what_was_written_stays(
    changes, sentences, agreement, samordnare, client_for
):
    response = client_for(samordnare).post(ADDRESS, ORDINARY | changes)

    assert faults(response) == sentences
    assert "Fel: Bjud in till Polisen" in response.content.decode()
    assert (ORDINARY | changes)["title"].replace("\x00", "")[:20] in response.content.decode()
    assert not User.objects.filter(display_name="Kommunpolis norr").exists()


def test_only_the_partys_own_units_can_be_chosen(agreement, samordnare, polisen, client_for):
    own, other = UnitFactory(party=polisen, name="Syd"), UnitFactory(name="Kansliet")
    client = client_for(samordnare)

    page = client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, ORDINARY | {"unit": other.pk})

    assert (own.name in page, other.name in page) == (True, False)
    assert list(faults(response)) == ["unit"]


def test_a_party_outside_the_agreement_is_not_found(agreement, samordnare, client_for):
    PartyFactory(slug="trafikverket")
    assert client_for(samordnare).get("/2023-2024/parter/trafikverket/bjud-in/").status_code == 404
