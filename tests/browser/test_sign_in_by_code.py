"""Signing in a few times a year: a link in a mail, a code in another, and the right page; a trusted device is remembered."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.support.fit import axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, HUGE, fill_in, receipt, sign_out
from tests.factories import ActivityFactory, RoundFactory


@pytest.fixture
def wanted(live_server, agreement, huge_rep):
    """The address in a reminder."""
    RoundFactory()
    return f"/mitt-arbete/?aktivitet={ActivityFactory(title='Belysning längs stråket').number}"


def ask(page: Page, email: str) -> str:
    """The code that was mailed, once it has come."""
    mail.outbox.clear()
    page.get_by_label("E-postadress").fill(email)
    page.get_by_role("button", name="Skicka kod").click()
    expect(page).to_have_title("Skriv koden – Samverkan")
    return code_when_it_comes(page)


def code_when_it_comes(page: Page) -> str:
    for _ in range(100):
        if mail.outbox:
            return re.search(r"^([0-9]{6})$", mail.outbox[-1].body, re.MULTILINE)[1]
        page.wait_for_timeout(50)
    return "the mail has not come"


@pytest.mark.parametrize("js", [True, False])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_reminder_leads_to_the_right_page_by_way_of_a_code(js, size, wanted, open_page, live_server):
    page = open_page(wanted, js=js, size=size)
    expect(page).to_have_title("Logga in – Samverkan")
    code = ask(page, HUGE)

    field = page.get_by_label("Kod, sex siffror")
    expect(field).to_have_attribute("autocomplete", "one-time-code")
    expect(field).to_have_attribute("inputmode", "numeric")
    field.fill("12345")
    field.press("Enter")
    expect(page).to_have_title("Fel: Skriv koden – Samverkan")
    page.get_by_role("link", name="Skriv de sex siffrorna i mejlet.").click()
    expect(field).to_be_focused()

    field.fill(f" {code[:3]} {code[3:]} ")
    page.get_by_label("Lita på den här enheten i 60 dagar").check()
    page.get_by_role("button", name="Logga in").click()

    expect(page).to_have_url(live_server.url + wanted)
    page.goto("/konto/")
    expect(page.get_by_role("main")).to_contain_text(
        "Betrodd till 29 november 2024, eller tills du loggar ut"
    )
    [cookie] = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


def test_a_new_code_is_asked_for_and_the_address_can_be_changed(wanted, open_page, live_server):
    page = open_page(wanted)
    page.get_by_label("E-postadress").fill("ingen@example.com")
    page.get_by_label("E-postadress").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Om ingen@example.com hör till ett konto")

    page.get_by_role("link", name="Ändra adressen eller använd lösenord").click()
    first = ask(page, HUGE)
    mail.outbox.clear()
    page.get_by_role("button", name="Skicka en ny kod").click()
    expect(receipt(page)).to_have_text("Nu gäller bara den nya koden.")
    second = code_when_it_comes(page)
    page.get_by_label("Kod, sex siffror").fill(second)
    page.get_by_label("Kod, sex siffror").press("Enter")

    assert first != second
    expect(page).to_have_url(live_server.url + wanted)


@pytest.mark.parametrize("js", [True, False])
def test_the_password_is_the_other_way_and_enter_takes_it(js, demo, open_page):
    page = open_page("/", js=js)
    fill_in(page, COORDINATOR)
    sign_out(page, "Samordnare trygghet (demo)")

    page.get_by_label("E-postadress").fill(COORDINATOR)
    page.get_by_label("Lösenord").fill("fel lösenord!")
    page.get_by_label("Lösenord").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("E-postadressen eller lösenordet stämmer inte.")


def test_the_page_of_the_code_is_accessible_and_fits_every_screen(live_server, db, open_page):
    """It is there only for whoever has asked, so it stands in no list of pages."""
    page = open_page("/logga-in/")
    page.get_by_label("E-postadress").fill(f"{'en-lang-adress' * 4}@example.com")
    page.get_by_role("button", name="Skicka kod").click()
    expect(page).to_have_title("Skriv koden – Samverkan")
    found = [axe_faults(page)]
    page.get_by_label("Kod, sex siffror").press("Enter")
    expect(page).to_have_title("Fel: Skriv koden – Samverkan")
    found += [axe_faults(page)]

    assert found == [[], []]
    assert too_wide(page) == {}
