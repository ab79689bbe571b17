"""Reads an uploaded file into a table of texts with known headers."""

from dataclasses import dataclass
from typing import Any

from samverkan.lib.matching import for_matching
from samverkan.lib.numbers import written
from samverkan.lib.spreadsheets import UnreadableFile, as_text, read_numbered, refuse_formulas
from samverkan.lib.texts import readable

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000
TOO_LARGE = "Filen är för stor. Den får vara högst 5 MB."
TOO_MANY = f"Filen har för många rader. Dela upp den: högst {written(MAX_ROWS)} rader åt gången."
ONLY_HEADERS = "Filen har rubriker men inga rader."


@dataclass(frozen=True)
class Table:
    """The rows of a file as texts, each with the number that Excel shows beside it."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]

    def as_dicts(self) -> list[tuple[int, dict[str, str]]]:
        return [(number, dict(zip(self.headers, cells, strict=True))) for number, cells in self.rows]


def read_table(content: bytes, *, required: list[str], known: list[str]) -> Table:
    """The table, with our spelling of the headers. Raises UnreadableFile with a sentence in Swedish."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(TOO_LARGE)
    (_, headers), *rows = [(number, [_text(cell) for cell in row]) for number, row in read_numbered(content)]
    if len(rows) > MAX_ROWS:
        raise UnreadableFile(TOO_MANY)
    refuse_odd_headers(headers, required=required, known=known)
    if not rows:
        raise UnreadableFile(ONLY_HEADERS)
    refuse_formulas(content)
    ours = {for_matching(name): name for name in known}
    named = [ours[for_matching(header)] for header in headers]
    return Table(named, [(number, cells) for number, cells in rows if any(cells)])


def refuse_odd_headers(headers: list[str], *, required: list[str], known: list[str]) -> None:
    """Raises UnreadableFile for columns that are missing, unknown, unnamed or repeated."""
    found = [for_matching(header) for header in headers]
    if "" in found:
        raise UnreadableFile(f"Kolumn {found.index('') + 1} har ingen rubrik. Skriv en på rad 1.")
    if twice := [header for header in headers if found.count(for_matching(header)) > 1]:
        raise UnreadableFile(f"Kolumnen {twice[0]} finns två gånger.")
    names = {for_matching(name) for name in known}
    if odd := [header for header in headers if for_matching(header) not in names]:
        raise UnreadableFile(
            f"Filen har kolumner som inte känns igen: {', '.join(odd)}. De som går att läsa in är {', '.join(known)}."
        )
    if missing := [name for name in required if for_matching(name) not in found]:
        raise UnreadableFile(f"Filen saknar kolumner: {', '.join(missing)}. De ska stå på rad 1.")


def _text(cell: Any) -> str:
    """Raises UnreadableFile for a NUL character."""
    text = readable(as_text(cell)).strip()
    if "\x00" in text:
        raise UnreadableFile("Filen innehåller ett tecken som inte går att spara. Skriv om texten i Excel.")
    return text
