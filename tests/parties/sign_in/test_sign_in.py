"""Signing in by a password, a forgotten password, and the messages on the way."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from parties.models import User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.usefixtures("db")


def sign_in(email: str, password: str, **headers):
    return Client(headers=headers).post("/logga-in/", {"login": email, "password": password})


def test_the_right_password_leads_on_in_any_case_of_the_address(huge_rep, agreement):
    assert sign_in("HUGE@Example.com", PASSWORD)["Location"] == "/"


def test_a_link_to_a_page_leads_there_after_sign_in_and_never_elsewhere(huge_rep, agreement):
    client = Client()

    led = client.post(
        "/logga-in/", {"login": huge_rep.email, "password": PASSWORD, "next": "/2023-2024/aktiviteter/"}
    )
    lured = Client().post(
        "/logga-in/", {"login": huge_rep.email, "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert led["Location"] == "/2023-2024/aktiviteter/"
    assert lured["Location"] == "/"


def test_a_wrong_password_an_unknown_address_and_a_closed_account_are_not_told_apart(huge_rep, agreement):
    UserFactory(email="stangd@example.com", is_active=False)
    answers = [
        sign_in(email, "fel lösenord!")
        for email in (huge_rep.email, "ingen@example.com", "stangd@example.com")
    ]

    faults = {
        re.search(r'role="alert">(.*?)</div>', response.content.decode(), re.DOTALL)[1].strip()
        for response in answers
    }
    assert len(faults) == 1
    assert {response.status_code for response in answers} == {200}


def test_many_wrong_passwords_are_stopped_whichever_process_counts(huge_rep):
    answers = [sign_in(huge_rep.email, "fel lösenord!").status_code for _ in range(6)]
    right = sign_in(huge_rep.email, PASSWORD)

    assert answers[0] == 200
    assert right.status_code != 302
    assert faults(right) == {
        "__all__": ["För många försök. Vänta 5 minuter och försök igen, eller välj ”Skicka kod”."]
    }


@pytest.mark.parametrize("text", ["\x00", "a" * 100_000, "åäö@", "' OR 1=1 --"])
def test_strange_addresses_get_a_sentence(text, db):
    assert sign_in(text, text or "x").status_code == 200


def test_sign_up_is_closed():
    for address in ("/signup/", "/registrera/", "/konto/email/", "/losenord/satt/", "/logga-in/kod/"):
        assert Client().get(address).status_code in {302, 404}
        assert Client().post(address, {"email": "ny@example.com", "password1": PASSWORD}).status_code in {
            302,
            404,
        }


def test_a_forgotten_password_is_set_anew_by_mail_once(huge_rep, agreement):
    client = Client()
    assert (
        client.post("/losenord/glomt/", {"email": huge_rep.email})["Location"] == "/losenord/glomt/skickat/"
    )

    [message] = mail.outbox
    address = re.search(r"http://\S+(/losenord/nytt/\S+)", message.body)[1]
    form = client.get(address, follow=True)
    new = "ett riktigt långt lösenord"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert done["Location"] == "/losenord/nytt/klart/"
    assert sign_in(huge_rep.email, new)["Location"] == "/"
    assert "/losenord/glomt/" in Client().get(address, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(huge_rep):
    known = Client().post("/losenord/glomt/", {"email": huge_rep.email})
    unknown = Client().post("/losenord/glomt/", {"email": "ingen@example.com"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[huge_rep.email]]


def test_demo_accounts_open_nothing_outside_a_demo(huge_rep, client_for):
    inside = client_for(huge_rep)
    with override_settings(IS_DEMO=False):
        assert sign_in(huge_rep.email, PASSWORD).status_code == 200

    assert inside.get("/konto/").status_code == 200


def test_passwords_are_kept_with_argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = User()
    user.set_password("något långt och hemligt")

    assert user.password.startswith("argon2$argon2id$")


def test_a_forged_forwarding_header_is_no_server_error(huge_rep, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    assert sign_in(huge_rep.email, "fel lösenord!", **{"X-Forwarded-For": "not an address"}).status_code in {
        200,
        403,
    }


# --- Messages ----------------------------------------------------------------------------------------------
def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


REQUIRED = {"login": ["Skriv din e-postadress."], "password": ["Skriv ditt lösenord."]}
ADDRESS = ["Skriv e-postadressen som namn@example.se."]
LONG = ["E-postadressen är för lång."]


@pytest.mark.parametrize(
    ("email", "password", "sentences"),
    [
        ("", "", REQUIRED),
        ("huge", "x", {"login": ADDRESS}),
        ("huge\x00@example.com", "x", {"login": ADDRESS}),
        ("a" * 300 + "@example.com", "x", {"login": LONG}),
        ("huge@example.com", "x\x00", {"password": ["Lösenordet har ett tecken som inte går att använda."]}),
    ],
    ids=["nothing", "no address", "no text", "too long", "NUL"],
)
def test_each_fault_at_sign_in_is_one_sentence(email, password, sentences, db):
    assert faults(sign_in(email, password)) == sentences


@pytest.mark.parametrize(
    ("email", "sentences"),
    [("", REQUIRED["login"]), ("huge", ADDRESS), ("a" * 300 + "@example.com", LONG)],
    ids=["nothing", "no address", "too long"],
)
def test_each_fault_of_a_forgotten_password_is_one_sentence(email, sentences, db):
    assert faults(Client().post("/losenord/glomt/", {"email": email})) == {"email": sentences}


COMMON = [
    "Lösenordet bygger på vanliga ord eller på ett lösenord som många har. Välj till exempel fyra ord som inte hör ihop."
]
SIMILAR = ["Lösenordet liknar din e-postadress eller ditt namn. Välj ett annat."]


@pytest.mark.parametrize(
    ("new", "again", "sentences"),
    [
        ("", "", {"password1": ["Skriv ett nytt lösenord."], "password2": ["Skriv det nya lösenordet en gång till."]}),
        ("kort", "kort", {"password1": ["Lösenordet är för kort. Skriv minst 12 tecken."]}),
        ("1234567890123", "1234567890123", {"password1": COMMON}),
        ("huge@example.com", "huge@example.com", {"password1": SIMILAR}),
        ("något långt och hemligt", "något annat", {"password2": ["Lösenorden är inte lika. Skriv samma i båda fälten."]}),
    ],
    ids=["nothing", "short", "common", "similar", "unlike"],
)  # fmt: skip
def test_each_fault_of_a_new_password_is_one_sentence(new, again, sentences, huge_rep, client_for):
    form = {"oldpassword": PASSWORD, "password1": new, "password2": again}

    assert faults(client_for(huge_rep).post("/losenord/byt/", form)) == sentences


def test_the_password_of_today_is_asked_for(huge_rep, client_for):
    new = {"password1": "något långt och hemligt", "password2": "något långt och hemligt"}
    client = client_for(huge_rep)

    answers = [client.post("/losenord/byt/", {"oldpassword": old, **new}) for old in ("", "fel")]

    assert [faults(answer) for answer in answers] == [
        {"oldpassword": ["Skriv lösenordet som du har i dag."]},
        {"oldpassword": ["Lösenordet är inte det som du har i dag."]},
    ]
    assert "Minst 12 tecken. Det får inte likna" in answers[0].content.decode()


@pytest.mark.parametrize("page", ["logga-in", "logga-in/kod", "losenord/glomt", "logga-ut"])
def test_an_address_that_cannot_be_read_leads_nowhere(page, db):
    assert Client().get(f"/{page}/", {"next": "http://["}).status_code in {200, 302}


def test_it_is_the_administrator_who_adds_accounts(db):
    assert (
        "Systemadministratören i kommunen lägger upp det åt dig."
        in Client().get("/logga-in/").content.decode()
    )
