"""The day in a page's address is read as in a form: without its year it is of the agreement's time until today."""

from datetime import date

import pytest

from tests.factories import ActivityFactory, FocusAreaFactory, NeedFactory
from tests.support.stored import rows

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGES = ("aktiviteter/", "oversikt/", "behov/", "platser/flemingsberg/", "rapporter/forhandsvisning/")


@rows
def activity(agreement):
    NeedFactory()
    FocusAreaFactory()
    return ActivityFactory()


@pytest.fixture
def look(activity, client_for, samordnare):
    client = client_for(samordnare)
    return lambda page, day: client.get(f"/2023-2024/{page}", {"per": day})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("written", ["31/12", "31 dec", "söndag 31.12.2023", "2023–12–31", "23-12-31"])
def test_the_day_is_the_one_that_has_been(page, written, look):
    response = look(page, written)

    assert response.status_code == 200
    assert "31 december 2023" in response.content.decode()
    assert "error-summary" not in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("30/8", "Skriv också året: 30/8 2023 eller 30/8 2024."),
        ("2024-02-30", "Februari 2024 har 29 dagar."),
        ("snart", "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."),
    ],
)
def test_a_day_that_is_none_is_told_and_stays(page, written, sentence, look):
    response = look(page, written)

    form = response.context.get("form") or response.context["filter"].form
    assert form.errors == {"per": [sentence]}
    assert f'value="{written}"' in response.content.decode()


def test_the_day_is_written_out_when_it_is_shown(look):
    assert look("oversikt/", "31/12").context["overview"].day == date(2023, 12, 31)
