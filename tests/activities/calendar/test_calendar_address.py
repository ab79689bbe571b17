"""The address of the own calendar: created, renewed and revoked. Every other address gives the same 404."""

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from parties.accounts.actions import change_user
from parties.audit import Act
from parties.calendar_addresses.actions import make_calendar_address, renew_calendar_address
from parties.models import AuditEntry, CalendarAddress
from tests.factories import ActivityFactory, RoundFactory, UserFactory
from tests.support.at_once import People
from tests.support.valid_html import faults_in

pytestmark = pytest.mark.one_database

PAGE = "/konto/kalender/"
SITE = "http://127.0.0.1:8000"

UNKNOWN = "/kalender/finns-inte.ics"


@pytest.fixture
def page(client_for):
    """Presses a button on the page as the user, or only opens it."""

    def opened(user, step=""):
        client = client_for(user)
        return client.post(PAGE, {"steg": step}, follow=True) if step else client.get(PAGE)

    return opened


def path_on(response) -> str:
    return response.context["link"].removeprefix(SITE)


def as_told(path: str) -> tuple[int, str, str]:
    """The response to somebody who has not signed in, without the request's own id."""
    response = Client().get(path)
    identity = response["X-Request-ID"]
    told = response.content.decode().replace(identity, "")
    headers = sorted(f"{name}: {value}" for name, value in response.items() if value != identity)
    return response.status_code, told, str(headers)


def opens(path: str) -> bool:
    """Whether the calendar is there. If not, checks that the response is that of a page that never existed."""
    if Client().get(path).status_code == 200:
        return True
    assert as_told(path) == as_told(UNKNOWN)
    return False


def test_nobody_has_an_address_before_it_is_asked_for(agreement, huge_rep, page):
    response = page(huge_rep)

    assert "Skapa adress" in response.content.decode()
    assert response.context["link"] == ""


def test_an_address_is_made_once_and_stays(agreement, huge_rep, page):
    made = page(huge_rep, "skapa")

    assert "Adressen är skapad." in made.content.decode()
    assert made.context["link"] in made.content.decode()
    assert opens(path_on(made))
    assert path_on(page(huge_rep)) == path_on(page(huge_rep, "skapa")) == path_on(made)


def test_a_renewed_address_takes_the_place_of_the_old(agreement, huge_rep, page):
    old = path_on(page(huge_rep, "skapa"))
    renewed = page(huge_rep, "byt")

    assert "Den gamla fungerar inte längre." in renewed.content.decode()
    assert (opens(old), opens(path_on(renewed))) == (False, True)


def test_a_revoked_address_means_nothing_and_a_new_one_is_another(agreement, huge_rep, page):
    old = path_on(page(huge_rep, "skapa"))
    revoked = page(huge_rep, "ta-bort")

    assert "Adressen är borttagen" in revoked.content.decode()
    assert not opens(old)
    assert "Skapa adress" in page(huge_rep).content.decode()
    new = path_on(page(huge_rep, "skapa"))
    assert (opens(old), opens(new)) == (False, True)


def test_revoking_what_is_not_there_and_renewing_it_are_no_faults(agreement, huge_rep, page):
    page(huge_rep, "ta-bort")

    assert opens(path_on(page(huge_rep, "byt")))


def test_each_has_an_address_of_their_own(agreement, huge_rep, polis_rep, page):
    mine, theirs = path_on(page(huge_rep, "skapa")), path_on(page(polis_rep, "skapa"))
    page(polis_rep, "ta-bort")

    assert (opens(mine), opens(theirs)) == (True, False)


@pytest.mark.parametrize("step", ["", "allt", "skapa\x00", "å" * 100_000])
def test_a_step_that_does_not_exist_does_nothing(step, agreement, huge_rep, client_for):
    response = client_for(huge_rep).post(PAGE, {"steg": step})

    assert response.status_code == 200
    assert CalendarAddress.objects.count() == 0


def test_no_other_site_can_do_a_step(agreement, huge_rep):
    client = Client(enforce_csrf_checks=True)
    client.force_login(huge_rep)

    assert client.post(PAGE, {"steg": "skapa"}).status_code == 403
    assert CalendarAddress.objects.count() == 0


def test_the_page_with_an_address_is_valid_html(agreement, huge_rep, page, tmp_path):
    (tmp_path / "page.html").write_bytes(page(huge_rep, "skapa").content)

    assert faults_in(tmp_path.iterdir()) == []


# --- Other people ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "wrong",
    [
        lambda key: key[:-1] + ("A" if key[-1] != "A" else "B"),
        lambda key: key.swapcase(),
        lambda key: f"0{key}",
        lambda key: f"{int(key.split('-')[0]) + 1}-{key.split('-', 1)[1]}",
        lambda key: f"{'9' * 18}-{key.split('-', 1)[1]}",
        lambda key: f"{'9' * 400}-{key.split('-', 1)[1]}",
        lambda key: f"-{key}",
        lambda key: key.split("-")[0],
        lambda key: f"{key}%00",
        lambda key: f"{key}%0a",
        lambda key: f"%D9%A1-{key.split('-', 1)[1]}",
        lambda key: "A" * 10_000,
    ],
)
def test_a_key_that_is_not_quite_right_is_as_unknown_as_any(wrong, agreement, huge_rep, page):
    key = path_on(page(huge_rep, "skapa")).removeprefix("/kalender/").removesuffix(".ics")

    assert not opens(f"/kalender/{wrong(key)}.ics")


