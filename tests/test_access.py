"""The access of every role to every page: one total table of named address × role × own and others' objects × GET and POST.

A new address without a row fails. `ok` shows the page, `to` answers and leads on, `in` leads to the sign-in,
`out` shows what was written and asks to sign in, 404 hides what the role may not know of, 403 says whom to ask,
405 is a method that the address does not have.
A POST is empty, so where `ok` stands for it the page comes back with its faults, and nothing is saved.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from activities.models import Activity, FollowUp
from parties.models import User
from tests.support.access_world import (
    ROLES,
    ROWS,
    address_of,
    everything,
    one_of_each_role,
    session_keys,
    visitor,
)
from tests.support.stored import kept_for_the_module
from tests.support.valid_html import faults_in

pytestmark = pytest.mark.one_database


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """All URL names: ours, those of django-allauth that we use, and the administration's as `admin:…`."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space)
        else:
            assert pattern.name, f"{pattern.pattern} has no name"
            yield space + pattern.name


def test_every_address_has_a_row_for_get_and_for_post():
    rows = {(row[0], row[2]) for row in ROWS}

    assert rows == {
        (name, method) for name in names(get_resolver().url_patterns) for method in ("GET", "POST")
    }


@pytest.fixture(scope="module")
def stored(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The rows behind the table, stored once for all its rows."""
    with kept_for_the_module(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def people(stored) -> dict[str, User | None]:
    """One person of each role, by the table's name for the role."""
    return one_of_each_role()


@pytest.fixture(scope="module")
def sessions(people) -> dict[str, str]:
    """The session key of each role; `nobody` has none."""
    return session_keys(people)


@pytest.fixture(scope="module")
def world(people) -> dict[str, Any]:
    """Huge's activities and others' in every stage; Polisen's have Kommunen, and one Huge, as contributor."""
    return everything(people)


def answer(client: Client, method: str, address: str) -> str:
    response = client.get(address) if method == "GET" else client.post(address)
    if response.status_code in {302, 303}:
        return "in" if response["Location"].startswith("/logga-in/?next=") else "to"
    if response.status_code == 403 and "Du har blivit utloggad" in response.content.decode():
        return "out"
    return "ok" if response.status_code == 200 else str(response.status_code)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:3]))
def test_access(row, world, sessions):
    name, of, method, *expected = row
    address = address_of(name, of, world)
    said = list(FollowUp.objects.filter(is_withdrawal=False).values_list("pk", flat=True).order_by("pk"))

    answers = [answer(visitor(sessions.get(role)), method, address) for role in ROLES]

    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, expected, strict=True))
    assert (
        list(FollowUp.objects.filter(is_withdrawal=False).values_list("pk", flat=True).order_by("pk")) == said
    )


@pytest.mark.django_db
def test_every_page_is_valid_html(world, sessions, tmp_path):
    """As the coordinator where they may open it, else as the first role that may."""
    for name, of, method, *expected in ROWS:
        may = [role for role, answers in zip(ROLES, expected, strict=True) if answers == "ok"]
        if method == "GET" and may:
            role = "coordinator" if "coordinator" in may else may[0]
            page = visitor(sessions.get(role)).get(address_of(name, of, world))
            if page["Content-Type"].startswith("text/html"):
                (tmp_path / f"{name.replace(':', ' ')} {of}.html").write_bytes(page.content)

    assert len(list(tmp_path.iterdir())) > 100
    assert faults_in(tmp_path.iterdir()) == []


def test_faults_in_html_are_seen(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="sv"><title>Sida</title><p id="a"><div id="a"></div></p>')

    assert len(faults_in([page])) == 2


@pytest.mark.parametrize("role", ROLES[1:])
def test_the_list_shows_exactly_what_the_role_may_see(role, world, people, db, client_for):
    agreed = {"Huges beslutade", "Polisens beslutade"}
    own = {"Huges utkast", "Med Huge", "Huges förslag", "Huges interna"}
    internal = {"Huges interna", "Polisens interna"}
    expected = {
        "reader": agreed,
        "huge": agreed | own,
        "official": agreed | internal,
        "coordinator": {activity.title for activity in world.values() if isinstance(activity, Activity)},
        "admin": agreed | internal,
    }

    response = client_for(people[role]).get("/2023-2024/aktiviteter/")

    if role == "lone":
        assert response.status_code == 404
    else:
        assert {activity.title for activity in response.context["page_obj"]} == expected[role]


def test_forbidden_says_whom_to_ask(world, lasare, samordnare, client_for):
    response = client_for(lasare).get(reverse("follow_up", args=["2023-2024", world["own"].number]))

    assert response.status_code == 403
    assert samordnare.email in response.content.decode()


def test_a_closed_account_sees_nothing_even_in_an_open_session(world, huge_rep, client_for):
    client = client_for(huge_rep)
    huge_rep.is_active = False
    huge_rep.save()

    assert answer(client, "GET", "/2023-2024/aktiviteter/") == "in"


def test_a_post_without_a_csrf_token_is_refused_in_swedish(world, huge_rep):
    client = Client(enforce_csrf_checks=True)
    client.force_login(huge_rep)

    response = client.post(
        reverse("follow_up", args=["2023-2024", world["own"].number]), {"state": "on_track"}
    )

    assert response.status_code == 403
    assert "Gå tillbaka" in response.content.decode()
    assert FollowUp.objects.filter(activity=world["own"]).count() == 1
