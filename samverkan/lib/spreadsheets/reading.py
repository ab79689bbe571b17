"""Reads the table in an uploaded file. The result is rows, or UnreadableFile with one sentence."""

import codecs
import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from samverkan.lib.numbers import written
from samverkan.lib.spreadsheets.values import Value, unescaped
from samverkan.lib.spreadsheets.xlsx_files import MAX_CELL, decoded

NumberedRow = tuple[int, list[Value]]

MAX_BYTES = 10_000_000
MAX_UNPACKED_BYTES = 100_000_000
MAX_ROWS, MAX_COLUMNS = 20_000, 200
MAX_XLSX_CELLS = (
    400_000  # also empty ones that only have a look: each takes as long to read as one that says something
)
LAST_ROW = 1_048_576  # Excel's own; a file that names a later one was not made by it

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")

TOO_LARGE = "Filen är för stor. Den får vara högst 10 MB."
TOO_MANY = f"Tabellen är för stor. Den får ha högst {written(MAX_ROWS)} rader och {MAX_COLUMNS} kolumner."
TOO_FULL = (
    f"Arbetsboken har mer än {written(MAX_XLSX_CELLS)} celler, också tomma celler med färg eller ramar. "
    "Kopiera tabellen till en ny arbetsbok och välj den."
)
EMPTY = "Filen är tom."
ENCRYPTED = "Filen är skyddad med lösenord. Ta bort lösenordet i Excel och välj filen igen."
OLD = "Filen är i ett äldre Excel-format. Spara den som Excel-arbetsbok (.xlsx) och välj den filen."
BROKEN = "Filen är skadad eller inte hel. Spara den på nytt och välj den igen."
NO_TABLE = "Filen är inget kalkylblad. Välj en Excel-fil (.xlsx) eller en CSV-fil."
FORMULA = "Cellen {} är en formel. Kopiera den och klistra in den som värde."
TOO_LONG = f"En cell har mer än {written(MAX_CELL)} tecken, och så lång blir ingen cell i Excel. Korta den."
UNFINISHED = "CSV-filen är inte hel: ett citattecken saknas. Spara den på nytt och välj den igen."


class UnreadableFile(ValueError):
    """The file has no table that can be read. The message is a sentence in Swedish."""


def read(content: bytes) -> list[list[Value]]:
    """The non-empty rows of the first sheet or the CSV file, headers first, padded to the same width.

    Excel cells are text, int, Decimal, bool, date or datetime; a formula is its last result. CSV cells are texts.
    Raises UnreadableFile.
    """
    return [row for _, row in read_numbered(content)]


def read_numbered(content: bytes) -> list[NumberedRow]:
    """The same rows, each with the number that Excel shows beside it. Raises UnreadableFile."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(TOO_LARGE)
    if content.startswith(_OLE):
        raise UnreadableFile(ENCRYPTED if _ENCRYPTED in content else OLD)
    rows = _xlsx(content) if content.startswith(_ZIP) else _tidy(enumerate(_csv(content), 1))
    if not rows:
        raise UnreadableFile(EMPTY)
    return rows


def refuse_formulas(content: bytes) -> None:
    """Raises UnreadableFile for a formula in an Excel file, whose last result may be old. CSV files have none."""
    if not content.startswith(_ZIP):
        return
    for row in _cells(content, results=False):
        if formula := next((cell for cell in row if cell.data_type == "f"), None):
            raise UnreadableFile(FORMULA.format(formula.coordinate))


def _tidy(rows: Iterable[NumberedRow]) -> list[NumberedRow]:
    kept: list[NumberedRow] = []
    for number, row in rows:
        while row and row[-1] in {"", None}:
            row.pop()
        if len(row) > MAX_COLUMNS or len(kept) > MAX_ROWS:  # the headers are not counted
            raise UnreadableFile(TOO_MANY)
        if row:
            kept.append((number, row))
    width = max((len(row) for _, row in kept), default=0)
    return [(number, row + [""] * (width - len(row))) for number, row in kept]


# --- Excel -------------------------------------------------------------------------------------------------------


def _xlsx(content: bytes) -> list[NumberedRow]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names, unpacked = set(parts.namelist()), sum(part.file_size for part in parts.infolist())
            is_encrypted = any(part.flag_bits & 1 for part in parts.infolist())
            is_full = not is_encrypted and unpacked <= MAX_UNPACKED_BYTES and _has_too_many_cells(parts)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableFile(BROKEN) from error
    if is_encrypted:
        raise UnreadableFile(ENCRYPTED)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableFile(TOO_LARGE)
    if is_full:
        raise UnreadableFile(TOO_FULL)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableFile(NO_TABLE)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about pictures, rules and styles that it does not know.
            warnings.simplefilter("ignore")
            return _tidy(_first_sheet(content))
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(BROKEN) from error


def _has_too_many_cells(parts: zipfile.ZipFile) -> bool:
    """Counts the marks of cells in all sheets, which is a hundred times faster than to read them."""
    found = 0
    for name in parts.namelist():
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with parts.open(name) as sheet:
                while found <= MAX_XLSX_CELLS and (some := sheet.read(1_000_000)):
                    found += len(_CELL.findall(some))
    return found > MAX_XLSX_CELLS


def _first_sheet(content: bytes) -> Iterator[NumberedRow]:
    rows = _cells(content, results=True, max_col=MAX_COLUMNS + 1)
    before: Any = None
    for number, row in enumerate(rows, 1):
        is_gap = row is before  # openpyxl fills a gap with one and the same row
        before = row
        if not is_gap and any(cell.value is not None for cell in row):
            yield number, [_plain(cell.value) for cell in row]


def _cells(content: bytes, *, results: bool, **options: Any) -> Iterator[Any]:
    """The rows of the first sheet. `results` gives formulas as their last result, otherwise as the formula."""
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=results)
    sheet: Any = next(iter(book.worksheets), None)
    if sheet is None:
        raise UnreadableFile(NO_TABLE)
    sheet.reset_dimensions()  # the size in the file is not always right
    yield from sheet.iter_rows(max_row=LAST_ROW, **options)


def _plain(value: Any) -> Value:
    match value:
        case None:
            return ""
        case bool() | int():
            return value
        case float():
            return int(value) if value.is_integer() else Decimal(repr(value))
        case datetime() if value.time() == time():
            return value.date()
        case datetime() | date():
            return value
        case _:
            return decoded(str(value))


# --- CSV ---------------------------------------------------------------------------------------------------------


def _csv(content: bytes) -> Iterator[list[Value]]:
    text = _text(content)
    first, _, rest = text.partition("\n")
    if found := re.fullmatch(r"sep=(.)\r?", first):  # Excel's own way of saying it
        text, delimiter = rest, found[1]
    else:
        delimiter = max(";,\t", key=lambda one: _columns(text, one))
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if any(len(cell) > MAX_CELL for cell in row):
                raise UnreadableFile(TOO_LONG)
            yield [unescaped(cell) for cell in row]
    except csv.Error as error:
        raise UnreadableFile(UNFINISHED) from error


def _columns(text: str, delimiter: str) -> int:
    """The number of headers when split at the delimiter; 0 when that fails."""
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return len(next(islice(filter(None, lines), 1), []))
    except csv.Error:
        return 0


def _text(content: bytes) -> str:
    """Decodes UTF-8 or UTF-16 by the byte order mark; without one UTF-8, or else cp1252, which Excel on Windows writes."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableFile(BROKEN) from error
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _NO_TEXT.search(text):
            return text
    raise UnreadableFile(NO_TABLE)
