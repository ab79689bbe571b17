"""Writes Excel files row by row with XlsxWriter. Texts are typed as text, so that none is read as a formula."""

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from samverkan.lib import clock
from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, is_like_a_formula

MAX_CELL = 32_767  # characters (UTF-16 units) in an Excel cell
CUT = " … [Texten är avkortad: en cell i Excel rymmer högst 32 767 tecken.]"
_FIRST_DAY = date(1900, 3, 1)  # earlier dates are wrong: Excel counts 29 February 1900
_EXACT_DIGITS = 15
_PADDING = 5 / 7  # characters that XlsxWriter adds to a column's width, and that `Sheet.widths` includes
# Characters that XML does not allow are written as `_x000D_` (ECMA-376, ST_Xstring); so is an underscore before such text.
_UNFIT = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_TO_ENCODE = re.compile(f"[{_UNFIT}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNFIT}])")
_ENCODED = re.compile("_x([0-9A-Fa-f]{4})_")


def encoded(text: str) -> str:
    """The text as stored in an Excel file."""
    return _TO_ENCODE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def decoded(text: str) -> str:
    """The reverse of `encoded`."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def fitting(text: str) -> str:
    """The `encoded` text, cut with a note at the end when it is too long for a cell."""
    stored = encoded(text)
    if len(stored) * 2 <= MAX_CELL or _units(stored) <= MAX_CELL:
        return stored
    room = MAX_CELL - len(CUT)
    while (over := _units(stored) - room) > 0:
        text = text[: min(len(text) - math.ceil(over / 7), room)]  # a character takes seven units at most
        stored = encoded(text)
    return stored + CUT


def _units(text: str) -> int:
    """The length as Excel counts it: characters above U+FFFF are two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


class _TextSheet(Worksheet):
    """Writes texts that are already `encoded` without changing them.

    XlsxWriter would encode them again, not always reversibly, and write a text that looks like rich text markup
    (`<r>…</r>`) as markup.
    """

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        return data

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        self._xml_inline_string(string, preserve=True, attributes=attributes)


def write_xlsx(file: IO[bytes], *sheets: Sheet) -> None:
    """Writes a workbook. The first sheet is in front; every sheet's header row is frozen."""
    with Workbook(file, {"constant_memory": True}) as book:
        book.set_properties({"author": "Samverkan"})
        for sheet in sheets:
            _write(book, sheet)


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.title, worksheet_class=_TextSheet)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_margins(left=0.75, right=0.75, top=1, bottom=1)  # inches
    write = _Cells(book, page)
    for column, header in enumerate(sheet.headers):
        width = sheet.widths[column] if column < len(sheet.widths) else len(header) + 4
        page.set_column(column, column, width - _PADDING)
    for column, header in enumerate(sheet.headers):
        page.write_string(0, column, fitting(header), write.header)
    for number, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            write.value(number, column, value)


class _Cells:
    """Writes each type of value with its format."""

    def __init__(self, book: Workbook, page: Worksheet) -> None:
        def look(**more: Any) -> Any:
            return book.add_format({"valign": "top", "text_wrap": True, **more})

        self.page = page
        self.header = look(bold=True)
        self.text = look()
        self.quoted = look(quote_prefix=True)  # stays a text when somebody opens the cell and leaves it
        self.day = look(num_format="yyyy-mm-dd")
        self.moment = look(num_format="yyyy-mm-dd hh:mm")

    def value(self, row: int, column: int, value: Value) -> None:
        """Writes a typed value; as text when Excel cannot represent it; nothing for None and an empty text."""
        match value:
            case None | "":
                return
            case str():
                look = self.quoted if is_like_a_formula(value) else self.text
                self.page.write_string(row, column, fitting(value), look)
            case datetime() if value.date() >= _FIRST_DAY:
                moment = value if value.tzinfo is None else clock.local(value).replace(tzinfo=None)
                self.page.write_datetime(row, column, moment, self.moment)
            case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
                self.page.write_datetime(row, column, value, self.day)
            case int() | float() | Decimal() if _is_number(value):
                self.page.write_number(row, column, value, self.text)
            case _:
                self.page.write_string(row, column, fitting(as_text(value)), self.text)


def _is_number(number: float | Decimal) -> bool:
    """Whether Excel, with its 15 digits, stores the number exactly. False for a bool, which is written as text."""
    if isinstance(number, bool):
        return False
    exact = Decimal(str(number))
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _EXACT_DIGITS
