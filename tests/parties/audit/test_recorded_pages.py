"""What the log says of files that leave and come in, of internal activities that are opened, and of commands."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from parties.audit import Act
from parties.audit.verifying import verify
from parties.models import AuditEntry, AuditSegment
from samverkan.lib.spreadsheets import Sheet, write_xlsx
from tests.factories import ActivityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
HEADERS = ["E-postadress", "Namn", "Roll"]


def import_accounts(desk, rows):
    content = io.BytesIO()
    write_xlsx(content, Sheet("Konton", HEADERS, rows))
    address = "/administration/konton/importera/"
    shown = desk.post(address, {"file": SimpleUploadedFile("konton.xlsx", content.getvalue())})
    desk.post(address, {"signed": shown.context["signed"]})


def test_a_file_that_makes_administrators_leaves_a_trace_of_each(admin, huge_rep, lasare, client_for):
    rows = [
        ["ny@example.com", "Ny", "Systemadministratör"],
        [lasare.email, lasare.display_name, "Systemadministratör"],
        [huge_rep.email, huge_rep.display_name, "Partsrepresentant"],
    ]
    import_accounts(client_for(admin), rows)

    new, raised, whole = AuditEntry.objects.order_by("pk")
    assert (new.act, ("roll", "", "Systemadministratör") in new.changed) == (Act.ADDED, True)
    assert (raised.act, raised.key) == (Act.ROLE_CHANGED, lasare.pk)
    assert raised.changed == [("roll", "Läsare", "Systemadministratör")]
    assert (whole.act, whole.label) == (Act.IMPORTED, "Konton")
    assert whole.changed == [("nya", "", "1"), ("ändrade", "", "1")]
    assert {entry.account for entry in (new, raised, whole)} == {admin}
    assert {entry.address for entry in (new, raised, whole)} == {"127.0.0.1"}
    assert len({entry.request_id for entry in (new, raised, whole)}) == 1


def test_a_file_that_is_refused_leaves_no_trace(admin, client_for):
    rows = [["ny@example.com", "Ny", "Systemadministratör"], ["ny", "Fel", "Läsare"]]
    content = io.BytesIO()
    write_xlsx(content, Sheet("Konton", HEADERS, rows))
    client_for(admin).post(
        "/administration/konton/importera/",
        {"file": SimpleUploadedFile("konton.xlsx", content.getvalue())},
    )
    assert not AuditEntry.objects.exists()


# The page, who opens it, and what the entry says.
FILES = {
    "/2023-2024/aktiviteter/export.xlsx": ("huge_rep", "priorities.agreement", ".xlsx"),
    "/2023-2024/aktiviteter/export.csv": ("huge_rep", "priorities.agreement", ".csv"),
    "/2023-2024/rapporter/uppfoljning.pdf?per=2024-08-31": ("handlaggare", "priorities.agreement", ".pdf"),
    "/administration/konton/export.xlsx": ("admin", "", "Konton (xlsx)"),
    "/administration/parter/export.csv": ("admin", "", "Parter (csv)"),
}


@pytest.mark.parametrize("address", FILES)
def test_a_file_that_leaves_is_recorded(address, agreement, huge_rep, handlaggare, admin, client_for):
    who, about, ending = FILES[address]
    user = {"huge_rep": huge_rep, "handlaggare": handlaggare, "admin": admin}[who]

    assert client_for(user).get(address).status_code == 200

    entry = AuditEntry.objects.get()
    assert (entry.act, entry.account, entry.about) == (Act.EXPORTED, user, about)
    assert entry.label.endswith(ending)


def test_a_file_with_internal_activities_says_how_many(agreement, samordnare, client_for):
    ActivityFactory(internal=True), ActivityFactory(title="Öppen")
    client_for(samordnare).get("/2023-2024/aktiviteter/export.csv")
    assert AuditEntry.objects.get(act=Act.EXPORTED).changed == [("varav interna", "", "1")]


PAGES = ("", "historik/", "folj-upp/", "redigera/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("is_internal", [True, False])
def test_who_opens_an_internal_activity_is_recorded(page, is_internal, samordnare, agreement, client_for):
    activity = ActivityFactory(internal=is_internal)

    assert client_for(samordnare).get(f"{activity.get_absolute_url()}{page}").status_code == 200

    entries = AuditEntry.objects.filter(act=Act.READ_INTERNAL, account=samordnare, key=activity.pk)
    assert entries.count() == is_internal


def test_an_internal_activity_in_the_administration_is_recorded(admin, agreement, client_for):
    activity = ActivityFactory(internal=True)
    client_for(admin).get(f"/administration/aktiviteter/{activity.pk}/")
    assert AuditEntry.objects.get().act == Act.READ_INTERNAL


# --- Commands ----------------------------------------------------------------------------------------------
def test_a_command_is_told_by_its_name(db):
    call_command("agreement", "2025-2026", title="Nästa", starts="2025-01-01", ends="2026-12-31")
    assert set(AuditEntry.objects.values_list("command", "account", "address")) == {("agreement", None, "")}


def test_the_daily_command_seals_the_log(db, huge_rep, client_for, agreement):
    client_for(huge_rep).get("/2023-2024/aktiviteter/export.csv")
    call_command("remind")
    assert AuditSegment.objects.get().entries == 1
    assert verify().unsealed == 0
