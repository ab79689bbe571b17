"""Guesses at the same moment are counted one by one, on both databases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from allauth.account.signals import login_code_rejected
from django.contrib.auth.signals import user_login_failed
from django.core import mail
from django.dispatch import Signal
from django.test import Client

from parties import attempts
from parties.attempts import counters
from parties.models import User
from tests.factories import PASSWORD
from tests.support.at_once import People
from tests.support.sign_in_codes import CODE, HOME, another, ask, mailed, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, EACH = 20, 10


@contextmanager
def told_by(signal: Signal) -> Iterator[list[object]]:
    """What the signal's senders have told within: one entry for each guess that was judged, and wrong."""
    heard: list[object] = []

    def hear(sender: object, **_: object) -> None:
        heard.append(sender)

    signal.connect(hear)
    try:
        yield heard
    finally:
        signal.disconnect(hear)


def test_of_two_hundred_guesses_at_one_code_at_once_five_are_judged(huge_rep, agreement, tmp_path):
    client = Client()
    ask(client, huge_rep.email)
    wrong, right, session = another(mailed()), mailed(), client.cookies["sessionid"].value

    def browser() -> Client:
        own = Client()
        own.cookies["sessionid"] = session
        return own

    def guess() -> set[int]:
        own = browser()
        return {own.post(CODE, {"code": wrong}).status_code for _ in range(EACH)}

    def end() -> bool:
        own = browser()
        own.post(CODE, {"code": right})
        return signed_in(own)

    people = People(tmp_path)
    with told_by(login_code_rejected) as judged:
        answers = people.do(*[guess] * PEOPLE)

    assert set().union(*answers) <= {200, 302, 429}
    assert 1 <= len(judged) <= 5
    assert people.see(end) is False


def test_a_right_code_that_is_sent_many_times_at_once_signs_in_once(huge_rep, agreement, tmp_path):
    client = Client()
    ask(client, huge_rep.email)
    code, session = mailed(), client.cookies["sessionid"].value

    def enter() -> bool:
        own = Client()
        own.cookies["sessionid"] = session
        own.post(CODE, {"code": code})
        return signed_in(own)

    assert People(tmp_path).do(*[enter] * 4).count(True) == 1


def test_a_link_that_is_used_many_times_at_once_chooses_one_password(huge_rep, agreement, tmp_path):
    client = Client()
    client.post("/losenord/glomt/", {"email": huge_rep.email})
    link = re.search(r"/losenord/nytt/\S+", mail.outbox[-1].body)[0]
    form, session = client.get(link)["Location"], client.cookies["sessionid"].value

    def choose(password: str) -> str:
        own = Client()
        own.cookies["sessionid"] = session
        answer = own.post(form, {"password1": password, "password2": password})
        return password if answer.get("Location") == "/losenord/nytt/klart/" else ""

    words = [f"fyra {word} hör inte ihop" for word in ("krokodil", "paraply", "magnolia")]
    people = People(tmp_path)
    chosen = list(filter(None, people.do(*[partial(choose, word) for word in words])))

    assert len(chosen) == 1
    assert people.see(lambda: User.objects.get(pk=huge_rep.pk).check_password(chosen[0]))


def test_of_forty_guesses_at_one_password_at_once_five_are_judged(huge_rep, agreement, tmp_path):
    def guess() -> list[int]:
        form = {"login": huge_rep.email, "password": "fel lösenord!"}
        return [Client().post(HOME, form).status_code for _ in range(2)]

    people = People(tmp_path)
    with told_by(user_login_failed) as judged:
        answers = people.do(*[guess] * PEOPLE)

    assert answers == [[200, 200]] * PEOPLE
    assert len(judged) == 5


def test_right_passwords_at_once_leave_every_counter_as_it_was(huge_rep, agreement, tmp_path):
    def enter() -> str:
        return Client().post(HOME, {"login": huge_rep.email, "password": PASSWORD}).get("Location", "refused")

    people = People(tmp_path)
    entered = people.do(*[enter] * 4)

    assert entered == ["/"] * 4
    assert people.see(
        lambda: set(attempts.counters.AttemptCounter.objects.values_list("count", flat=True))
    ) == {0}


@pytest.mark.parametrize("earlier", [0, 30], ids=["none before", "old ones before"])
def test_of_many_attempts_at_once_exactly_as_many_as_may_are_counted(earlier, tmp_path):
    """Also where the counter's time is up, and others remove what is old while it begins anew."""
    for number in range(earlier):
        counters.take(f"old {number}" if number else "k", most=1, lasts=-attempts.MINUTE)

    def take() -> int:
        return sum(counters.take("k", most=7, lasts=attempts.MINUTE) for _ in range(EACH))

    assert sum(People(tmp_path).do(*[take] * PEOPLE)) == 7