def test_an_address_that_never_was_is_like_any_page_that_is_not_there(db):
    assert as_told(UNKNOWN) == as_told("/finns/inte/alls.ics")


def test_what_is_stored_opens_nothing(agreement, huge_rep, page):
    path = path_on(page(huge_rep, "skapa"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM parties_calendaraddress")
        stored = [str(value) for value in cursor.fetchone()]

    assert not any(value in path for value in stored if len(value) > 6)
    with override_settings(SECRET_KEY="another installation's secret, of at least fifty characters"):
        assert not opens(path)


# --- The person's rights now --------------------------------------------------------------------------------
@pytest.mark.parametrize("change", [{"is_active": False}, {"party": None}])
def test_whoever_is_let_in_no_more_has_no_calendar(change, agreement, huge_rep, page):
    path = path_on(page(huge_rep, "skapa"))
    for name, value in change.items():
        setattr(huge_rep, name, value)
    huge_rep.save()

    assert not opens(path)


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "efter@example.com"}])
def test_an_address_ends_with_its_account_or_its_person_and_does_not_come_back(
    change, agreement, admin, huge_rep, page
):
    path, was = path_on(page(huge_rep, "skapa")), {name: getattr(huge_rep, name) for name in change}

    change_user(by=admin, user=huge_rep, **change)
    assert not opens(path)
    ended = AuditEntry.objects.get(act=Act.REMOVED, about="parties.calendaraddress")
    assert (ended.account_id, ended.label) == (admin.pk, "Egen kalenderadress")
    change_user(by=admin, user=huge_rep, **was)
    huge_rep.refresh_from_db()  # another address has ended its sessions and its password

    assert not opens(path)
    assert opens(path_on(page(huge_rep, "skapa")))


def test_an_end_that_is_not_saved_is_not_recorded_either(agreement, admin, huge_rep, page):
    path = path_on(page(huge_rep, "skapa"))

    with transaction.atomic():
        change_user(by=admin, user=huge_rep, is_active=False)
        transaction.set_rollback(True)

    assert opens(path)
    assert not AuditEntry.objects.filter(act=Act.REMOVED).exists()


def test_an_address_stays_when_its_person_takes_another_role_or_e_mail_address(
    agreement, admin, huge_rep, page
):
    own, others = path_on(page(admin, "skapa")), path_on(page(huge_rep, "skapa"))

    change_user(by=admin, user=admin, email="egen@example.com")
    change_user(by=admin, user=huge_rep, title="Fastighetsutvecklare")

    assert (opens(own), opens(others)) == (True, True)


def test_another_role_or_party_changes_what_the_address_tells(agreement, huge_rep, polisen, page):
    ActivityFactory(title="Huges")
    ActivityFactory(title="Polisens", lead=polisen)
    path = path_on(page(huge_rep, "skapa"))

    def told() -> tuple[bool, bool]:
        content = Client().get(path).content
        return b"Huges" in content, b"Polisens" in content

    seen = [told()]
    huge_rep.party = polisen
    huge_rep.save()
    seen.append(told())
    huge_rep.role = "reader"
    huge_rep.save()
    seen.append(told())

    assert seen == [(True, False), (False, True), (False, False)]


def test_the_demos_accounts_have_no_calendar_outside_the_demo(agreement, huge, huge_rep, page):
    demo = path_on(page(huge_rep, "skapa"))
    real = path_on(page(UserFactory(representative=True, party=huge, email="huge@example.se"), "skapa"))

    with override_settings(IS_DEMO=False):
        assert (opens(demo), opens(real)) == (False, True)


def test_a_representative_without_a_party_is_told_whom_to_ask(
    rep_without_party, samordnare, page, client_for
):
    for step in ("", "skapa"):
        response = page(rep_without_party, step)
        assert response.status_code == 403
        assert samordnare.email in response.content.decode()
    assert CalendarAddress.objects.count() == 0
    assert PAGE not in client_for(rep_without_party).get("/konto/").content.decode()


def test_the_account_leads_to_it_and_it_leads_to_the_year(agreement, lasare, page, client_for):
    assert f'href="{PAGE}"' in client_for(lasare).get("/konto/").content.decode()
    assert 'href="/2023-2024/arshjul/"' in page(lasare).content.decode()


def test_an_open_session_neither_helps_nor_hinders(agreement, huge_rep, polis_rep, page, client_for):
    RoundFactory()
    path = path_on(page(huge_rep, "skapa"))

    assert client_for(polis_rep).get(path).content.count(b"BEGIN:VEVENT") == 3
    assert client_for(polis_rep).get(UNKNOWN).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_address(agreement, huge_rep, now, tmp_path):
    people = People(tmp_path)

    def makes():
        return make_calendar_address(by=huge_rep, at=now).seed

    def renews():
        return renew_calendar_address(by=huge_rep, at=now).seed

    made = people.do(makes, makes)
    people.do(renews, renews, makes)

    assert made[0] == made[1]
    assert people.see(CalendarAddress.objects.count) == 1
