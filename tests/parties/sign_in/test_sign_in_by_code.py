"""Signing in by a mailed code: who gets one, where it leads, and that nobody learns who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client, override_settings

from parties.sign_in.views import TOO_OLD
from tests.factories import PASSWORD, UserFactory
from tests.support.sign_in_codes import CODE, HOME, another, ask, faults, mailed, messages_of, signed_in

pytestmark = pytest.mark.usefixtures("db")


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
    """The answer takes as long without a mail as with one."""
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
    assert messages_of(late) == [TOO_OLD]
    assert not signed_in(inside)
