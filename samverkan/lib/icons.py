"""What does an icon look like? Reads the vendored bootstrap-icons, each once."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = Path(__file__).resolve().parents[2] / "static" / "vendor" / "bootstrap-icons"

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SVG = re.compile(r"<svg\b[^>]*>(?P<shapes>.*)</svg>", re.DOTALL)
_BETWEEN_TAGS = re.compile(r">\s+<")


@cache
def shapes(name: str) -> str:
    """The SVG inside a 16 × 16 view box. Raises LookupError for a name that is not vendored."""
    file = ICONS / f"{name}.svg"
    if not _NAME.fullmatch(name) or not file.is_file():
        raise LookupError(f"There is no icon named {name!r} in static/vendor/bootstrap-icons.")
    found = _SVG.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"{file.name} is not an SVG drawing.")
    return _BETWEEN_TAGS.sub("><", found["shapes"].strip())


@cache
def svg(name: str) -> SafeString:
    """An inline icon, hidden from screen readers: the text beside it says what it means."""
    drawing = SafeString(shapes(name))
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawing)
