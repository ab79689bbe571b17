"""What was signed, attached and decided is corrected in sight: the earlier value stays, and a file is the one recorded."""

from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from priorities.models import Agreement, AgreementAttachment
from samverkan.lib import locks
from samverkan.locks import LOCKS
from tests.factories import (
    AgreementAttachmentFactory,
    DeclarationAttachmentFactory,
    MembershipFactory,
    SignatoryFactory,
)
from tests.support.locked_rows import refused

pytestmark = pytest.mark.django_db

SIGN = "/2025-2026/underskrifter/"
HUGE, THIRD = f"{SIGN}?part=huge", f"{SIGN}?bilaga=3"
FIRST, SECOND = b"%PDF-1.7\nDet som undertecknades\n%%EOF\n", b"%PDF-1.7\nNagot annat\n%%EOF\n"
KEPT = "Det som har skrivits om något fastställt tas inte bort, och det ändras bara om det finns kvar i historiken."
GONE = "Filen är inte den som lades in här, och lämnas därför inte ut."


@pytest.fixture
def adopted(draft):
    Agreement.objects.filter(pk=draft.pk).update(status="adopted")
    return draft


def links_on(page):
    return [part.split('"')[0] for part in page.split('href="')[1:] if "/tidigare/" in part.split('"')[0]]


def test_a_corrected_signature_shows_what_it_was_and_keeps_the_signed_file(client, send, adopted, pdf):
    send(HUGE, signed_on="2024-09-10", title="VD", file=pdf(FIRST))
    send(HUGE, signed_on="2024-09-11", title="Verkställande direktör", file=pdf(SECOND))

    page = client.get(SIGN).content.decode()

    assert "Undertecknad 11 september 2024, Verkställande direktör" in page
    assert "Undertecknad 10 september 2024, VD. Ändrat 30 september 2024 av Samordnare trygghet" in page
    (earlier,) = links_on(page)
    assert b"".join(client.get(earlier).streaming_content) == FIRST


def test_a_replaced_attachment_keeps_its_earlier_file(client, send, adopted, pdf):
    send(f"{SIGN}?bilaga=ny", number="3", title="Karta", file=pdf(FIRST))
    send(THIRD, title="Ny karta", file=pdf(SECOND))

    page = client.get(SIGN).content.decode()

    assert "Bilaga 3. Karta. Ändrat 30 september 2024" in page
    (earlier,) = links_on(page)
    assert b"".join(client.get(earlier).streaming_content) == FIRST


def test_a_signature_that_was_filled_in_for_the_first_time_has_nothing_earlier(client, send, adopted):
    send(HUGE, signed_on="2024-09-10", title="VD")
    assert "Tidigare uppgift" not in client.get(SIGN).content.decode()


def change(table, pk, what):
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET {what} WHERE id = {pk}')  # noqa: S608 -- our own names


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (lambda of: MembershipFactory(agreement=of), "title = 'VD'", "title = 'En annan'"),
        (lambda of: AgreementAttachmentFactory(agreement=of), "file = 'a.pdf'", "file = 'b.pdf'"),
        (
            lambda of: SignatoryFactory(declaration=of.declaration),
            "signed_on = '2022-12-01'",
            "signed_on = NULL",
        ),
        (lambda of: DeclarationAttachmentFactory(declaration=of.declaration), "title = 'A'", "title = 'B'"),
        (lambda of: of.declaration.matter, "section = '§ 7'", "section = '§ 8'"),
    ],
    ids=["a signature", "an attachment", "a signatory", "an attachment of the declaration", "a matter"],
)
def test_nothing_that_is_not_kept_is_overwritten_not_even_with_sql(agreement, make, first, second):
    row = make(agreement)
    table = row._meta.db_table
    change(table, row.pk, first)  # what the row had is kept
    refused(lambda: change(table, row.pk, second), KEPT)  # what it has now is not


def test_a_draft_is_not_locked(draft):
    membership = MembershipFactory(agreement=draft)
    change("priorities_agreementparty", membership.pk, "title = 'VD'")
    change("priorities_agreementparty", membership.pk, "title = 'En annan'")
    membership.delete()


@pytest.fixture
def attachment(agreement):
    return AgreementAttachmentFactory(number=3, title="Karta", file=ContentFile(FIRST, name="karta.pdf"))


def overwrite(file, content):
    with file.storage.open(file.name, "wb") as stored:
        stored.write(content)


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(
    agreement, attachment, lasare, client_for, caplog
):
    address = "/2023-2024/overenskommelse/bilagor/3/"
    reader = client_for(lasare)
    assert b"".join(reader.get(address).streaming_content) == FIRST
    overwrite(attachment.file, SECOND)

    answer = reader.get(address)

    assert answer.status_code == 404
    assert GONE in answer.content.decode()
    assert f"{attachment.file.name} has changed" in caplog.text


def test_the_command_names_every_file_that_is_not_the_one_recorded(agreement, attachment, capsys):
    call_command("audit", "files")
    assert capsys.readouterr().out == "Alla uppladdade filer är de som lades in.\n"
    missing = MembershipFactory(agreement=agreement)
    missing.file.save("x.pdf", ContentFile(FIRST))
    missing.file.storage.delete(missing.file.name)
    overwrite(attachment.file, SECOND)
    with pytest.raises(CommandError) as told:
        call_command("audit", "files")
    assert set(str(told.value).removesuffix(".").split("; ")) == {
        f"{missing.file.name} saknas",
        f"{attachment.file.name} är inte den som lades in",
    }


class Editor:
    """What a migration is given, for one that only asks for the database and runs statements."""

    connection = connection

    def execute(self, sql):
        connection.check_constraints()  # PostgreSQL alters no table while its own new rows wait to be checked
        with connection.cursor() as cursor:
            cursor.execute(sql)


def test_what_was_there_before_gets_its_first_record_and_digest(agreement, attachment):
    """As the migrations find it: no history and no digest."""
    membership = MembershipFactory(agreement=agreement)
    membership.title = "VD"
    membership.save()
    made = [membership, SignatoryFactory(), DeclarationAttachmentFactory(), agreement.declaration.matter]
    connection.check_constraints()  # PostgreSQL alters no table while constraints wait to be checked
    locks.lift(connection)
    for row in (*made, attachment):
        type(row).history.model.objects.all().delete()
    AgreementAttachment.objects.update(digest="")
    connection.check_constraints()

    import_module("parties.migrations.0012_papers_as_they_are").papers_of_declarations(apps, Editor())
    import_module("priorities.migrations.0005_papers_as_they_are").papers_of_agreements(apps, Editor())

    for row in (*made, attachment):
        assert row.past.get().history_type == "+"
    assert membership.past.get().title == "VD"
    attachment.refresh_from_db()
    assert attachment.digest == attachment.past.get().digest == sha256(FIRST).hexdigest()
    connection.check_constraints()
    locks.install(connection, LOCKS)
