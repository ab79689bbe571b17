"""Writes CSV as Swedish Excel reads it: semicolons, UTF-8 with a byte order mark, decimal commas."""

import codecs
import csv
from typing import IO

from samverkan.lib.spreadsheets.values import Sheet, Value, as_text, escaped


class _Encoding:
    """Encodes the csv module's lines. A lone surrogate, which UTF-8 cannot encode, becomes a question mark."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, line: str) -> int:
        return self._file.write(line.encode("utf-8", errors="replace"))


def write_csv(file: IO[bytes], sheet: Sheet) -> None:
    """Writes headers and rows. Texts are `escaped`; numbers have a decimal comma, days are in ISO format."""
    file.write(codecs.BOM_UTF8)
    lines = csv.writer(_Encoding(file), delimiter=";")
    lines.writerow([escaped(header) for header in sheet.headers])
    for row in sheet.rows:
        lines.writerow([_written(value) for value in row])


def _written(value: Value) -> str:
    return escaped(value) if isinstance(value, str) else as_text(value)
