"""Whatever file somebody chooses, the answer is its rows or one message that says what to do."""

import codecs
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samverkan.lib.spreadsheets import Sheet, UnreadableFile, read, reading, write_csv, write_xlsx

PARTIES = [["Namn", "Kortnamn"], ["Räddningstjänsten; Södertörn", "Brandförsvaret"]]


def workbook(rows=PARTIES):
    file = io.BytesIO()
    write_xlsx(file, Sheet("Parter", rows[0], rows[1:]))
    return file.getvalue()


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def sentence(content):
    with pytest.raises(UnreadableFile) as refusal:
        read(content)
    return str(refusal.value)


WHOLE = workbook()
SEMICOLONS = 'Namn;Kortnamn\r\n"Räddningstjänsten; Södertörn";Brandförsvaret\r\n'
COMMAS = 'Namn,Kortnamn\nRäddningstjänsten; Södertörn,"Brandförsvaret"\n\n,\n'
TABS = "Namn\tKortnamn\r\nRäddningstjänsten; Södertörn\tBrandförsvaret"


@pytest.mark.parametrize(
    "content",
    [
        SEMICOLONS.encode(),
        SEMICOLONS.encode("utf-8-sig"),
        SEMICOLONS.encode("cp1252"),
        ("sep=;\r\n" + SEMICOLONS).encode("cp1252"),
        COMMAS.encode(),
        COMMAS.encode("cp1252"),
        TABS.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABS.encode("utf-16-be"),
        workbook(),
        workbook([*PARTIES[:1], ["", ""], *PARTIES[1:], ["", ""]]),
    ],
    ids=[
        "utf8",
        "bom",
        "cp1252",
        "sep",
        "commas",
        "commas-cp1252",
        "utf16",
        "utf16-be",
        "xlsx",
        "xlsx-blank",
    ],
)
def test_a_table_is_read_however_it_was_saved(content):
    assert read(content) == PARTIES


def test_rows_are_as_wide_as_the_widest():
    assert read(b"A;B\n1\n1;2;3") == [["A", "B", ""], ["1", "", ""], ["1", "2", "3"]]


def test_one_column_is_a_table():
    assert read(b"Namn\nHuge") == [["Namn"], ["Huge"]]


def test_a_formula_of_somebodys_gives_its_last_result_and_is_never_worked_out():
    book = openpyxl.Workbook()
    book.active.append(["Namn", "Summa"])
    book.active.append(["Huge", "=1+1"])
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()) == [["Namn", "Summa"], ["Huge", ""]]


def test_a_cell_far_down_is_read_without_all_that_is_empty_above_it():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A900000"] = "Namn", "Huge"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()) == [["Namn"], ["Huge"]]


def test_a_row_that_no_sheet_has_costs_nothing_and_is_not_waited_for():
    """A hundred million empty rows took a minute."""
    parts = zipfile.ZipFile(io.BytesIO(workbook([["Namn"], ["Huge"]])))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<row r="2"', b'<row r="100000000"').replace(
                    b'"A2"', b'"A100000000"'
                )
                assert b"100000000" in content
            book.writestr(name, content)
    assert read(made.getvalue()) == [["Namn"]]


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"", reading.EMPTY),
        (b"\n \n;\n", None),
        (b"\r\n;;\r\n", reading.EMPTY),
        (codecs.BOM_UTF8, reading.EMPTY),
        (workbook([["", ""]]), reading.EMPTY),
        (workbook()[:-200], reading.BROKEN),
        (workbook()[:300], reading.BROKEN),
        (b"PK", reading.BROKEN),
        (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), reading.NO_TABLE),
        (zipped(**{"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}), reading.NO_TABLE),
        (zipped(**{"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), reading.BROKEN),
        (zipped(**{"[Content_Types].xml": "<a", "xl/workbook.xml": "<a/>"}), reading.BROKEN),
        (b"\xd0\xcf\x11\xe0 gammal", reading.OLD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), reading.ENCRYPTED),
        (b"\x89PNG\r\n\x1a\n\x00\x00", reading.NO_TABLE),
        (b"Namn;\x81\xff", reading.NO_TABLE),
        (codecs.BOM_UTF8 + b"Namn;\xc3", reading.BROKEN),
        (codecs.BOM_UTF16_LE + b"N\x00a", reading.BROKEN),
        (b'Namn;Kortnamn\n"Huge;Hu', reading.UNFINISHED),
        (b"Namn\n" + b"a" * 40_000, reading.TOO_LONG),
        (b"a" * (reading.MAX_BYTES + 1), reading.TOO_LARGE),
        (zipped(**{"xl/a": b"0" * (reading.MAX_UNPACKED_BYTES + 1)}), reading.TOO_LARGE),
        (b"a\n" * (reading.MAX_ROWS + 2), reading.TOO_MANY),
        (b";" * reading.MAX_COLUMNS + b"a", reading.TOO_MANY),
        (workbook([["a"] * (reading.MAX_COLUMNS + 1)]), reading.TOO_MANY),
    ],
    ids=lambda value: None if isinstance(value, str) else ascii(value[:12]) if value else "nothing",
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(content, answer):
    if answer is None:
        assert read(content) == [[" "]]
    else:
        assert sentence(content) == answer


def with_empty_cells(count):
    """A workbook with that many cells, which have a look and say nothing."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook([["Namn"], ["Huge"]]))) as parts,
        zipfile.ZipFile(made, "w") as book,
    ):
        for name in parts.namelist():
            content = parts.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b'<row r="9">' + b'<c s="1"/>' * count + b"</row></sheetData>"
                )
            book.writestr(name, content)
    return made.getvalue()


def test_cells_that_only_have_a_look_are_counted_before_they_are_read():
    assert sentence(with_empty_cells(reading.MAX_XLSX_CELLS)) == reading.TOO_FULL
    assert read(with_empty_cells(100)) == [["Namn"], ["Huge"]]


def test_a_zip_with_a_password_is_refused():
    content = bytearray(workbook())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 1)
    assert sentence(bytes(content)) == reading.ENCRYPTED


def test_as_many_rows_as_allowed_are_read():
    assert len(read(b"a\n" * (reading.MAX_ROWS + 1))) == reading.MAX_ROWS + 1


@given(content=st.binary(max_size=200))
def test_no_bytes_break_the_reader(content):
    try:
        assert read(content)
    except UnreadableFile as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either answer is right


@given(data=st.data())
def test_no_damage_to_a_workbook_breaks_the_reader(data):
    content = bytearray(WHOLE)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        content[at] ^= data.draw(st.integers(1, 255))
    try:
        assert read(bytes(content))
    except UnreadableFile as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either answer is right


def test_what_we_write_is_read():
    file = io.BytesIO()
    write_csv(file, Sheet("Parter", PARTIES[0], PARTIES[1:]))
    assert read(file.getvalue()) == PARTIES
