"""A browser that is known to an account: when it ceases to be, and how likely a guess at a code from it is."""

from fractions import Fraction

import pytest
from django.test import Client, RequestFactory

from parties.accounts.actions import change_user
from parties.attempts import DAY, GUESSES, LIMITS
from parties.models import User
from parties.roles import Role
from parties.sign_in import known_devices
from parties.sign_in.forms import LONG, SHORT
from tests.factories import PASSWORD
from tests.support import sign_in_codes as codes

pytestmark = pytest.mark.usefixtures("db")
NEW = "ett helt nytt lösenord"


@pytest.fixture
def browser(huge_rep, agreement) -> Client:
    """Has signed in to the account, and out again."""
    return signed_in_and_out(huge_rep)


def signed_in_and_out(user) -> Client:
    client = Client()
    client.post(codes.HOME, {"login": user.email, "password": PASSWORD})
    client.post("/logga-ut/")
    return client


def is_known(client: Client, user) -> bool:
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return bool(known_devices.known(request, User.objects.get(pk=user.pk).email))


def new_password(user, admin):
    user.set_password(NEW)
    user.save()


def closed_and_opened(user, admin):
    change_user(by=admin, user=user, is_active=False)
    change_user(by=admin, user=user, is_active=True)


def moved_and_back(user, admin):
    was = user.email
    change_user(by=admin, user=user, email="efter@example.com")
    change_user(by=admin, user=user, email=was)


def another_role_and_back(user, admin):
    change_user(by=admin, user=user, role=Role.OFFICIAL)
    change_user(by=admin, user=user, role=Role.REPRESENTATIVE)


@pytest.mark.parametrize("end", [new_password, closed_and_opened, moved_and_back, another_role_and_back])
def test_a_browser_is_no_longer_known_after(end, browser, huge_rep, admin):
    assert is_known(browser, huge_rep)
    end(huge_rep, admin)
    assert not is_known(browser, huge_rep)


def test_it_stays_known_when_something_else_of_the_account_changes(browser, huge_rep, admin):
    change_user(by=admin, user=huge_rep, title="Fastighetsutvecklare")
    assert is_known(browser, huge_rep)


def test_it_is_known_to_no_other_account_and_not_for_longer_than_ninety_days(
    browser, huge_rep, polis_rep, monkeypatch
):
    assert not is_known(browser, polis_rep)
    monkeypatch.setattr(known_devices, "LASTS", -1)
    assert not is_known(browser, huge_rep)


def test_of_all_browsers_the_one_that_changes_the_password_stays_known(browser, huge_rep):
    other = signed_in_and_out(huge_rep)
    browser.post(codes.HOME, {"login": huge_rep.email, "password": PASSWORD})
    browser.post("/losenord/byt/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (is_known(browser, huge_rep), is_known(other, huge_rep)) == (True, False)


def digits_of(client: Client, user) -> int:
    codes.ask(client, user.email)
    return LONG if "Kod, tio siffror" in client.get(codes.CODE).content.decode() else SHORT


def test_after_four_codes_in_a_day_that_signed_nobody_in_a_known_device_gets_ten_digits(browser, huge_rep):
    assert [digits_of(browser, huge_rep) for _ in range(5)] == [SHORT] * 4 + [LONG]
    assert digits_of(Client(), huge_rep) == SHORT


def test_codes_that_sign_in_do_not_count(browser, huge_rep):
    for _ in range(6):
        codes.ask(browser, huge_rep.email)
        browser.post(codes.CODE, {"code": codes.mailed()})
        assert codes.signed_in(browser)
        browser.post("/logga-ut/")


def test_a_guess_at_an_accounts_codes_is_right_one_day_in_ten_thousand_at_most():
    """By strangers and known devices together, and with ten thousand codes of ten digits beside the short ones."""
    [strangers], [known] = LIMITS["short code"], LIMITS["short code on a known device"]
    [guesses] = LIMITS["guess at a code"]
    chance = Fraction((strangers.most + known.most) * GUESSES, 10**SHORT) + Fraction(
        10_000 * GUESSES, 10**LONG
    )

    assert (strangers.per, known.per, guesses.per) == ("account", "account", "code")
    assert (strangers.lasts, known.lasts, guesses.most) == (DAY, DAY, GUESSES)
    assert chance <= Fraction(1, 10_000)
