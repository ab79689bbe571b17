"""Who guesses at passwords and codes is slowed down, and the owner of the account is not."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client

from parties.attempts import as_account, count
from parties.models import AttemptCounter
from parties.sign_in import GUESSED_AT
from parties.sign_in.forms import TOO_MANY_LINKS, TOO_MANY_PASSWORDS
from tests.factories import PASSWORD
from tests.support.sign_in_codes import CODE, HOME, another, ask, faults, mailed, signed_in

pytestmark = pytest.mark.usefixtures("db")
RESET = "/losenord/glomt/"
STRANGER = "198.51.100.7"


def client_at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def sign_in(client: Client, email: str, password: str):
    return client.post(HOME, {"login": email, "password": password})


def is_judged(client: Client, email: str) -> bool:
    """Guesses at the password. False if the guess was refused unjudged."""
    [fault] = faults(sign_in(client, email, "fel lösenord!"))["__all__"]
    return fault == "E-postadressen eller lösenordet stämmer inte."


def guess_to_the_ceiling(email: str) -> None:
    """A hundred wrong passwords in a day, from twenty networks."""
    for number in range(20):
        assert all(is_judged(client_at(f"203.0.113.{number}"), email) for _ in range(5))


def passed(time: timedelta) -> None:
    AttemptCounter.objects.update(ends_at=F("ends_at") - time)


# --- Passwords ---------------------------------------------------------------------------------------------
def test_a_stranger_who_guesses_is_stopped_and_the_owner_is_not(huge_rep, agreement):
    stranger = client_at(STRANGER)

    judged = [is_judged(stranger, huge_rep.email) for _ in range(6)]

    assert judged == [True] * 5 + [False]
    assert sign_in(stranger, huge_rep.email, PASSWORD).status_code == 200
    assert sign_in(Client(), huge_rep.email, PASSWORD)["Location"] == "/"


def test_the_stranger_waits_five_minutes_and_after_thirty_guesses_the_day(huge_rep):
    stranger = client_at(STRANGER)
    rounds = []
    for _ in range(7):
        rounds.append(sum(is_judged(stranger, huge_rep.email) for _ in range(6)))
        passed(timedelta(minutes=5))

    told = faults(sign_in(stranger, huge_rep.email, PASSWORD))

    assert rounds == [5] * 6 + [0]
    assert told == {
        "__all__": ["För många försök. Vänta 24 timmar och försök igen, eller välj ”Skicka kod”."]
    }


def test_another_spelling_of_the_address_is_the_same_account(huge_rep):
    stranger = client_at(STRANGER)
    spellings = [
        "huge@example.com",
        "HUGE@example.com",
        " huge@Example.com ",
        "huge@EXAMPLE.com",
        "Huge@example.com",
    ]

    assert all(is_judged(stranger, spelling) for spelling in spellings)
    assert not is_judged(stranger, "hugE@example.com")
    assert as_account("\u017famordnare@example.com") == as_account("SAMORDNARE@example.com")


def test_behind_a_proxy_the_client_is_whom_the_proxy_names_and_not_what_it_says_itself(huge_rep, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def through(forwarded: str) -> bool:
        return is_judged(Client(headers={"X-Forwarded-For": forwarded}), huge_rep.email)

    assert [through(f"192.0.2.{number}, {STRANGER}") for number in range(6)] == [True] * 5 + [False]
    assert through("198.51.100.8")


def test_a_client_has_a_whole_network_of_ipv6(huge_rep):
    judged = [is_judged(client_at(f"2001:db8:0:1::{number}"), huge_rep.email) for number in range(6)]

    assert judged == [True] * 5 + [False]
    assert is_judged(client_at("2001:db8:0:2::1"), huge_rep.email)


def test_right_passwords_do_not_count(huge_rep, agreement):
    answers = [sign_in(Client(), huge_rep.email, PASSWORD)["Location"] for _ in range(31)]

    assert set(answers) == {"/"}


def test_right_passwords_in_between_do_not_give_wrong_ones_back(huge_rep, polis_rep, agreement):
    stranger = client_at(STRANGER)
    judged = []
    for _ in range(6):
        judged.append(is_judged(stranger, huge_rep.email))
        assert sign_in(client_at(STRANGER), polis_rep.email, PASSWORD)["Location"] == "/"

    assert judged == [True] * 5 + [False]


def test_strangers_in_many_networks_fill_the_account_but_not_for_its_devices_or_by_mail(huge_rep, agreement):
    known, new = Client(), client_at("192.0.2.1")
    sign_in(known, huge_rep.email, PASSWORD)
    known.post("/logga-ut/")
    guess_to_the_ceiling(huge_rep.email)

    refused = sign_in(new, huge_rep.email, PASSWORD)
    assert faults(refused) == {"__all__": [GUESSED_AT]}
    assert sign_in(known, huge_rep.email, PASSWORD)["Location"] == "/"

    ask(new, huge_rep.email)
    new.post(CODE, {"code": mailed()})
    assert signed_in(new)


def test_an_unknown_address_is_refused_in_the_same_words(db):
    guess_to_the_ceiling("ingen@example.com")

    assert faults(sign_in(client_at("192.0.2.1"), "ingen@example.com", PASSWORD)) == {"__all__": [GUESSED_AT]}


def test_a_known_device_has_limits_of_its_own(huge_rep, polis_rep, agreement):
    known = Client()
    sign_in(known, huge_rep.email, PASSWORD)
    known.post("/logga-ut/")

    own = [is_judged(known, huge_rep.email) for _ in range(16)]
    other = [is_judged(known, polis_rep.email) for _ in range(6)]

    assert own == [True] * 15 + [False]  # ten as a known one, and then as any other
    assert other == [True] * 5 + [False]


def test_a_forged_cookie_makes_no_device_known(huge_rep):
    forger = client_at(STRANGER)
    forger.cookies["known_device"] = "huge@example.com-1:1abcde:signed-by-nobody"

    assert [is_judged(forger, huge_rep.email) for _ in range(6)] == [True] * 5 + [False]


def test_the_cookie_is_for_the_server_only_lasts_ninety_days_and_names_nobody(huge_rep, agreement):
    cookie = sign_in(Client(), huge_rep.email, PASSWORD).cookies["known_device"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/", True, "Lax")
    assert cookie["max-age"] == 90 * 24 * 60 * 60
    assert "huge" not in cookie.value


def test_whoever_sets_a_password_anew_signs_in_with_it_at_once(huge_rep, agreement):
    client, new = Client(), "ett riktigt långt lösenord"
    for _ in range(6):
        is_judged(client, huge_rep.email)
    client.post(RESET, {"email": huge_rep.email})
    link = re.search(r"http://[^/]+(/losenord/nytt/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert sign_in(client, huge_rep.email, new)["Location"] == "/"


def test_the_password_of_today_is_guessed_at_five_times(huge_rep, client_for):
    client = client_for(huge_rep)
    new = {"password1": "ett riktigt långt lösenord", "password2": "ett riktigt långt lösenord"}
    for _ in range(5):
        client.post("/losenord/byt/", {"oldpassword": "fel", **new})

    right = client.post("/losenord/byt/", {"oldpassword": PASSWORD, **new})

    assert faults(right) == {"oldpassword": [TOO_MANY_PASSWORDS.format("5 minuter")]}
    passed(timedelta(minutes=5))
    assert client.post("/losenord/byt/", {"oldpassword": PASSWORD, **new}).status_code == 302


# --- Codes -------------------------------------------------------------------------------------------------
def test_a_stranger_who_asks_for_codes_does_not_keep_the_owner_from_them(huge_rep, agreement):
    for number in range(6):
        for _ in range(5):
            ask(client_at(f"203.0.113.{number}"), huge_rep.email)
    owner = Client()

    ask(owner, huge_rep.email)
    owner.post(CODE, {"code": re.search(r"^([0-9]{10})$", mail.outbox[-1].body, re.MULTILINE)[1]})

    assert signed_in(owner)


def test_after_fifteen_codes_in_a_day_a_code_has_ten_digits_but_not_for_a_known_device(huge_rep, agreement):
    known, digits = Client(), []
    sign_in(known, huge_rep.email, PASSWORD)
    known.post("/logga-ut/")
    for number in range(16):
        new = client_at(f"203.0.113.{number}")
        ask(new, huge_rep.email)
        digits.append(len(re.search(r"^([0-9]+)$", mail.outbox[-1].body, re.MULTILINE)[1]))

    page, short = new.get(CODE), new.post(CODE, {"code": "123456"})
    ask(known, huge_rep.email)

    assert digits == [6] * 15 + [10]
    assert "Kod, tio siffror" in page.content.decode()
    assert faults(short) == {"code": ["Skriv de tio siffrorna i mejlet."]}
    assert len(mailed()) == 6
    assert "Kod, sex siffror" in known.get(CODE).content.decode()


def test_an_unknown_address_gets_the_same_page_after_fifteen_codes(db):
    for number in range(16):
        new = client_at(f"203.0.113.{number}")
        ask(new, "ingen@example.com")

    assert "Kod, tio siffror" in new.get(CODE).content.decode()


def test_a_code_is_guessed_at_five_times_whatever_the_session_says(huge_rep, agreement):
    """A session that an earlier request has read, and stores again, gives no guesses back."""
    client = Client()
    ask(client, huge_rep.email)
    stored = dict(client.session.items())
    for _ in range(5):
        client.post(CODE, {"code": another(mailed())})
        session = client.session
        session.update(stored)
        session.save()

    client.post(CODE, {"code": mailed()})

    assert not signed_in(client)


def test_a_code_that_cannot_be_mailed_does_not_count(huge_rep, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there
    for _ in range(6):
        ask(Client(), huge_rep.email)
    settings.EMAIL_BACKEND = backend

    assert ask(Client(), huge_rep.email)["Location"] == CODE


# --- Links to a new password -------------------------------------------------------------------------------
@pytest.mark.parametrize("email", ["huge@example.com", "ingen@example.com"])
def test_links_are_asked_for_five_times_by_one_stranger(email, huge_rep):
    stranger = client_at(STRANGER)

    answers = [stranger.post(RESET, {"email": email}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert faults(answers[-1]) == {"email": [TOO_MANY_LINKS.format("10 minuter")]}
    assert Client().post(RESET, {"email": email}).status_code == 302


def test_wrong_links_are_tried_thirty_times(huge_rep):
    statuses = [Client().get(f"/losenord/nytt/1-{number}/").status_code for number in range(31)]

    assert statuses == [200] * 30 + [429]


# --- Nothing washes a limit away ---------------------------------------------------------------------------
def test_hundreds_of_requests_for_unknown_addresses_unlock_nothing(huge_rep):
    stranger = client_at(STRANGER)
    assert [is_judged(stranger, huge_rep.email) for _ in range(6)][-1] is False
    for number in range(60):
        ask(client_at(f"203.0.113.{number}"), f"konto-{number}@example.com")
    for number in range(500):
        count("code asked for", client=f"klient {number}", account=f"konto {number}")

    assert not is_judged(stranger, huge_rep.email)
    assert not any(mail.outbox)
