"""Where each role begins, and its menu."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parties.roles import Role
from samverkan.glossary import GLOSSARY
from tests.factories import ActivityFactory, AgreementFactory, RoundFactory, UserFactory
from tests.support.queries import beyond_the_visit

pytestmark = pytest.mark.one_database

MENUS = {
    Role.READER: ["Översikt", "Aktiviteter", "Lägesbild", "Behov", "Rapporter", "Parter"],
    Role.REPRESENTATIVE: ["Mitt arbete", "Alla aktiviteter", "Lägesbild", "Behov", "Parter"],
    Role.OFFICIAL: ["Rapporter", "Översikt", "Aktiviteter", "Lägesbild", "Behov", "Parter"],
    Role.COORDINATOR: [
        "Översikt", "Aktiviteter", "Omgångar", "Mitt arbete", "Lägesbild", "Behov", "Rapporter", "Parter",
    ],
    Role.ADMINISTRATOR: ["Administration", "Översikt", "Aktiviteter", "Lägesbild", "Behov", "Parter"],
}  # fmt: skip
STARTS = {
    Role.READER: "/2023-2024/oversikt/",
    Role.REPRESENTATIVE: "/mitt-arbete/",
    Role.OFFICIAL: "/2023-2024/rapporter/",
    Role.COORDINATOR: "/2023-2024/oversikt/",
    Role.ADMINISTRATOR: "/administration/",
}


@pytest.fixture(params=Role.values)
def user(request, huge):
    return UserFactory(role=request.param, party=huge)


def test_each_role_has_its_own_menu_and_every_entry_opens(user, agreement, client_for):
    client = client_for(user)
    menu = client.get("/hjalp/").context["menu"]

    assert [item.label for item in menu] == MENUS[user.get_role()]
    for item in menu:
        assert client.get(item.url).status_code == 200


def test_the_entry_that_one_is_under_is_marked(user, agreement, client_for):
    client = client_for(user)
    for address in (
        "/2023-2024/aktiviteter/",
        "/lagesbilder/",
        "/2023-2024/behov/",
        "/2023-2024/parter/huge/",
    ):
        page = client.get(address)
        marked = [item.url for item in page.context["menu"] if item.current]

        assert [address.startswith(url) for url in marked] == [True]


def test_a_page_and_its_menu_ask_once_for_the_rounds_and_once_for_what_waits(agreement, huge_rep, client_for):
    RoundFactory()
    ActivityFactory(title="Belysning")
    client = client_for(huge_rep)

    with CaptureQueriesContext(connection) as captured:
        page = client.get("/2023-2024/aktiviteter/1/")

    asked = beyond_the_visit(captured)
    assert [item.count for item in page.context["menu"]] == [1, None, None, None, None]
    assert sum("COUNT(" in sql for sql in asked) == 1
    assert sum('FROM "activities_round"' in sql for sql in asked) == 1


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({}, 1),
        ({"HX-Request": "true"}, None),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, 1),
    ],
    ids=["a page", "a part of a page", "a page that is restored"],
)
def test_what_waits_is_counted_where_the_menu_shows(headers, counted, agreement, huge_rep, client_for):
    RoundFactory()
    ActivityFactory()

    page = client_for(huge_rep).get("/2023-2024/aktiviteter/", headers=headers)

    assert [item.count for item in page.context["menu"]] == [counted, None, None, None, None]


def test_each_role_begins_where_its_work_is(user, agreement, client_for):
    response = client_for(user).get("/")

    assert (response.status_code, response["Location"]) == (302, STARTS[user.get_role()])


def test_before_the_first_agreement_the_administrator_and_the_coordinator_are_led_on(user, client_for):
    response = client_for(user).get("/")

    if user.is_administrator:
        assert response["Location"] == "/administration/"
    elif user.is_coordinator:
        assert 'href="/overenskommelse/ny/"' in response.content.decode()
    else:
        assert "Ingen överenskommelse är fastställd än" in response.content.decode()
        assert response.context["menu"] == []


def test_the_agreement_in_the_header_leads_to_it(user, agreement, client_for):
    page = client_for(user).get("/hjalp/").content.decode()

    assert page.count(f'href="{reverse("agreement", args=["2023-2024"])}"') == 2  # desk and phone


def test_with_several_agreements_the_one_of_the_address_is_marked(agreement, samordnare, client_for):
    AgreementFactory(next_period=True)
    page = client_for(samordnare).get("/2025-2026/aktiviteter/").content.decode()

    marked = f'href="{reverse("agreement", args=["2025-2026"])}" aria-current="true"'
    other = f'href="{reverse("agreement", args=["2023-2024"])}" aria-current="true"'
    assert (page.count(marked), page.count(other)) == (2, 0)


def test_help_has_every_word_and_every_role(user, agreement, client_for):
    page = client_for(user).get("/hjalp/").content.decode()

    assert [definition.term for definition in GLOSSARY if f"<dt>{definition.term}</dt>" not in page] == []
    assert [role.label for role in Role if role.description not in page] == []
    assert f"{user.get_role().label} (din roll)" in page
