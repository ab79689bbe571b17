"""How do tables leave and come in as Excel and CSV? Texts stay texts, numbers numbers and days days, there and back.

`write_xlsx(file, Sheet(…))` and `write_csv(file, sheet)` write row by row; `read(content)` tells the two apart and
gives rows, or raises UnreadableFile with a sentence for the person who chose the file.
"""

from samverkan.lib.spreadsheets.csv_files import write_csv
from samverkan.lib.spreadsheets.reading import UnreadableFile, read
from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, escaped, unescaped
from samverkan.lib.spreadsheets.xlsx_files import write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

__all__ = [
    "CSV_TYPE",
    "XLSX_TYPE",
    "Sheet",
    "UnreadableFile",
    "Value",
    "as_text",
    "escaped",
    "read",
    "unescaped",
    "write_csv",
    "write_xlsx",
]
