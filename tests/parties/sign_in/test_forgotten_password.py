"""*Nytt lösenord* answers the same, in the same time, whether or not the address has an account."""

import logging
import re
import time
from io import StringIO

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from parties.sign_in.forms import NO_LINK
from tests.factories import UserFactory
from tests.support.sign_in_codes import faults
from tests.support.smtp import mail_server, wait_until_sent

pytestmark = pytest.mark.usefixtures("db")
RESET, DONE = "/losenord/glomt/", "/losenord/glomt/skickat/"
KNOWN, UNKNOWN, CLOSED = "huge@example.com", "ingen@example.com", "stangd@example.com"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def accounts(huge_rep):
    UserFactory(email=CLOSED, is_active=False)


@pytest.fixture
def log(monkeypatch) -> StringIO:
    """What is written to standard error."""
    handler = next(one for one in logging.getLogger().handlers if one.name == "stderr")
    monkeypatch.setattr(handler, "stream", StringIO())
    return handler.stream


def ask(email: str):
    return Client().post(RESET, {"email": email})


def told(response, email: str) -> tuple[int, str, list[str], str]:
    """All that the answer says, without what is another each time."""
    text = response.content.decode().replace(email, "adressen")
    varying = r'(csrfmiddlewaretoken" value=|Felkod: )"?\w+'
    return (
        response.status_code,
        response.get("Location", ""),
        sorted(response.cookies),
        re.sub(varying, "", text),
    )


def test_known_unknown_and_closed_addresses_get_the_same_answer():
    answers = [told(ask(email), email) for email in (KNOWN, UNKNOWN, CLOSED)]

    assert answers == [answers[0]] * 3
    assert answers[0][1] == DONE
    assert [message.to for message in mail.outbox] == [[KNOWN]]


@pytest.mark.parametrize("host", ["127.0.0.1:6666", "LOCALHOST:25"])
def test_the_link_leads_to_the_site_whatever_host_the_sender_names(host):
    Client(headers={"Host": host}).post(RESET, {"email": KNOWN})

    assert f"{settings.SITE_URL}/losenord/nytt/" in mail.outbox[0].body
    assert host.lower() not in mail.outbox[0].body.lower()


def test_the_mail_has_a_subject_and_a_link_that_works():
    ask(KNOWN)

    [message] = mail.outbox
    link = re.search(r"http://[^/]+(/losenord/nytt/\S+)", message.body)[1]
    assert message.subject == "Nytt lösenord till Samverkan"
    assert "Välj ett nytt lösenord" in Client().get(link, follow=True).content.decode()


def test_a_mail_server_that_is_down_is_said_to_everybody(settings):
    settings.EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nothing answers there

    answers = [ask(email) for email in (KNOWN, UNKNOWN, CLOSED)]

    assert [faults(answer) for answer in answers] == [{"__all__": [NO_LINK]}] * 3


def test_whoever_signs_in_by_code_and_has_no_password_chooses_one_by_mail(huge_rep, client_for):
    huge_rep.set_unusable_password()
    huge_rep.save()

    assert client_for(huge_rep).get("/losenord/byt/")["Location"] == RESET


@pytest.mark.parametrize("fault", ["slow", "refusing", "breaking"])
def test_a_server_that_is_slow_or_refuses_makes_no_answer_slower_or_other(fault, settings, log):
    """The next request does not wait either, where one process answers all."""
    settings.EMAIL_BACKEND = SMTP
    with mail_server() as box:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_TIMEOUT = 1
        box.hanging, box.breaking = fault == "slow", fault == "breaking"
        box.refusing = {KNOWN: "550 5.1.1 Unknown"} if fault == "refusing" else {}
        took = []
        for email in (UNKNOWN, KNOWN):
            began = time.perf_counter()
            answer = ask(email)
            assert answer["Location"] == DONE
            took.append(time.perf_counter() - began)
        wait_until_sent()

    assert max(took) < 1
    assert f"[{answer['X-Request-ID']}] A mail about signing in could not be sent" in log.getvalue()
