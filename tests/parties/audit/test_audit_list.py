"""*Ändringslogg* in the administration: filters, the page of an entry, and the export, which records itself."""

import pytest

from parties import audit
from parties.accounts.actions import change_user
from parties.audit import Act, administration
from parties.models import AuditEntry
from parties.roles import Role
from samverkan.lib import clock
from samverkan.lib.spreadsheets import read
from tests.factories import PlaceFactory
from tests.support.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LOG = "/administration/andringslogg/"


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


@pytest.fixture
def entries(admin, samordnare, huge_rep, lasare, huge):
    """The newest last: a role, a party, a place, a sign-in and a failed one."""
    change_user(by=admin, user=lasare, role=Role.OFFICIAL)
    audit.record(Act.CHANGED, by=admin, of=huge, changes=[("namn", "Huge", "Huge AB")])
    audit.record(Act.ADDED, by=samordnare, of=PlaceFactory(name="Vårby"))
    audit.record(Act.SIGNED_IN, by=huge_rep)
    audit.record(Act.SIGN_IN_FAILED, by=None)
    return list(AuditEntry.objects.order_by("pk"))


def places(desk, entries, query):
    """The places of the shown entries in the fixture, oldest first."""
    shown = desk.get(f"{LOG}?{query}").context["cl"].result_list
    return sorted([each.pk for each in entries].index(row.pk) for row in shown)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [0, 1, 2, 3, 4]),
        ("handelse=role_changed", [0]),
        ("handelse=signed_in", [3]),
        ("galler=parties.party", [1]),
        ("galler=parties.party:999", []),
        ("galler=parties.party:x", []),
        ("galler=finns.inte", []),
        ("galler=%00", []),
        ("fran=0001-01-01", [0, 1, 2, 3, 4]),
        ("handelse=finns-inte", [0, 1, 2, 3, 4]),
        ("account__id__exact={samordnare.pk}", [2]),
        ("party__id__exact={huge.pk}", [3]),
        ("party__id__exact={huge.pk}&handelse=changed", []),
        ("galler=parties.user:{lasare.pk}", [0]),
        ("fran=2024-09-30&till=2024-09-30", [0, 1, 2, 3, 4]),
        ("fran=2024-10-01", []),
        ("till=2024-09-29", []),
        ("till=9999-12-31", [0, 1, 2, 3, 4]),
    ],
)
def test_a_filter_shows_its_entries(query, expected, desk, entries, samordnare, huge, lasare):
    query = query.format(samordnare=samordnare, huge=huge, lasare=lasare)
    assert places(desk, entries, query) == expected


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("fran=igår-ish", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("till=2024-13-40", "Det finns ingen månad 13. Skriv ett datum som 2024-08-30."),
        ("fran=x&till=y", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
        ("fran=%00", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
    ],
)
def test_a_day_that_cannot_be_read_gets_a_sentence_and_what_was_typed_stays(days, sentence, desk, entries):
    page = desk.get(f"{LOG}?{days}&handelse=signed_in").content.decode()
    assert page.count(sentence) == 1
    assert 'name="handelse" value="signed_in"' in page


def test_the_list_says_who_what_and_in_which_role(desk, entries):
    page = desk.get(LOG).content.decode()
    assert "5 poster." in page
    for text in ("Ändrade roll", "Systemförvaltare", "Plats: Vårby", "Ej inloggad", "Partsrepresentant"):
        assert text in page


def test_the_page_of_an_entry_has_every_change_with_both_values(desk, entries, lasare):
    response = desk.get(f"{LOG}{entries[0].pk}/")
    page = response.content.decode()
    assert response.context["tables"][0]["rows"] == [("roll", "Läsare", "Handläggare")]
    assert f"Konto: {lasare.display_name}" in page
    assert entries[0].digest in page
    assert f'href="{LOG}?galler=parties.user:{lasare.pk}"' in page


def test_who_stood_in_for_whom_is_shown_by_name(desk, huge_rep, polis_rep):
    entry = audit.record(Act.SIGNED_IN, by=huge_rep)
    AuditEntry.objects.bulk_create(
        [AuditEntry(at=clock.now(), act=Act.SIGNED_IN, account=huge_rep, deputy_for=f"{polis_rep.pk},999")]
    )
    page = desk.get(f"{LOG}{entry.pk + 1}/").content.decode()
    assert "Kommunpolis, Konto 999" in page


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_export_has_what_the_list_shows_and_records_itself(ending, desk, entries, admin):
    response = desk.get(f"{LOG}export.{ending}?handelse=role_changed")

    headers, *rows = read(response.content)
    line = dict(zip(headers, rows[0], strict=True))
    assert len(rows) == 1
    assert (line["Händelse"], line["Roll"], line["Ändringar"]) == (
        "Ändrade roll",
        "Systemadministratör",
        "roll: Läsare → Handläggare",
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.act, entry.account) == (Act.EXPORTED, admin)
    assert entry.changed == [("urval", "", "handelse=role_changed"), ("poster", "", "1")]


def test_a_selection_that_is_too_large_is_refused_with_a_sentence(desk, entries, monkeypatch):
    monkeypatch.setattr(administration, "MOST", 2)
    response = desk.get(f"{LOG}export.xlsx?till=2024-09-30", follow=True)
    assert response.redirect_chain[0][0].endswith("?till=2024-09-30")
    assert "Välj en kortare tid" in response.content.decode()


def test_counting_stops_at_a_ceiling(desk, entries, monkeypatch):
    monkeypatch.setattr(administration, "CAP", 3)
    monkeypatch.setattr(administration.AuditAdmin, "cap", 3)
    assert "Minst 3 poster" in desk.get(LOG).content.decode()


def test_the_list_asks_the_same_however_long_it_is(desk, admin, entries):
    few = queries_of(desk, LOG)
    for _ in range(60):
        audit.record(Act.SIGNED_IN, by=admin)
    assert len(queries_of(desk, LOG)) == len(few) <= 12


def test_nothing_is_changed_there(desk, entries):
    assert desk.post(f"{LOG}{entries[0].pk}/", {"act": "removed"}).status_code == 405
    assert desk.get(f"{LOG}ny/").status_code == 404


def test_an_entry_about_what_is_gone_is_shown_as_it_is_stored(desk):
    odd = AuditEntry(
        at=clock.now(), act=Act.CHANGED, about="rum.borta", key=3, deputy_for="x,", changes="[1]"
    )
    odd.save()
    assert "rum.borta" in desk.get(LOG).content.decode()
    assert desk.get(f"{LOG}{odd.pk}/").context["tables"][0]["rows"] == [("", "", "[1]")]
