"""Numbers in the report have a comma, and spaces between thousands, in the PDF too."""

from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from activities.reports import as_pdf
from tests.factories import ActivityFactory
from tests.support.reports import report, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OUTCOME = "Kostnad: 13 000,78 kr, mål 12 600 kr, utgångsvärde 1 200,5 kr."


def test_an_outcome_is_written_as_swedish_writes_numbers(agreement):
    ActivityFactory(
        on_track=True,
        measure="Kostnad",
        measure_unit="kr",
        baseline=Decimal("1200.500"),
        target=12600,
        follow_up__actual=Decimal("13000.780"),
    )
    made = report()

    pages = PdfReader(BytesIO(as_pdf(made))).pages
    assert OUTCOME in " ".join(words(made).split()).replace(" ,", ",").replace(" .", ".")
    assert OUTCOME in " ".join(" ".join(page.extract_text() for page in pages).split())
