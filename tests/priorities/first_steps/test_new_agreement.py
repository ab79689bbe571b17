"""An agreement is laid up in the product, and an installation without anything says what to do first."""

from datetime import date

import pytest

from priorities.models import Agreement
from tests.factories import AgreementFactory, PartyFactory, UserFactory
from tests.priorities.conftest import faults

pytestmark = pytest.mark.one_database

NEW = "/overenskommelse/ny/"
TITLE = "Samverkansöverenskommelse 2025–2026"
PERIOD = {"starts_on": "1/1 2025", "ends_on": "2026-12-31"}


def test_the_coordinator_of_an_empty_installation_is_led_to_the_draft(client, send):
    assert f'href="{NEW}"' in client.get("/").content.decode()

    response = send(NEW, title=TITLE, **PERIOD)

    agreement = Agreement.objects.get()
    assert response["Location"] == "/2025-2026/redigera/"
    assert (agreement.title, agreement.slug, agreement.is_draft) == (TITLE, "2025-2026", True)
    assert (agreement.starts_on, agreement.ends_on) == (date(2025, 1, 1), date(2026, 12, 31))
    assert agreement.declaration.title == "Avsiktsförklaring 2025–2026"


def test_the_next_one_follows_the_last_under_the_declaration_that_still_holds(client, send, agreement):
    assert f'href="{NEW}"' in client.get("/2023-2024/overenskommelse/").content.decode()

    send(NEW, title=TITLE, **PERIOD)

    following = Agreement.objects.get(slug="2025-2026")
    assert (following.predecessor, following.declaration) == (agreement, agreement.declaration)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": ""}, {"title": ["Skriv överenskommelsens rubrik."]}),
        ({"ends_on": "2024-12-31"}, {"ends_on": ["Slutdatum ska vara efter startdatum."]}),
        (
            {"starts_on": "1025-01-01"},
            {"starts_on": ["Skriv ett år mellan 1990 och 2100, till exempel 2024-08-30."]},
        ),
        (
            {"starts_on": "2023-05-01", "ends_on": "2024-06-30"},
            {"starts_on": ["Det finns redan en överenskommelse för 2023–2024."]},
        ),
    ],
)
def test_what_does_not_hold_is_told_and_kept(fields, wrong, send):
    AgreementFactory()

    response = send(NEW, **{"title": TITLE} | PERIOD | fields)

    assert faults(response) == wrong
    assert Agreement.objects.count() == 1


def test_the_first_administrator_is_led_to_what_others_need(client_for, admin):
    desk = client_for(admin)
    page = desk.get("/administration/").content.decode()
    assert '<a href="/administration/konton/ny/">Bjud in en samordnare</a>' in page
    assert '<a href="/administration/parter/ny/">Lägg till parterna</a>' in page

    UserFactory(coordinator=True)
    PartyFactory()

    assert "Kom igång" not in desk.get("/administration/").content.decode()
