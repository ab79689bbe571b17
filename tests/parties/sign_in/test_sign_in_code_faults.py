"""What the page says when it cannot send a code, or when a code is wrong or too old."""

import logging
import re
from io import StringIO

import pytest
from django.core import mail
from django.test import Client

from parties import attempts
from parties.accounts import actions
from parties.attempts import LIMITS
from parties.sign_in.forms import NO_MAIL, TOO_MANY_CODES
from parties.sign_in.views import GUESSED, NOT_ASKED, RENEWED, TOO_OLD
from tests.support.sign_in_codes import CODE, HOME, another, ask, faults, mailed, messages_of, signed_in
from tests.support.smtp import mail_server, wait_until_sent

pytestmark = pytest.mark.usefixtures("db")

WRONG = "Koden stämmer inte. Skriv siffrorna i det senaste mejlet."


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "Skriv din e-postadress."),
        ("huge", "Skriv e-postadressen som namn@example.se."),
        ("a\x00@example.com", "Skriv e-postadressen som namn@example.se."),
        ("a" * 100_000, "E-postadressen är för lång."),
    ],
    ids=["nothing", "no address", "NUL", "a novel"],
)
def test_each_fault_of_the_address_is_a_sentence_and_no_mail(email, sentence, db):
    response = ask(Client(), email)

    assert faults(response) == {"email": [sentence]}
    assert 'href="#id_login"' in response.content.decode()
    assert "Fel: Logga in" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Skriv koden i mejlet."),
        ("   ", "Skriv koden i mejlet."),
        ("12345", "Skriv de sex siffrorna i mejlet."),
        ("abcdef", "Skriv de sex siffrorna i mejlet."),
        ("1\x0023456", "Skriv de sex siffrorna i mejlet."),
        ("٠١٢٣٤٥", "Skriv de sex siffrorna i mejlet."),
        ("1" * 100_000, "Skriv de sex siffrorna i mejlet."),
    ],
    ids=["nothing", "spaces", "too short", "letters", "NUL", "other digits", "a novel"],
)
def test_each_fault_of_the_code_is_a_sentence(code, sentence, huge_rep):
    client = Client()
    ask(client, huge_rep.email)

    response = client.post(CODE, {"code": code, "trust": "on"})

    assert faults(response) == {"code": [sentence]}
    assert re.search(r'name="trust"[^>]* checked', response.content.decode())
    assert "Fel: Skriv koden" in response.content.decode()


def test_a_code_is_guessed_at_five_times(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)

    guesses = [client.post(CODE, {"code": another(mailed())}) for _ in range(4)]
    last = client.post(CODE, {"code": another(mailed()), "next": "/kontakt/"}, follow=True)
    right = client.post(CODE, {"code": mailed()}, follow=True)

    assert [faults(guess) for guess in guesses] == [{"code": [WRONG]}] * 4
    assert last.redirect_chain == [("/logga-in/?next=%2Fkontakt%2F", 302)]
    assert messages_of(last) == [GUESSED]
    assert messages_of(right) == [NOT_ASKED]
    assert not signed_in(client)


def filled(guesses: int) -> None:
    """As many guesses from the same network, at other accounts."""
    for number in range(guesses):
        attempts.count("code tried", client="127.0.0.1", account=f"annat-{number}@example.com")


def test_guesses_are_counted_for_the_whole_network_too():
    """Fifteen hundred, which is five at each of the codes that it may ask for."""
    filled(LIMITS["code tried"][0].most - 60)
    statuses = []
    for number in range(21):
        client = Client()
        ask(client, f"konto-{number}@example.com")
        statuses += [client.post(CODE, {"code": "123456"}).status_code for _ in range(3)]

    last = client.post(CODE, {"code": "123456"})

    assert LIMITS["code tried"][0].most == 1500
    assert statuses == [200] * 60 + [429] * 3
    assert "Vänta 10 minuter och försök igen." in last.content.decode()


