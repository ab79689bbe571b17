"""The access of every role to every page: one total table of named address × role × own and others' objects × GET and POST.

A new address without a row fails. `ok` shows the page, `to` answers and leads on, `in` leads to the sign-in,
`out` shows what was written and asks to sign in, 404 hides what the role may not know of, 403 says whom to ask,
405 is a method that the address does not have.
A POST is empty, so where `ok` stands for it the page comes back with its faults, and nothing is saved.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from activities.models import Activity, FollowUp
from parties.calendar_addresses.keys import key_of
from parties.models import CalendarAddress, User
from samverkan.lib import clock
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    ContributionFactory,
    FollowUpFactory,
    MilestoneFactory,
    PartyFactory,
    RoundFactory,
    UserFactory,
)
from tests.support import administered
from tests.support.access_world import rounds, to_read
from tests.support.stored import kept_for_the_module
from tests.support.valid_html import faults_in

pytestmark = pytest.mark.one_database

# What stands in an address unless an object of the world says otherwise.
PARTS = {
    "agreement_slug": "2023-2024",
    "number": 999,
    "pk": 999_999,
    "ending": "xlsx",
    "year": 1999,
    "as_of": date(1999, 1, 1),
    "party_slug": "finns-inte",
    "part": "finns-inte",
    "key": "finns-inte",
    "object_id": 999_999,
}
ROLES = ("nobody", "reader", "huge", "lone", "official", "coordinator", "admin")
TABLES = sorted((Path(__file__).parent / "access").glob("*.txt"))
ROWS = [line.split() for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()[1:]]


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
    kommunen, huge = PartyFactory(kommunen=True), PartyFactory(huge=True)
    return {
        "nobody": None,
        "reader": UserFactory(party=kommunen, email="ledamot@example.com"),
        "huge": UserFactory(representative=True, party=huge, email="huge@example.com"),
        "lone": UserFactory(representative=True, party=None, email="utan-part@example.com"),
        "official": UserFactory(official=True, party=kommunen, email="handlaggare@example.com"),
        "coordinator": UserFactory(coordinator=True, party=kommunen, email="samordnare@example.com"),
        "admin": UserFactory(administrator=True, party=kommunen, email="admin@example.com"),
    }


@pytest.fixture(scope="module")
def sessions(people) -> dict[str, str]:
    """The session key of each role; `nobody` has none."""
    keys = {}
    for role, user in people.items():
        client = Client()
        if user:
            client.force_login(user)
            keys[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return keys


@pytest.fixture(scope="module")
def world(people) -> dict[str, Any]:
    """Huge's activities and others' in every stage; Polisen's have Kommunen, and one Huge, as contributor."""
    huge, polisen = people["huge"].party, PartyFactory(polisen=True)
    polis_rep = UserFactory(representative=True, party=polisen, email="polisen@example.com")
    AgreementFactory(parties=[people["reader"].party, huge, polisen])
    made = {
        "own": ActivityFactory(title="Huges beslutade"),
        "other": ActivityFactory(title="Polisens beslutade", lead=polisen),
        "own_draft": ActivityFactory(title="Huges utkast", draft=True),
        "other_draft": ActivityFactory(title="Polisens utkast", lead=polisen, draft=True),
        "contributed_draft": ActivityFactory(title="Med Huge", lead=polisen, draft=True, contributors=[huge]),
        "own_proposal": ActivityFactory(title="Huges förslag", proposed=True),
        "other_proposal": ActivityFactory(title="Polisens förslag", lead=polisen, proposed=True),
        "own_internal": ActivityFactory(title="Huges interna", internal=True),
        "other_internal": ActivityFactory(title="Polisens interna", lead=polisen, internal=True),
    }
    for of, author in (("own", people["huge"]), ("other", polis_rep), ("other_internal", polis_rep)):
        FollowUpFactory(activity=made[of], author=author, saved_at=clock.now(), round=RoundFactory())
    address = CalendarAddress.objects.create(user=people["reader"], made_at=clock.now())
    own = {"calendar": {"key": key_of(address)}}
    own |= {"person": {"pk": people["huge"].pk}, "no_person": {"pk": people["official"].pk}}
    return made | to_read(polisen) | parts_of(made, polisen) | rounds() | own


def parts_of(made: dict[str, Any], polisen) -> dict[str, dict[str, Any]]:
    """The milestones and contributions of the activities."""
    ContributionFactory(activity=made["own"], party=polisen)
    own, other = (MilestoneFactory(activity=made[of]) for of in ("own", "other"))
    return {
        "milestone": {"number": made["own"].number, "pk": own.pk},
        "others_milestone": {"number": made["other"].number, "pk": other.pk},
        "wrong_milestone": {"number": made["own"].number, "pk": other.pk},
        "huges_part": {"number": made["contributed_draft"].number, "party_slug": "huge"},
        "polisens_part": {"number": made["own"].number, "party_slug": polisen.slug},
        "no_part": {"number": made["own"].number, "party_slug": "huge"},
        "own_form": {"pk": made["own"].pk},
        "others_form": {"pk": made["other"].pk},
        "own_drafts_form": {"pk": made["own_draft"].pk},
        "internal_form": {"pk": made["other_internal"].pk},
    }


def address_of(name: str, of: str, world: dict[str, Any]) -> str:
    """The address of an object. An `unknown` one lies in the real agreement, if the address has more than the agreement."""
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "set-password"})
    known = PARTS | (world[of] if isinstance(world.get(of), dict) else {})
    if of in world and not isinstance(world[of], dict):
        follow_up = world[of].follow_ups.first()
        known |= {
            "number": world[of].number,
            "pk": follow_up.pk if follow_up else 999_999,
            "object_id": world[of].pk,
        }
    elif of in administered.lists():
        known |= administered.first_row(of)
    wanted = parameters(name)
    if of == "unknown" and wanted <= {"agreement_slug", "ending"}:
        known["agreement_slug"] = "1999-2000"
    address = reverse(name, kwargs={part: known[part] for part in wanted})
    return f"{address}?per=2024-08-31" if name in {"report_preview", "report_pdf"} else address


def parameters(name: str) -> set[str]:
    """The names of the address's parameters."""
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        _, resolver = resolver.namespace_dict[space]
    found = resolver.reverse_dict.getlist(last)
    return set(found[0][0][0][1])


def answer(client: Client, method: str, address: str) -> str:
    response = client.get(address) if method == "GET" else client.post(address)
    if response.status_code in {302, 303}:
        return "in" if response["Location"].startswith("/logga-in/?next=") else "to"
    if response.status_code == 403 and "Du har blivit utloggad" in response.content.decode():
        return "out"
    return "ok" if response.status_code == 200 else str(response.status_code)


def visitor(key: str | None) -> Client:
    client = Client()
    if key:
        client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client


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
