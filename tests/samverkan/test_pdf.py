"""A PDF is made of the given document and our own static files, and of nothing else."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from samverkan.lib.pdf import STATIC, PdfError, make, static_file


@pytest.mark.parametrize(
    "path", ["css/pages/reports/paper.css", "vendor/source-sans-3/source-sans-3-latin-400-normal.woff2"]
)
def test_our_own_static_files_are_served(path):
    assert static_file(STATIC + path).as_posix().endswith(f"static/{path}")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/logo.png",
        "http://static.invalid/css/base/tokens.css",
        "https://static.invalid.example.com/css/base/tokens.css",
        "file:///etc/passwd",
        "data:text/plain,hej",
        STATIC,
        STATIC + "css",
        STATIC + "css/saknas.css",
        STATIC + "../samverkan/settings.py",
        STATIC + "%2e%2e/samverkan/settings.py",
        STATIC + "/etc/passwd",
        STATIC + "css/base/tokens.css%00",
    ],
)
def test_all_else_is_refused(address):
    with pytest.raises(LookupError, match="our own static files only"):
        static_file(address)


@pytest.mark.parametrize("address", ["https://example.com/logo.png", "file:///etc/passwd", "saknas.png"])
def test_a_document_that_asks_for_something_else_is_not_made(address):
    with pytest.raises(PdfError):
        make(f'<html lang="sv"><title>Bild</title><img src="{address}" alt="En bild"></html>', styles=[])


def test_a_missing_stylesheet_is_told():
    with pytest.raises(PdfError):
        make('<html lang="sv"><title>Tom</title></html>', styles=["css/saknas.css"])


def test_a_sign_that_no_font_has_becomes_a_question_mark():
    nowhere = "\U000f1234"  # private use: no font has it

    pdf = make(f'<html lang="sv"><title>Tecken</title><p>Före {nowhere} efter', styles=[])

    assert "Före ? efter" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
