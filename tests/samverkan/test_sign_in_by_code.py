"""Signing in by a code that is mailed: who gets one, where it works and how long, and what is said when it does not."""

import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from parties import actions
from parties.forms import NO_MAIL, TOO_MANY_CODES
from parties.views.sign_in import GUESSED, NOT_ASKED, RENEWED, TOO_OLD
from tests.factories import PASSWORD, UserFactory

HOME = "/logga-in/"
CODE = "/logga-in/kod/"
WRONG = "Koden stämmer inte. Skriv siffrorna i det senaste mejlet."


@pytest.fixture(autouse=True)
def no_attempts_before(db):
    cache.clear()


def ask(client: Client, email: str, **more: str):
    return client.post(HOME, {"way": "code", "login": email, "password": "", **more})


def mailed() -> str:
    """The code in the latest mail."""
    return re.search(r"^([0-9]{6})$", mail.outbox[-1].body, re.MULTILINE)[1]


def another(code: str) -> str:
    """A wrong one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def signed_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def faults(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- The way in --------------------------------------------------------------------------------------------
def test_a_code_is_mailed_and_signs_in_on_the_page_that_was_wanted(huge_rep, agreement):
    client = Client()
    wanted = "/mitt-arbete/?aktivitet=1"

    asked = client.get(wanted)
    page = client.get(asked["Location"])
    to_code = ask(client, "HUGE@Example.com", next=wanted)
    form = client.get(to_code["Location"])
    answer = client.post(CODE, {"code": mailed(), "next": wanted})

    hidden = '<input type="hidden" name="next" value="/mitt-arbete/?aktivitet=1">'
    assert asked["Location"] == "/logga-in/?next=/mitt-arbete/%3Faktivitet%3D1"
    assert hidden in page.content.decode()
    assert to_code["Location"] == "/logga-in/kod/?next=%2Fmitt-arbete%2F%3Faktivitet%3D1"
    assert form.content.decode().count(hidden) == 2
    assert answer["Location"] == wanted
    assert signed_in(client)


def test_the_mail_says_how_long_the_code_lasts_and_its_subject_tells_nothing(huge_rep):
    ask(Client(), huge_rep.email)

    [message] = mail.outbox
    [(html, kind)] = message.alternatives
    assert (message.subject, message.to, kind) == (
        "Din kod till Samverkan",
        ["huge@example.com"],
        "text/html",
    )
    for text in (message.body, html):
        assert mailed() in text
        assert "Den gäller i 10 minuter och fungerar en gång." in text
        assert "logga-in" not in text


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\x00"])
def test_the_way_never_leads_elsewhere(wanted, huge_rep, agreement):
    client = Client()

    to_code = ask(client, huge_rep.email, next=wanted)
    answer = client.post(CODE, {"code": mailed(), "next": wanted})

    assert (to_code["Location"], answer["Location"]) == (CODE, "/")


@pytest.mark.parametrize("written", ["{} {}", "  {}{}\n", "{}-{}", "{}\u00a0{}", "{}.{}"])
def test_a_code_is_pasted_with_whatever_came_along(written, huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)

    client.post(CODE, {"code": written.format(mailed()[:3], mailed()[3:])})

    assert signed_in(client)


@pytest.mark.parametrize(("password", "leads_to"), [("", CODE), (PASSWORD, "/")])
def test_enter_goes_the_way_that_is_filled_in(password, leads_to, huge_rep, agreement):
    answer = Client().post(HOME, {"way": "enter", "login": huge_rep.email, "password": password})

    assert answer["Location"] == leads_to


def test_a_password_that_the_browser_has_filled_in_does_not_stop_a_code(huge_rep):
    assert ask(Client(), huge_rep.email, password="gammalt och fel")["Location"] == CODE
    assert len(mail.outbox) == 1


def test_nobody_who_is_signed_in_is_asked_again(huge_rep, agreement, client_for):
    client = client_for(huge_rep)

    answers = [client.get(f"{address}?next=/kontakt/") for address in (HOME, CODE)]

    assert [answer["Location"] for answer in answers] == ["/kontakt/", "/kontakt/"]
    assert ask(client, huge_rep.email)["Location"] == "/"
    assert mail.outbox == []


# --- Nobody learns who has an account ----------------------------------------------------------------------
def test_known_unknown_and_closed_addresses_get_the_same_answers(huge_rep, agreement):
    UserFactory(email="stangd@example.com", is_active=False)
    answers, pages = [], set()
    for email in ("huge@example.com", "ingen@example.com", "stangd@example.com"):
        client = Client()
        asked = ask(client, email)
        form = client.get(asked["Location"])
        wrong = client.post(CODE, {"code": another(mailed())})
        answers.append((asked.status_code, asked["Location"], dict(asked.items()).keys() - {"X-Request-ID"}))
        for page in (form, wrong):
            text = page.content.decode().replace(email, "adressen")
            pages.add((page.status_code, re.sub(r'(csrfmiddlewaretoken" value=|Felkod: )"?\w+', "", text)))
        answers.append((asked.status_code, sorted(asked.cookies), faults(wrong)))

    assert [message.to for message in mail.outbox] == [["huge@example.com"]]
    assert answers[0::2] == [answers[0]] * 3
    assert answers[1::2] == [answers[1]] * 3
    assert len(pages) == 2


def test_the_mail_is_sent_once_the_page_has_been_answered(huge_rep):
    """So that the answer takes as long without a mail as with one."""
    client = Client()
    sent_before_the_answer = []

    def watched(request):
        answer = get_response(request)
        sent_before_the_answer.append(len(mail.outbox))
        return answer

    client.handler.load_middleware()
    get_response, client.handler._middleware_chain = client.handler._middleware_chain, watched
    ask(client, huge_rep.email)

    assert (sent_before_the_answer, len(mail.outbox)) == ([0], 1)


def test_demo_accounts_get_no_code_outside_a_demo(huge_rep, agreement):
    inside, outside = Client(), Client()
    ask(inside, huge_rep.email)
    code = mailed()
    with override_settings(IS_DEMO=False):
        assert ask(outside, huge_rep.email)["Location"] == CODE
        late = inside.post(CODE, {"code": code}, follow=True)

    assert len(mail.outbox) == 1
    assert told(late) == [TOO_OLD]
    assert not signed_in(inside)


# --- What is wrong is said ---------------------------------------------------------------------------------
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
    assert told(last) == [GUESSED]
    assert told(right) == [NOT_ASKED]
    assert not signed_in(client)


def test_guesses_are_counted_for_the_whole_network_too(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"confirm_login_code": "2/10m/ip"}

    answers = [Client().post(CODE, {"code": "123456"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Vänta några minuter och försök igen." in answers[-1].content.decode()


def test_a_code_grows_old(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= 10 * 60 + 1
    session.save()

    late = client.post(CODE, {"code": mailed(), "next": "/kontakt/"}, follow=True)

    assert told(late) == [TOO_OLD]
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

    assert told(elsewhere) == [NOT_ASKED]
    assert NOT_ASKED in told(again)
    assert faults(old) == {"code": [WRONG]}
    assert not signed_in(other)
    assert not signed_in(client)


def test_a_new_code_replaces_the_one_before_it(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)
    first = mailed()

    page = client.post(HOME, {"way": "code", "login": huge_rep.email, "next": "/kontakt/"}, follow=True)
    second = mailed()

    assert told(page) == [RENEWED]
    assert page.redirect_chain == [("/logga-in/kod/?next=%2Fkontakt%2F", 302)]
    if first != second:  # one time in a million they are the same
        assert faults(client.post(CODE, {"code": first})) == {"code": [WRONG]}
    assert client.post(CODE, {"code": second, "next": "/kontakt/"})["Location"] == "/kontakt/"


@pytest.mark.parametrize("email", ["huge@example.com", "ingen@example.com"])
def test_too_many_codes_are_refused_for_known_and_unknown_alike(email, huge_rep):
    answers = [ask(Client(), email.upper() if number % 2 else email) for number in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert faults(answers[-1]) == {"email": [TOO_MANY_CODES]}
    assert len(mail.outbox) == (5 if email == huge_rep.email else 0)


def test_one_network_cannot_ask_for_codes_without_end(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"request_login_code": "2/10m/ip,5/10m/key"}

    answers = [ask(Client(), f"konto-{number}@example.com") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert faults(answers[-1]) == {"email": [TOO_MANY_CODES]}


@pytest.mark.parametrize("changed", [{"email": "ny@example.com"}, {"is_active": False}])
def test_a_code_dies_with_the_address_or_the_account_that_it_was_mailed_to(
    changed, admin, huge_rep, agreement
):
    client = Client()
    ask(client, huge_rep.email)

    actions.change_user(by=admin, user=huge_rep, **changed)
    late = client.post(CODE, {"code": mailed()}, follow=True)

    assert told(late) == [TOO_OLD]
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
    settings.EMAIL_BACKEND = "tests.activities.refusing_mail.Backend"
    settings.REFUSING = {huge_rep.email: "refused"}

    assert ask(Client(), huge_rep.email)["Location"] == CODE
    assert mail.outbox == []


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


# --- A device to trust -------------------------------------------------------------------------------------
def by_code(client: Client, email: str, **more: str):
    ask(client, email)
    return client.post(CODE, {"code": mailed(), **more})


def grown_older(**time: int) -> None:
    """As if all that has happened had happened earlier."""
    for session in Session.objects.all():
        data = session.get_decoded()
        if "_session_expiry" in data:
            moment = timezone.datetime.fromisoformat(data["_session_expiry"]) - timedelta(**time)
            data["_session_expiry"] = moment.isoformat()
        session.session_data = Session.objects.encode(data)
        session.expire_date -= timedelta(**time)
        session.save()


def test_a_trusted_device_stays_signed_in_for_sixty_days_from_the_code_and_no_longer(huge_rep, agreement):
    client = Client()
    by_code(client, huge_rep.email, trust="on")

    grown_older(days=59)
    page = client.get("/konto/")
    assert page.status_code == 200
    assert "Betrodd till 1 oktober 2024, eller tills du loggar ut" in page.content.decode()
    assert 0 < page.cookies["sessionid"]["max-age"] <= 24 * 60 * 60

    grown_older(days=1)
    assert not signed_in(client)


def test_without_it_a_code_lasts_a_working_day_from_the_latest_click(huge_rep, agreement):
    client = Client()
    by_code(client, huge_rep.email)

    page = client.get("/konto/")

    assert page.cookies["sessionid"]["max-age"] == 12 * 60 * 60
    assert "Du loggas ut efter 12 timmar utan klick" in page.content.decode()
    grown_older(hours=13)
    assert not signed_in(client)


def test_a_wrong_code_makes_no_device_trusted(huge_rep, agreement):
    client = Client()
    ask(client, huge_rep.email)
    client.post(CODE, {"code": another(mailed()), "trust": "on"})
    client.post(CODE, {"code": mailed()})

    assert "Betrodd" not in client.get("/konto/").content.decode()


def test_the_trust_ends_when_the_person_signs_out(huge_rep, agreement):
    client = Client()
    by_code(client, huge_rep.email, trust="on")
    key = client.cookies["sessionid"].value
    client.post("/logga-ut/")

    client.cookies["sessionid"] = key
    assert not signed_in(client)

    by_code(client, huge_rep.email)
    assert "Betrodd" not in client.get("/konto/").content.decode()


def test_the_trust_ends_with_the_account_and_does_not_come_back_with_it(
    admin, huge_rep, polis_rep, agreement
):
    client, other = Client(), Client()
    by_code(client, huge_rep.email, trust="on")
    by_code(other, polis_rep.email, trust="on")

    actions.change_user(by=admin, user=huge_rep, is_active=False)
    actions.change_user(by=admin, user=huge_rep, is_active=True)

    assert not signed_in(client)
    assert signed_in(other)


def test_the_trust_ends_when_the_account_gets_another_address(admin, huge_rep, agreement, client_for):
    client, own = Client(), client_for(admin)
    by_code(client, huge_rep.email, trust="on")

    actions.change_user(by=admin, user=huge_rep, title="Fastighetsutvecklare")
    assert signed_in(client)
    actions.change_user(by=admin, user=huge_rep, email="efter@example.com")
    actions.change_user(by=admin, user=admin, email="egen@example.com")

    assert not signed_in(client)
    assert signed_in(own)


def test_a_password_set_anew_ends_the_trust(huge_rep, agreement):
    client = Client()
    by_code(client, huge_rep.email, trust="on")
    huge_rep.set_password("något långt och hemligt")
    huge_rep.save()

    assert not signed_in(client)


def test_somebody_who_has_never_chosen_a_password_signs_in_by_code(huge_rep, agreement):
    huge_rep.set_unusable_password()
    huge_rep.save()
    client = Client()

    by_code(client, huge_rep.email)

    assert signed_in(client)
