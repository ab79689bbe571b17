"""Whatever file an administrator chooses, the answer is its content or a message that says what to do."""

import codecs
import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parties.models import User
from samverkan.lib.spreadsheets import Sheet, reading, write_xlsx
from samverkan.lib.tables import importer
from samverkan.lib.tables.table import TOO_MANY

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESS = "/administration/konton/importera/"
HEADERS = ["E-postadress", "Namn", "Roll"]
ROW = ["ny@example.com", "Fältassistent", "Läsare"]
CSV = "E-postadress;Namn;Roll\r\nny@example.com;Fältassistent;Läsare\r\n"


def workbook(*rows, headers=HEADERS) -> bytes:
    content = io.BytesIO()
    write_xlsx(content, Sheet("Konton", headers, rows))
    return content.getvalue()


def with_formula() -> bytes:
    book = openpyxl.Workbook()
    for row in (HEADERS, [ROW[0], '=CONCATENATE("a";"b")', ROW[2]]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def without_sheets() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        parts.writestr("hej.txt", "hej")
    return content.getvalue()


def bomb() -> bytes:
    """A file that is small to send but larger than the memory when unpacked."""
    content = io.BytesIO(workbook(ROW))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet9.xml", b" " * (reading.MAX_UNPACKED_BYTES + 1))
    return content.getvalue()


WHOLE = workbook(ROW)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
MANY = "".join(f"k{n}@example.com;Namn;Läsare\n" for n in range(100_000))
FILES = {
    "empty": (b"", "Filen är tom."),
    "blank": (b"\r\n\r\n;;\r\n", "Filen är tom."),
    "headers only": (workbook(), "Filen har rubriker men inga rader."),
    "an image": (PNG, reading.NO_TABLE),
    "another zip": (without_sheets(), reading.NO_TABLE),
    "half a file": (WHOLE[: len(WHOLE) // 2], reading.BROKEN),
    "an old Excel file": (OLE, reading.OLD),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), reading.ENCRYPTED),
    "half a quote": (b'E-postadress;Namn;Roll\n"ny@example.com;Namn', reading.UNFINISHED),
    "half of UTF-8": (codecs.BOM_UTF8 + CSV.encode() + b"\xc3", reading.BROKEN),
    "neither encoding": (CSV.encode("cp1252") + b"\x81\xff;x;y", reading.NO_TABLE),
    "NUL": (CSV.encode() + b"a\x00b;c;d", reading.NO_TABLE),
    "NUL in a cell": (
        workbook(["a@example.com", "a\x00b", "Läsare"]),
        "Filen innehåller ett tecken som inte går att spara. Skriv om texten i Excel.",
    ),
    "a formula": (with_formula(), "Cellen B2 är en formel. Kopiera den och klistra in den som värde."),
    "an unpacked bomb": (bomb(), reading.TOO_LARGE),
    "more than 5 MB": (b"x" * 5_000_001, "Filen är för stor. Den får vara högst 5 MB."),
    "5,001 rows": (workbook(*[ROW] * 5_001), TOO_MANY),
    "100,000 rows": ((CSV + MANY).encode(), reading.TOO_MANY),
    "a column that is missing": (workbook(ROW[:2], headers=HEADERS[:2]), "Filen saknar kolumner: Roll. De ska stå på rad 1."),
    "a column that is not known": (
        workbook([*ROW, "7"], headers=[*HEADERS, "Skostorlek"]),
        "Filen har kolumner som inte känns igen: Skostorlek. "  # noqa: ISC004 -- one sentence after the other
        "De som går att läsa in är E-postadress, Namn, Funktion, Part, Enhet, Roll, Aktivt.",
    ),
    "a column twice": (workbook([*ROW, "x"], headers=[*HEADERS, "namn"]), "Kolumnen Namn finns två gånger."),
    "a column without a name": (
        workbook([*ROW[:2], "x", ROW[2]], headers=[*HEADERS[:2], "", HEADERS[2]]),
        "Kolumn 3 har ingen rubrik. Skriv en på rad 1.",
    ),
    "more cells than headers": (workbook([*ROW, "x"]), "Kolumn 4 har ingen rubrik. Skriv en på rad 1."),
}  # fmt: skip


@pytest.fixture
def desk(admin, agreement, client_for):
    return client_for(admin)


def send(desk, content: bytes, name: str = "konton.xlsx"):
    return desk.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("kind", FILES)
def test_a_bad_file_gets_one_sentence(kind, desk):
    content, sentence = FILES[kind]

    response = send(desk, content)

    assert dict(response.context["form"].errors) == {"file": [sentence]}
    assert "Fel: Läs in konton" in response.content.decode()
    assert not User.objects.exclude(email="admin@example.com").exists()


def test_more_than_a_form_can_carry_is_told(desk, monkeypatch):
    monkeypatch.setattr(importer, "MAX_SIGNED", 100)
    assert dict(send(desk, WHOLE).context["form"].errors) == {"file": [importer.TOO_LONG]}


def test_no_file_is_asked_for(desk):
    assert dict(desk.post(ADDRESS).context["form"].errors) == {"file": ["Välj en fil."]}
    assert dict(desk.post(ADDRESS, {"file": "text"}).context["form"].errors) == {"file": ["Välj en fil."]}


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(), CSV.encode("utf-8-sig"), CSV.encode("cp1252"), CSV.encode("utf-16"),
        CSV.replace(";", ",").encode(), CSV.replace(";", "\t").encode("cp1252"), WHOLE,
    ],
    ids=["UTF-8", "UTF-8 with its mark", "cp1252", "UTF-16", "commas", "tabs", "Excel"],
)  # fmt: skip
def test_a_file_is_read_however_it_was_saved_and_whatever_it_is_called(content, desk):
    [line] = send(desk, content, "../../etc/passwd").context["preview"].rows
    assert (line.number, line.kind.value, line.changes[1]) == (2, "Ny", ("Namn", "", "Fältassistent"))


@pytest.mark.parametrize(
    "content",
    [
        workbook(["", "", ""], ["", "", ""], ROW),
        CSV.replace("\r\nny", "\r\n\r\n;;\r\nny").encode(),
        CSV.replace("\r\nny", '\r\n\r\n \r\n"ny').replace("com;", 'com";').encode("cp1252"),
        CSV.replace(";", ",").replace("\r\nny", "\r\n,,\r\n,,\r\nny").encode(),
    ],
    ids=["Excel", "CSV", "quoted", "commas"],
)
def test_a_row_has_the_number_that_excel_shows(content, desk):
    preview = send(desk, content).context["preview"]
    assert [line.number for line in preview.rows] == [4]


def test_numbers_days_and_answers_of_excel_are_read_as_texts(desk):
    book = openpyxl.Workbook()
    book.active.append([*HEADERS, "Funktion", "Aktivt"])
    book.active.append([ROW[0], 2024, "Läsare", 12.5, True])
    content = io.BytesIO()
    book.save(content)

    [line] = send(desk, content.getvalue()).context["preview"].rows

    changes = {label: after for label, _, after in line.changes}
    assert (changes["Namn"], changes["Funktion"], changes["Aktivt"]) == ("2024", "12,5", "Ja")
