"""Excel and CSV files keep every value what it was, and a spreadsheet sends it back unchanged."""

import codecs
import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from samverkan.lib.spreadsheets import Sheet, as_text, escaped, read, unescaped, write_csv, write_xlsx
from samverkan.lib.spreadsheets.xlsx_files import CUT, MAX_CELL, decoded, fitting

FORMULAS = [
    "=1+1",
    "+46 8 535 300 00",
    "-5 grader",
    "@SUMMA(A1)",
    "\t=1",
    "\rtext",
    "\ttext",
    " =1",
    "\u00a0=1",
    '"=1"',
    "'=1",
    "''=1",
    "”=1”",
    "\ufeff=1",
    "\x00=1",
    "\n@a",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "=cmd|' /C calc'!A0",
]
ORDINARY = [
    "",
    "Belysning",
    "'tis",
    "'",
    "a=b",
    "1-2",
    "–5 grader",
    "_x0041_",
    "_x005F_x0041_",
    "#N/A",
    "#DIV/0!",
    "Rad 1\nRad 2",
    "a\r\nb\rc",
    " inåt ",
    "a;b,c\td",
    'Säg "hej"',
    "\x01\x1f",
    "_x0041\x01",
    "\ufffe\uffff",
    "😀",
    "0012",
    "2024-01-01",
    "<r>fet</r>",
    "<r><t>fet</t></r></is></c><c><f>1+1</f></c><c><is><r></r>",
    "{=1+1}",
    "https://example.com/",
]
NOON = datetime.fromisoformat("2024-08-31 12:00")
TEXTS = st.text() | st.text(alphabet="'\"=+-@\t\r\n ;,_x05F4A\x01", max_size=12)


def as_xlsx(*sheets):
    file = io.BytesIO()
    write_xlsx(file, *sheets)
    return file.getvalue()


def as_csv(sheet):
    file = io.BytesIO()
    write_csv(file, sheet)
    return file.getvalue()


def cells(content):
    return [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2)]


# --- Formulas ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_what_could_be_a_formula_is_escaped(text):
    assert escaped(text) == f"'{text}"
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", ORDINARY, ids=ascii)
def test_other_texts_stay_as_they_are(text):
    assert escaped(text) == text
    assert unescaped(text) == text


@given(text=TEXTS)
@example("'" * 3 + "=")
def test_escaping_can_be_taken_back(text):
    assert unescaped(escaped(text)) == text


@pytest.mark.parametrize("text", FORMULAS + [one for one in ORDINARY if one], ids=ascii)
def test_a_cell_in_excel_is_a_text(text):
    cell = cells(as_xlsx(Sheet("Blad", ["Namn"], [[text]])))[0]
    assert cell.data_type == "s"
    assert decoded(cell.value) == text
    assert bool(cell.quotePrefix) is (text in FORMULAS)


def test_a_header_is_a_text_too():
    sheet = Sheet("Blad", ["=1+1", "Namn"], [["a", "b"]])
    assert read(as_xlsx(sheet))[0] == ["=1+1", "Namn"]
    assert as_csv(sheet) == codecs.BOM_UTF8 + b"'=1+1;Namn\r\na;b\r\n"


# --- There and back ------------------------------------------------------------------------------------------------


