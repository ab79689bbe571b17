"""The pages of the report: none is left empty, no heading stands alone, and a page says what it goes on with."""

import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image
from pypdf import PdfReader

from activities.reports import as_pdf
from tests.factories import ActivityFactory
from tests.support.reports import AUGUST, MARCH, report
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.one_database

PAPER, TOP, BOTTOM = 297, 27, 24  # millimetres: the sheet and the margins of paper.css
MOST_EMPTY = 1 / 3
SENTENCE = "Arbetet fortsätter som planerat, och parterna möts varje vecka. "


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[dict[str, bytes]]:
    """The demo's reports as of two days."""
    with kept_for_the_module(django_db_blocker):
        call_command("demo", verbosity=0)
        yield {day.isoformat(): as_pdf(report(as_of=day)) for day in (MARCH, AUGUST)}


def emptiness(pdf: bytes, folder: Path) -> list[float]:
    """How much of each page is empty below its last line: a part of the height between the margins."""
    file = folder / "rapport.pdf"
    file.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "36", "-gray", file, folder / "sida"], check=True)  # noqa: S607 -- where Debian has it
    return [1 - last_line(Image.open(page)) for page in sorted(folder.glob("sida-*"))]


def last_line(page: Image.Image) -> float:
    """How far down between the margins something is drawn."""
    width, height = page.size
    top, bottom = (round(height * at / PAPER) for at in (TOP, PAPER - BOTTOM))
    drawn = page.crop((0, top, width, bottom)).point(lambda light: 0 if light > 235 else 255).getbbox()
    return drawn[3] / (bottom - top) if drawn else 0


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def starts(pdf: bytes) -> list[tuple[str, int, int]]:
    """The names of the chapters on activities with the page of each and that of the first activity in it."""
    file = PdfReader(BytesIO(pdf))
    outline = file.outline
    return [
        (
            chapter.title,
            file.get_destination_page_number(chapter),
            file.get_destination_page_number(outline[place + 1][0]),
        )
        for place, chapter in enumerate(outline[:-1])
        if isinstance(outline[place + 1], list) and outline[place + 1][0].title[0].isdigit()
    ]


@pytest.mark.parametrize("day", [MARCH.isoformat(), AUGUST.isoformat()])
def test_no_page_but_the_last_is_more_than_a_third_empty(day, demo, tmp_path):
    *found, _ = emptiness(demo[day], tmp_path)

    assert [round(part, 2) for part in found if part > MOST_EMPTY] == []


@pytest.mark.parametrize("day", [MARCH.isoformat(), AUGUST.isoformat()])
def test_a_chapter_begins_on_the_page_of_its_first_activity(day, demo):
    found = starts(demo[day])

    assert len(found) >= 4
    assert [name for name, chapter, first in found if chapter != first] == []


@pytest.mark.parametrize("sentences", [6, 9, 12, 20, 40])
def test_texts_of_any_length_leave_no_page_empty(sentences, agreement, tmp_path):
    for _ in range(8):
        said = {"follow_up__what_happened": SENTENCE * sentences, "follow_up__needed": ""}
        ActivityFactory(goal="Det blir ljusare.", on_track=True, **said)

    *found, _ = emptiness(as_pdf(report()), tmp_path)

    assert [round(part, 2) for part in found if part > MOST_EMPTY] == []


def test_a_page_that_goes_on_with_an_activity_repeats_its_name(agreement):
    ActivityFactory(title="Belysning", at_risk=True, follow_up__what_happened=SENTENCE * 78)
    ActivityFactory(title="Nattvandring", on_track=True)

    read = pages(as_pdf(report()))

    begun = next(number for number, page in enumerate(read) if SENTENCE.strip() in page)
    assert "1. Belysning, fortsättning" not in read[begun]
    assert "1. Belysning, fortsättning" in read[begun + 1]
    assert [page for page in read if "2. Nattvandring, fortsättning" in page] == []
    assert sum("fortsättning" in page for page in read) == sum(SENTENCE.strip() in page for page in read) - 1
