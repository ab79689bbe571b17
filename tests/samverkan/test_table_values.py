"""Numbers and days in the cells of a file, in which nobody can be asked what was meant."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from samverkan.lib.tables import read_table
from samverkan.lib.tables.cells import CalendarDay, Number

YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def workbook(*values, shown_as=""):
    book = openpyxl.Workbook()
    for value in ("Värde", *values):
        book.active.append([value])
        if shown_as:
            book.active.cell(book.active.max_row, 1).number_format = shown_as
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(content):
    return [cell for _, (cell,) in read_table(content, required=["Värde"], known=["Värde"]).rows]


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("12 600 kr", "kr", 12600),
        ("13.000,78", "", Decimal("13000.78")),
        ("50 %", "%", 50),
        ("", "", None),
    ],
)
def test_a_text_is_read_as_in_a_form(typed, unit, number):
    assert Number(unit).clean(typed) == number


@pytest.mark.parametrize("write", [workbook, lambda typed: f"Värde\n{typed}".encode()])
def test_a_number_that_could_be_two_is_refused_with_both_ways_to_write_it(write):
    (cell,) = cells(write("12.600"))
    with pytest.raises(
        ValueError, match=r"^Menar du 12\s600 eller 12,6\? Skriv talet på ett av de sätten\.$"
    ):
        Number("kr").clean(cell)


def test_numbers_of_excels_own_are_never_unclear():
    assert [Number().clean(cell) for cell in cells(workbook(12600, 12.6, 1.2))] == [
        12600,
        Decimal("12.6"),
        Decimal("1.2"),
    ]


def test_a_percentage_is_of_a_measure_in_percent_and_of_no_other():
    (cell,) = cells(workbook(0.5, shown_as="0%"))
    assert Number("procent").clean(cell) == 50
    with pytest.raises(ValueError, match=r"^Måttet räknas i kr, men du skrev %\. Skriv talet i kr\.$"):
        Number("kr").clean(cell)


def test_a_number_and_a_day_are_written_as_they_are_read():
    assert Number().render(Decimal("12600.500")) == "12\xa0600,5"
    assert CalendarDay().render(date(2024, 8, 30)) == "2024-08-30"
    assert Number().render(None) == CalendarDay().render(None) == ""


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/8", date(2024, 8, 30)),
        ("30.8.2024", date(2024, 8, 30)),
        ("den 30 aug", date(2024, 8, 30)),
        ("", None),
    ],
)
def test_a_day_is_read_as_in_a_form(typed, day):
    assert CalendarDay(YEAR).clean(typed) == day


def test_a_day_of_excels_own_is_read():
    assert [CalendarDay().clean(cell) for cell in cells(workbook(date(2024, 8, 30)))] == [date(2024, 8, 30)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30/8", "Skriv också året, till exempel 30/8 2024."),
        ("2024-02-30", "Februari 2024 har 29 dagar."),
        ("snart", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
    ],
)
def test_what_is_no_day_is_refused_with_what_to_write(typed, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        CalendarDay().clean(typed)
