"""Excel files, written row by row. Every text is a typed text, so that nothing of it is ever a formula."""

import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from samverkan.lib import clock
from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, is_like_a_formula

MAX_CELL = 32_767  # characters (UTF-16 units) that a cell of Excel's holds
CUT = " … [Texten är avkortad: en cell i Excel rymmer högst 32 767 tecken.]"
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_EXACT_DIGITS = 15
# What XML cannot hold is written as `_x000D_` (ECMA-376, ST_Xstring), and so is an underscore that begins the like.
_UNFIT = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_TO_ENCODE = re.compile(f"[{_UNFIT}]|_(?=x[0-9A-Fa-f]{{4}}[_{_UNFIT}])")
_ENCODED = re.compile("_x([0-9A-Fa-f]{4})_")


def encoded(text: str) -> str:
    """The text as an Excel file stores it."""
    return _TO_ENCODE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def decoded(text: str) -> str:
    """The text that an Excel file's stored one stands for."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def fitting(text: str) -> str:
    """The stored text, cut when a cell cannot hold it; then it ends by saying so."""
    stored = encoded(text)
    if len(stored) * 2 <= MAX_CELL or _units(stored) <= MAX_CELL:
        return stored
    room = MAX_CELL - len(CUT)
    while (over := _units(stored) - room) > 0:
        text = text[: min(len(text) - math.ceil(over / 7), room)]  # a character takes seven units at most
        stored = encoded(text)
    return stored + CUT


def _units(text: str) -> int:
    """Characters as Excel counts them: those beyond the first 65,536 are two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def write_xlsx(file: IO[bytes], *sheets: Sheet) -> None:
    """Writes a workbook whose first sheet is in front, each with its headers above what is scrolled."""
    book = Workbook(write_only=True)
    book.properties.creator = "Samverkan"
    for sheet in sheets:
        _write(book, sheet)
    book.save(file)


def _write(book: Workbook, sheet: Sheet) -> None:
    page: Any = book.create_sheet(sheet.title)
    page.freeze_panes = "A2"
    page.page_setup.orientation = "landscape"
    for index, header in enumerate(sheet.headers):
        width = sheet.widths[index] if index < len(sheet.widths) else len(header) + 4
        page.column_dimensions[get_column_letter(index + 1)].width = width
    cells = _Cells(page)
    page.append(cells.headers(sheet.headers))
    for row in sheet.rows:
        page.append(cells.row(row))


class _TypedCell(Cell):
    """A cell that holds what it is given as what it is: openpyxl takes `=1` for a formula and `#N/A` for a fault."""

    __slots__ = ()

    def _bind_value(self, value: Any) -> None:
        self._value = value

    def __repr__(self) -> str:
        return self.data_type  # openpyxl asks for it with each value, to tell a cell from a value


class _Cells:
    """One cell of each look, filled anew for every value: openpyxl writes it out at once, and a look is dear to make."""

    def __init__(self, page: Any) -> None:
        def cell(data_type: str, number_format: str = "General", **look: Any) -> Any:
            made = _TypedCell(page, row=1, column=1)
            made.data_type = data_type
            made.number_format = number_format
            made.alignment = Alignment(vertical="top", wrap_text=True)
            for name, value in look.items():
                setattr(made, name, value)
            return made

        self.header = cell("s", font=Font(bold=True))
        self.text = cell("s")
        self.quoted = cell("s", quotePrefix=True)  # stays a text when somebody opens the cell and leaves it
        self.number = cell("n")
        self.day = cell("d", "yyyy-mm-dd")
        self.moment = cell("d", "yyyy-mm-dd hh:mm")

    def headers(self, names: Sequence[str]) -> Iterator[Any]:
        return (_filled(self.header, fitting(name)) for name in names)

    def row(self, values: Sequence[Value]) -> Iterator[Any]:
        return (self.of(value) for value in values)

    def of(self, value: Value) -> Any:
        """The cell of the value's look, holding it until the next one is asked for; None when there is nothing to write."""
        match value:
            case None | "":
                return None
            case str():
                return _filled(self.quoted if is_like_a_formula(value) else self.text, fitting(value))
            case datetime() if value.date() >= _FIRST_DAY:
                moment = value if value.tzinfo is None else clock.local(value).replace(tzinfo=None)
                return _filled(self.moment, moment)
            case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
                return _filled(self.day, value)
            case int() | float() | Decimal() if _is_number(value):
                return _filled(self.number, value)
            case _:
                return _filled(self.text, fitting(as_text(value)))


def _is_number(number: float | Decimal) -> bool:
    """Whether Excel, which counts with 15 digits, keeps it as it is; yes and no are words."""
    if isinstance(number, bool):
        return False
    exact = Decimal(str(number))
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _EXACT_DIGITS


def _filled(cell: Any, value: Any) -> Any:
    cell.value = value
    return cell