@given(rows=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_texts_come_back_unchanged(rows):
    sheet = Sheet("Blad", ["Ett", "Två", "Tre"], rows)
    kept = [["Ett", "Två", "Tre"], *(row for row in rows if any(row))]
    assert read(as_xlsx(sheet)) == kept
    assert read(as_csv(sheet)) == kept


def with_shared_texts(content):
    """The same workbook as Excel saves it: the texts in a shared list, and their numbers in the cells."""
    file, shared = io.BytesIO(), []

    def share(found):
        shared.append(f"<si>{found[1]}</si>")
        return f't="s"><v>{len(shared) - 1}</v>'

    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            part = re.sub(r't="inlineStr"><is>(.*?)</is>', share, part, flags=re.DOTALL)
            if name.endswith("workbook.xml.rels"):
                rel = (
                    f'<Relationship Id="shared" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/>'
                )
                part = part.replace("</Relationships>", f"{rel}</Relationships>")
            if name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                kind = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
                part = part.replace("</Types>", f"{kind}</Types>")
            new.writestr(name, part)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{"".join(shared)}</sst>')
    return file.getvalue()


def test_texts_come_back_unchanged_when_excel_has_saved_the_file():
    # Except a text that looks like Excel's code for a character: openpyxl drops the escape that says it is none.
    rows = [["Namn"], *([text] for text in FORMULAS + ORDINARY if text and "_x" not in text)]
    content = with_shared_texts(as_xlsx(Sheet("Blad", rows[0], rows[1:])))
    assert b"inlineStr" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert read(content) == rows


def test_numbers_and_days_are_numbers_and_days_in_excel():
    values = [12, Decimal("12.500"), Decimal("-0.125"), 0, date(2024, 8, 31), NOON]
    content = as_xlsx(Sheet("Blad", ["Värde"], [[value] for value in values]))
    assert [cell.data_type for cell in cells(content)] == ["n", "n", "n", "n", "d", "d"]
    assert [row[0] for row in read(content)[1:]] == values
    assert cells(content)[4].number_format == "yyyy-mm-dd"


def test_a_moment_is_told_by_the_clock_here():
    moment = datetime(2024, 8, 31, 22, 30, tzinfo=UTC)
    assert read(as_xlsx(Sheet("Blad", ["När"], [[moment]])))[1] == [
        datetime.fromisoformat("2024-09-01 00:30")
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345678901234567890, "12345678901234567890"),
        (Decimal("NaN"), "NaN"),
        (float("inf"), "inf"),
        (date(1850, 1, 1), "1850-01-01"),
        (True, "ja"),
        (False, "nej"),
        (None, ""),
    ],
)
def test_what_excel_cannot_hold_as_a_number_or_a_day_is_a_text(value, text):
    assert read(as_xlsx(Sheet("Blad", ["A", "B"], [[value, "x"]])))[1] == [text, "x"]


def test_swedish_excel_reads_the_numbers_and_days_of_a_csv_file():
    row = [Decimal("-12.500"), 1200, date(2024, 8, 31), True, None, "två\nrader", "a;b"]
    assert as_csv(Sheet("Blad", list("ABCDEFG"), [row])) == codecs.BOM_UTF8 + (
        'A;B;C;D;E;F;G\r\n-12,5;1200;2024-08-31;ja;;"två\nrader";"a;b"\r\n'.encode()
    )


def test_as_text_says_what_a_form_takes():
    values = [None, "a", True, 3, Decimal("0.50"), 2.5, date(2024, 8, 31), NOON]
    texts = ["", "a", "ja", "3", "0,5", "2,5", "2024-08-31", "2024-08-31 12:00"]
    assert [as_text(value) for value in values] == texts


# --- Long texts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a" * MAX_CELL, "😀" * (MAX_CELL // 2)], ids=["letters", "emoji"])
def test_a_text_that_just_fits_is_whole(text):
    assert read(as_xlsx(Sheet("Blad", ["Text"], [[text]])))[1] == [text]


@pytest.mark.parametrize("character", ["a", "😀", "\x01", "_x0041_"], ids=ascii)
def test_a_text_that_does_not_fit_is_cut_and_says_so(character):
    text = character * (MAX_CELL + 1)
    stored = fitting(text)
    assert len(stored.encode("utf-16-le")) // 2 in range(MAX_CELL - 14, MAX_CELL + 1)
    assert stored.endswith(CUT)
    assert text.startswith(decoded(stored.removesuffix(CUT)))


# --- The workbook --------------------------------------------------------------------------------------------------


def test_the_first_sheet_is_the_table():
    content = as_xlsx(Sheet("Aktiviteter", ["Nr"], [[1]], widths=[6]), Sheet("Om", ["Vad"], [["a"]]))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Aktiviteter", "Om"]
    assert book.worksheets[0].freeze_panes == "A2"
    assert book.worksheets[0].column_dimensions["A"].width == 6
    assert read(content) == [["Nr"], [1]]


def test_rows_are_written_as_they_come():
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield [number, f"text {number}"]

    assert read(as_xlsx(Sheet("Blad", ["Nr", "Text"], rows())))[1:] == [[n, f"text {n}"] for n in range(3)]
    assert seen == [0, 1, 2]


def test_the_parts_are_xml_that_every_parser_takes():
    content = as_xlsx(Sheet("Blad", ["Text"], [[text] for text in FORMULAS + ORDINARY]))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"\r" not in sheet
