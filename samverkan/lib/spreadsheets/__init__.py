"""Tables as Excel and CSV files, out and in again. Texts, numbers and days keep their types in Excel.

`write_xlsx(file, Sheet(…))` and `write_csv(file, sheet)` write row by row. `read(content)` reads either kind into rows,
`read_numbered(content)` also gives their numbers in the file. Both raise UnreadableFile with a sentence in Swedish. A
text that looks like a formula is escaped reversibly in CSV and typed as text in Excel, so that it comes back unchanged;
django-import-export's own escaping alters stored texts.
"""

from collections.abc import Callable
from typing import IO

from samverkan.lib.spreadsheets.csv_files import write_csv
from samverkan.lib.spreadsheets.reading import UnreadableFile, read, read_numbered, refuse_formulas
from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, escaped, unescaped
from samverkan.lib.spreadsheets.xlsx_files import write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
# By file name extension: the writer of one sheet, and the content type.
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
