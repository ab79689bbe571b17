"""How long a device stays signed in: a working day, or sixty days from the code where the person trusts it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from parties.accounts import actions
from tests.support.sign_in_codes import CODE, another, ask, mailed, signed_in

pytestmark = pytest.mark.usefixtures("db")


def by_code(client: Client, email: str, **more: str):
    ask(client, email)
    return client.post(CODE, {"code": mailed(), **more})


def grown_older(**time: int) -> None:
    """Moves the end of every session back by this much time."""
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
