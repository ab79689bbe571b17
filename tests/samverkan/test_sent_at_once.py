"""The same form sent by several requests at the same moment, as by a double click, on both databases."""

import pytest
from django.core import mail
from django.test import Client

from parties.models import Party
from tests.support.at_once import People
from tests.support.kinds_of_forms import KINDS, address_of, stored
from tests.support.sent_forms import form_of

pytestmark = pytest.mark.django_db(transaction=True)

NEW_PARTY = "/administration/parter/ny/"


def browser(session: str) -> Client:
    own = Client()
    own.cookies["sessionid"] = session
    return own


def sending(client: Client, address: str, typed: dict):
    """A double click's one half: a browser of its own with the same session and the same form."""
    form = form_of(client.get(address).content.decode())
    session = client.cookies["sessionid"].value

    def send() -> tuple[int, str]:
        answer = browser(session).post(address, form | typed())
        return answer.status_code, answer.get("Location", "")

    return send


def test_a_form_of_each_kind_sent_twice_at_once_is_saved_once(client_for, tmp_path):
    clients = {who: client_for(user) for who, user in stored().items()}
    before = {name: kind.model.objects.count() for name, kind in KINDS.items()}
    sends = {name: sending(clients[kind.who], address_of(kind), kind.typed) for name, kind in KINDS.items()}
    people = People(tmp_path)

    answers = people.do(*[send for send in sends.values() for _ in range(2)])

    pairs = dict(zip(KINDS, zip(answers[::2], answers[1::2], strict=True), strict=True))
    statuses = {name: sorted(status for status, _ in pair) for name, pair in pairs.items()}
    assert {name: found for name, found in statuses.items() if found != [302, 303]} == {}
    assert [name for name, (one, other) in pairs.items() if one[1] != other[1]] == []
    after = people.see(lambda: {name: kind.model.objects.count() for name, kind in KINDS.items()})
    models = [kind.model for kind in KINDS.values()]
    added = {name: after[name] - before[name] for name in KINDS}
    assert added == {name: models.count(kind.model) for name, kind in KINDS.items()}
    told = ["huge@example.com", "ledamot@example.com", "ny@example.com"]  # the question, and two invitations
    assert sorted(to for message in mail.outbox for to in message.to) == told


def test_of_ten_identical_posts_in_the_administration_one_is_saved_and_all_lead_to_the_list(
    admin, agreement, client_for, tmp_path
):
    send = sending(client_for(admin), NEW_PARTY, KINDS["a party"].typed)
    people = People(tmp_path)

    answers = people.do(*[send] * 10)

    assert sorted(answers) == [(302, "/administration/parter/"), *[(303, "/administration/parter/")] * 9]
    assert people.see(Party.objects.filter(slug="sis").count) == 1


def test_of_ten_who_open_the_form_and_save_the_same_name_one_saves_and_nine_read_why_not(
    admin, agreement, client_for, tmp_path
):
    """Their forms have keys of their own. The database refuses those whom the action did not."""
    client, typed = client_for(admin), KINDS["a party"].typed
    people = People(tmp_path)

    answers = people.do(*[sending(client, NEW_PARTY, typed) for _ in range(10)])

    assert sorted(answers) == [*[(200, "")] * 9, (302, "/administration/parter/")]
    assert people.see(Party.objects.filter(slug="sis").count) == 1


def test_of_ten_forms_with_the_same_fault_each_is_answered_with_it(admin, agreement, client_for, tmp_path):
    send = sending(client_for(admin), NEW_PARTY, lambda: {"name": ""})
    people = People(tmp_path)

    assert people.do(*[send] * 10) == [(200, "")] * 10
