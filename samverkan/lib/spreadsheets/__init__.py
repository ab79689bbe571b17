"""Tables as Excel and CSV files. Texts stay texts, numbers numbers and days days, there and back.

`write_xlsx(file, Sheet(…))` and `write_csv(file, sheet)` write row by row; `read(content)` tells the two apart and
gives rows, `read_numbered(content)` with their numbers in the file. Both raise UnreadableFile with a sentence for the
person who chose the file.
"""

from collections.abc import Callable
from typing import IO

from samverkan.lib.spreadsheets.csv_files import write_csv
from samverkan.lib.spreadsheets.reading import UnreadableFile, read, read_numbered, refuse_formulas
from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, escaped, unescaped
from samverkan.lib.spreadsheets.xlsx_files import write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# By a file's ending: what writes one sheet, and the content type.
WRITERS: dict[str, tuple[Callable[[IO[bytes], Sheet], None], str]] = {
    "xlsx": (write_xlsx, XLSX_TYPE),
    "csv": (write_csv, CSV_TYPE),
}

__all__ = [
    "CSV_TYPE",
    "WRITERS",
    "XLSX_TYPE",
    "Sheet",
    "UnreadableFile",
    "Value",
    "as_text",
    "escaped",
    "read",
    "read_numbered",
    "refuse_formulas",
    "unescaped",
    "write_csv",
    "write_xlsx",
]
