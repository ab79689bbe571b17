"""What the log of changes says of rows that came with a file is what it says of those that were written by hand."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parties.models import AuditEntry, Party, User
from samverkan.lib.spreadsheets import Sheet, write_xlsx
from tests.factories import PartyKindFactory, UnitFactory
from tests.support.as_sent import as_sent

pytestmark = pytest.mark.django_db(transaction=True)  # an invitation is sent after the commit

ACCOUNTS, PARTIES = "/administration/konton/", "/administration/parter/"


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def by_hand(desk, where, row=None, **fields):
    page = desk.get(f"{where}{row.pk if row else 'ny'}/")
    sent = as_sent(page.context["adminform"].form) | fields
    sent = {name: value for name, value in sent.items() if value is not None}
    response = desk.post(page.wsgi_request.path, sent)
    assert response.status_code == 302, response.context["adminform"].form.errors


def by_file(desk, where, **cells):
    content = io.BytesIO()
    write_xlsx(content, Sheet("Blad", list(cells), [list(cells.values())]))
    shown = desk.post(f"{where}importera/", {"file": SimpleUploadedFile("lista.xlsx", content.getvalue())})
    assert not shown.context["preview"].faulty, shown.context["preview"].rows
    desk.post(f"{where}importera/", {"signed": shown.context["signed"], "invite": "on"})


def trace(row) -> list[tuple]:
    """Everything that the log says of the row but its key, its name and the moment."""
    entries = AuditEntry.objects.filter(about=row._meta.label_lower, key=row.pk).order_by("pk")
    return [(each.act, each.account_id, each.role, each.party_id, each.changed) for each in entries]


def without_names(entries: list[tuple]) -> list[tuple]:
    """What must differ, since no two parties have the same name."""
    own = {"namn", "kort namn", "adressdel"}
    return [(*entry[:-1], [change for change in entry[-1] if change[0] not in own]) for entry in entries]


def test_an_account_leaves_the_same_trace(desk, huge, polisen):
    unit = UnitFactory(party=huge, name="Uthyrning")

    person = {
        "display_name": "Anna",
        "title": "Chef",
        "party": huge.pk,
        "unit": unit.pk,
        "role": "representative",
    }
    cells = {
        "Namn": "Anna",
        "Funktion": "Chef",
        "Part": "Huge",
        "Enhet": "Uthyrning",
        "Roll": "Partsrepresentant",
    }
    by_hand(desk, ACCOUNTS, email="a-hand@example.com", **person)
    by_file(desk, ACCOUNTS, **{"E-postadress": "A-fil@example.com"} | cells)
    hand, filed = (User.objects.get(email=f"a-{way}@example.com") for way in ("hand", "fil"))
    cells = {"E-postadress": "a-fil@example.com", "Namn": "Anna", "Roll": "Handläggare"}
    by_hand(desk, ACCOUNTS, hand, title="VD", party=polisen.pk, unit="", role="official")
    by_file(desk, ACCOUNTS, **cells | {"Funktion": "VD", "Part": "Polisen", "Enhet": "", "Aktivt": "Ja"})
    by_hand(desk, ACCOUNTS, hand, is_active=None)
    by_file(desk, ACCOUNTS, **cells | {"Aktivt": "Nej"})

    assert [entry[0] for entry in trace(hand)] == ["added", "invited", "role_changed", "closed"]
    assert trace(filed) == trace(hand)


def test_a_party_leaves_the_same_trace(desk):
    kind = {"kind": PartyKindFactory().pk}
    by_hand(desk, PARTIES, name="Hand AB", short_name="Hand", since_year="2016", other_names="handen", **kind)
    cells = {"Slag": "Kommunalt bolag", "Part sedan": "2016", "Andra namn": "handen"}
    by_file(desk, PARTIES, **{"Namn": "Fil AB", "Kort namn": "Fil"} | cells)
    hand, filed = (Party.objects.get(slug=slug) for slug in ("hand", "fil"))
    by_hand(
        desk,
        PARTIES,
        hand,
        kind=PartyKindFactory(name="Statlig myndighet").pk,
        since_year="",
        other_names="den\nen",
    )
    cells = {"Slag": "Statlig myndighet", "Part sedan": "", "Andra namn": "den | en"}
    by_file(desk, PARTIES, **{"Namn": "Fil AB", "Kort namn": "Fil"} | cells)

    assert [entry[0] for entry in trace(hand)] == ["added", "changed"]
    assert ("part sedan", "2016", "") in trace(hand)[1][-1]
    assert without_names(trace(filed)) == without_names(trace(hand))