def test_a_code_grows_old(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 10 * 60 + 1
    session.save()

    late = client.post(CODE, {"code": mailed(), "next": "/kontakt/"}, follow=True)

    assert messages_of(late) == [TOO_OLD]
    assert late.redirect_chain == [("/logga-in/?next=%2Fkontakt%2F", 302)]
    assert not signed_in(client)


def test_a_code_works_once_and_only_where_it_was_asked_for(huge_rep, agreement):
    client, other = Client(), Client()
    ask(client, huge_rep.email)
    code = mailed()

    elsewhere = other.post(CODE, {"code": code}, follow=True)
    client.post(CODE, {"code": code})
    client.post("/logga-ut/")
    again = client.post(CODE, {"code": code}, follow=True)
    ask(client, huge_rep.email)
    old = client.post(CODE, {"code": code if code != mailed() else another(code)})

    assert messages_of(elsewhere) == [NOT_ASKED]
    assert NOT_ASKED in messages_of(again)
    assert faults(old) == {"code": [WRONG]}
    assert not signed_in(other)
    assert not signed_in(client)


def test_a_new_code_replaces_the_one_before_it(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)
    first = mailed()

    page = client.post(HOME, {"way": "code", "login": huge_rep.email, "next": "/kontakt/"}, follow=True)
    second = mailed()

    assert messages_of(page) == [RENEWED]
    assert page.redirect_chain == [("/logga-in/kod/?next=%2Fkontakt%2F", 302)]
    if first != second:  # one time in a million they are the same
        assert faults(client.post(CODE, {"code": first})) == {"code": [WRONG]}
    assert client.post(CODE, {"code": second, "next": "/kontakt/"})["Location"] == "/kontakt/"


@pytest.mark.parametrize("email", ["huge@example.com", "ingen@example.com"])
def test_too_many_codes_are_refused_for_known_and_unknown_alike(email, huge_rep):
    answers = [ask(Client(), email.upper() if number % 2 else email) for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert faults(answers[-1]) == {"email": [TOO_MANY_CODES.format("10 minuter")]}
    assert len(mail.outbox) == (5 if email == huge_rep.email else 0)


def test_one_network_cannot_ask_for_codes_without_end():
    """Three hundred, however many accounts they are for."""
    for number in range(240):
        attempts.count("code asked for", client="127.0.0.1", account=f"annat-{number}@example.com")
    answers = [ask(Client(), f"konto-{number}@example.com") for number in range(61)]

    assert [answer.status_code for answer in answers] == [302] * 60 + [200]
    assert faults(answers[-1]) == {"email": [TOO_MANY_CODES.format("10 minuter")]}


@pytest.mark.parametrize("changed", [{"email": "ny@example.com"}, {"is_active": False}])
def test_a_code_dies_with_the_address_or_the_account_that_it_was_mailed_to(
    changed, admin, huge_rep, agreement
):
    client = Client()
    ask(client, huge_rep.email)

    actions.change_user(by=admin, user=huge_rep, **changed)
    late = client.post(CODE, {"code": mailed()}, follow=True)

    assert messages_of(late) == [TOO_OLD]
    assert not signed_in(client)


@pytest.mark.parametrize("email", ["huge@example.com", "ingen@example.com"])
def test_a_mail_server_that_is_down_is_said_to_everybody(email, huge_rep, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there
    client = Client()

    response = ask(client, email)

    assert response.status_code == 200
    assert faults(response) == {"__all__": [NO_MAIL]}
    assert f'value="{email}"' in response.content.decode()
    assert client.get(CODE)["Location"] == HOME


def test_an_address_that_the_mail_server_refuses_is_told_of_in_the_log_only(huge_rep, settings):
    settings.EMAIL_BACKEND = "tests.support.refusing_mail.Backend"
    settings.REFUSING = {huge_rep.email: "refused"}

    assert ask(Client(), huge_rep.email)["Location"] == CODE
    assert mail.outbox == []


@pytest.mark.parametrize("refusal", [None, "550 5.1.1 Unknown", "hanging up"])
def test_a_real_mail_server_gets_mail_for_the_known_address_only_and_its_refusal_is_not_told(
    refusal, huge_rep, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        box.breaking = refusal == "hanging up"
        box.refusing = {huge_rep.email: refusal} if refusal and not box.breaking else {}
        answers = [ask(Client(), email)["Location"] for email in (huge_rep.email, "ingen@example.com")]

        assert answers == [CODE, CODE]
        wait_until_sent()
        assert box.to == ([] if refusal else [huge_rep.email])


def test_no_code_is_in_the_log(huge_rep, agreement, monkeypatch, caplog):
    handler = next(one for one in logging.getLogger().handlers if one.name == "stderr")
    monkeypatch.setattr(handler, "stream", StringIO())
    caplog.set_level(logging.DEBUG)
    client = Client()
    ask(client, huge_rep.email)

    client.post(CODE, {"code": another(mailed())})
    client.post(CODE, {"code": mailed()})

    assert signed_in(client)
    assert mailed() not in caplog.text + handler.stream.getvalue()
