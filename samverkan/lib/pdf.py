"""How does HTML become a PDF? By WeasyPrint, tagged as PDF/UA-1 requires. The only module that uses it.

WeasyPrint is imported with the first document, since that takes a second.
"""

import atexit
import gc
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any
from urllib.parse import unquote, urlsplit

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

logger = logging.getLogger(__name__)

# The base address of our static files in a document. No host can have it (RFC 2606).
STATIC = "https://static.invalid/"
SVG = "{http://www.w3.org/2000/svg}"
# Pango's fonts are shared by all threads of a process.
_ONE_AT_A_TIME = Lock()
# The others wait in threads of the server, which pages need too: so many of sixteen, and not for ever.
_QUEUE = BoundedSemaphore(8)
PATIENCE_SECONDS = 45
_unshown: set[int] = set()


class PdfError(RuntimeError):
    """The document could not be made. The log has the reason."""


def make(html: str, *, styles: Sequence[str]) -> bytes:
    """The PDF of an HTML document. `styles` are paths of style sheets under static/. Raises PdfError.

    A character that no font has becomes a question mark, since PDF/UA does not allow an empty box. Waits its turn for at most
    PATIENCE_SECONDS.
    """
    with _turn():
        from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 -- a second to import, and few requests need it

        _listen()
        _teach_inline_svg()
        _unshown.clear()
        try:
            with _garbage_left():
                pdf = _draw(html, styles)
                return _draw(html.translate(dict.fromkeys(_unshown, "?")), styles) if _unshown else pdf
        except (Exception, FatalURLFetchingError) as error:
            logger.exception("A PDF could not be made.")
            raise PdfError(str(error)) from error


@contextmanager
def _turn() -> Iterator[None]:
    """The process' turn to draw. Raises PdfError when many wait already, or it takes too long."""
    if not _QUEUE.acquire(blocking=False):
        raise PdfError("Too many documents are waiting.")
    try:
        if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE_SECONDS):
            raise PdfError("The turn did not come.")
        try:
            yield
        finally:
            _ONE_AT_A_TIME.release()
    finally:
        _QUEUE.release()


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Turns off garbage collection: everything in a document lives until it is written, and collecting costs a fifth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _draw(html: str, styles: Sequence[str]) -> bytes:
    from weasyprint import HTML  # noqa: PLC0415 -- see make

    document = HTML(string=html, base_url=STATIC, url_fetcher=_fetcher())
    sheets = [_stylesheet(path) for path in styles]
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", stylesheets=sheets, font_config=_fonts())
    return pdf


def _hear(record: logging.LogRecord) -> bool:
    """A log filter that notes the characters no font has, and lets only errors through to the log."""
    if isinstance(record.msg, str) and record.msg.startswith(".notdef") and isinstance(record.args, tuple):
        _unshown.add(int(str(record.args[1])))
    return record.levelno >= logging.ERROR


def static_file(url: str) -> Path:
    """The path of our static file at the address. Raises LookupError for any other address."""
    if url.startswith(STATIC):
        try:
            found = finders.find(unquote(urlsplit(url).path).lstrip("/"))
        except (SuspiciousFileOperation, ValueError):  # outside the folder, or not a valid file name
            found = None
        if isinstance(found, str) and Path(found).is_file():
            return Path(found)
    raise LookupError(f"A PDF is made of our own static files only, not of {url}")


@cache
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 -- see make

    class StaticFetcher(URLFetcher):
        def fetch(self, url: str, *_: Any) -> Any:
            file = static_file(url)
            kind = "text/css" if file.suffix == ".css" else "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return StaticFetcher(fail_on_errors=True)


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- see make

    atexit.register(_forget)
    return FontConfiguration()


def _forget() -> None:
    """Frees the fonts at exit, while Python can still remove their temporary folder."""
    _stylesheet.cache_clear()
    _fonts.cache_clear()


@cache
def _stylesheet(path: str) -> Any:
    """Read once per process."""
    from weasyprint import CSS  # noqa: PLC0415 -- see make

    return CSS(url=STATIC + path, url_fetcher=_fetcher(), font_config=_fonts())


@cache
def _listen() -> None:
    engine = logging.getLogger("weasyprint")
    engine.setLevel(logging.WARNING)
    engine.addFilter(_hear)


@cache
def _teach_inline_svg() -> None:
    """Makes WeasyPrint follow CSS colours and `aria-hidden` in inline SVG.

    WeasyPrint ignores both: every shape with `currentColor` is black, and every drawing a figure that must have an
    alternative text. So the colours are written into the drawing, and a hidden drawing becomes a background image, which
    is an artifact in the PDF.
    """
    from weasyprint import html, images  # noqa: PLC0415 -- see make

    draw_figure = html.HTML_HANDLERS[SVG + "svg"]

    def draw(element: Any, box: Any, get_image: Any, base_url: str) -> Any:
        for part in box.descendants():
            if part.element is not None and part.element.tag.startswith(SVG):
                part.element.set("color", _css_color(part.style["color"]))
        if element.get("aria-hidden") != "true":
            return draw_figure(element, box, get_image, base_url)
        element.attrib.setdefault("fill", "currentColor")
        known = get_image.keywords
        image = images.SVGImage(element, base_url, known["url_fetcher"], known["context"])
        box.style = box.style.copy()  # boxes with equal styles share the object
        box.style["background_image"] = (("image", image),)
        box.children, box.element_tag = [], "span"
        return [box]

    html.HTML_HANDLERS[SVG + "svg"] = draw


def _css_color(color: Any) -> str:
    """`rgb(20 35 43 / 1)`."""
    red, green, blue = (round(255 * part) for part in color.to("srgb").coordinates)
    return f"rgb({red} {green} {blue} / {color.alpha})"
