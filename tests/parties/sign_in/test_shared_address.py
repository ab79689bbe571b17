"""Whoever sits at the same network address cannot shut out colleagues: not by codes, nor resets, nor links."""

import re

import pytest
from django.core import mail
from django.test import Client

from parties.attempts import LIMITS, count
from tests.factories import PASSWORD
from tests.support.at_once import People
from tests.support.sign_in_codes import CODE, HOME, another, ask, faults, mailed, signed_in

pytestmark = pytest.mark.usefixtures("db")
RESET = "/losenord/glomt/"
OFFICE = {"client": "127.0.0.1"}
NEW = "ett riktigt långt lösenord"


def link_for(email: str) -> str:
    Client(REMOTE_ADDR="192.0.2.1").post(RESET, {"email": email})
    return re.search(r"http://[^/]+(/losenord/nytt/\S+)", mail.outbox[-1].body)[1]


def fill(action: str) -> None:
    """Uses up what the office's address may do, at many accounts."""
    for number in range(LIMITS[action][0].most):
        count(action, **OFFICE, account=f"konto-{number}@example.com")


def test_a_right_link_passes_where_the_wrong_ones_are_used_up(huge_rep, agreement):
    link = link_for(huge_rep.email)
    statuses = [Client().get(f"/losenord/nytt/1-{number}/").status_code for number in range(31)]

    colleague = Client()
    form = colleague.get(link)["Location"]
    chosen = colleague.post(form, {"password1": NEW, "password2": NEW})

    assert statuses == [200] * 30 + [429]
    assert chosen["Location"] == "/losenord/nytt/klart/"
    refused, dead = Client().get("/losenord/nytt/1-nu/"), Client(REMOTE_ADDR="192.0.2.9").get(link)
    assert (refused.status_code, dead.status_code) == (429, 200)
    assert "från ditt nätverk, av dig eller av någon annan" in refused.content.decode()
    assert "Har du redan valt ett lösenord?" in dead.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_wrong_links_at_once_each_is_counted(huge_rep, tmp_path):
    def guess() -> list[int]:
        return [Client().get(f"/losenord/nytt/1-{number}/").status_code for number in range(10)]

    statuses = [status for each in People(tmp_path).do(*[guess] * 5) for status in each]
    assert (statuses.count(200), statuses.count(429)) == (30, 20)


def test_one_account_stops_nobody_elses_codes_and_links(huge_rep, polis_rep, agreement):
    for _ in range(100):
        ask(Client(), "ingen@example.com")
        Client().post(RESET, {"email": "ingen@example.com"})
    for number in range(100):
        ask(Client(), f"konto-{number}@example.com")

    assert ask(Client(), huge_rep.email)["Location"] == CODE
    assert Client().post(RESET, {"email": polis_rep.email}).status_code == 302


def test_wrong_codes_of_one_keep_nobody_else_from_a_right_one(huge_rep, polis_rep, agreement):
    for _ in range(5):
        guesser = Client()
        ask(guesser, polis_rep.email)
        for _ in range(5):
            guesser.post(CODE, {"code": another(mailed())})
    for number in range(40):
        count("code tried", **OFFICE, account=f"konto-{number}@example.com")
    colleague = Client()
    ask(colleague, huge_rep.email)
    colleague.post(CODE, {"code": mailed()})

    assert signed_in(colleague)


def test_a_known_browser_passes_the_addresss_ceiling_and_an_unknown_one_is_told_to_wait(huge_rep, agreement):
    known = Client()
    known.post(HOME, {"login": huge_rep.email, "password": PASSWORD})
    known.post("/logga-ut/")
    for action in ("code asked for", "reset asked for", "code tried"):
        fill(action)

    assert "Vänta 10 minuter" in str(faults(ask(Client(), huge_rep.email)))
    assert "vänta 10 minuter" in str(faults(Client().post(RESET, {"email": huge_rep.email})))
    assert known.post(RESET, {"email": huge_rep.email}).status_code == 302
    ask(known, huge_rep.email)
    known.post(CODE, {"code": mailed()})
    assert signed_in(known)
