"""A need that was added to an adopted agreement is no gap of an earlier day, wherever one can be chosen."""

from datetime import date

import pytest

from parties.models import User
from priorities.models import Agreement
from priorities.needs.actions import add_need
from samverkan.lib.history import signed
from tests.factories import AgreementFactory, FocusAreaFactory, PlaceFactory, PriorityAreaFactory
from tests.factories.activities import at_ten
from tests.support.reports import report

pytestmark = pytest.mark.one_database

ADOPTED, ADDED, TODAY = date(2023, 2, 1), date(2024, 9, 16), date(2024, 9, 30)


@pytest.fixture
def place(db):
    """In an agreement that is a draft."""
    return FocusAreaFactory(
        agreement=AgreementFactory(draft=True), place=PlaceFactory(slug="varby", name="Vårby")
    ).place


@pytest.fixture
def add(place, samordnare):
    """Adds a need at the place, on a day."""

    def add(problem: str, on: date, by: User | None = samordnare) -> None:
        agreement = Agreement.objects.get()
        area = agreement.priority_areas.first() or PriorityAreaFactory(agreement=agreement)
        about = {"agreement": agreement, "priority_area": area, "problem": problem, "places": [place]}
        add_need(by=by, at=at_ten(on), **about)

    return add


@pytest.fixture
def adopted(add):
    """The agreement, adopted with one need in it."""
    add("Mörka stråk", date(2023, 1, 20))
    agreement = Agreement.objects.get()
    agreement.status = Agreement.Status.ADOPTED
    signed(agreement, by=None, at=at_ten(ADOPTED)).save()
    add("Langning", ADDED)
    return agreement


@pytest.fixture
def seen(adopted, client_for, samordnare):
    """The problems that the needs' list, the place's page and the report tell of on a day, and how many gaps Översikt counts."""
    browser = client_for(samordnare)

    def seen(day: date) -> list[list[str]]:
        def page(address: str) -> str:
            return browser.get(f"/2023-2024/{address}?per={day}").content.decode()

        pages = [page("behov/"), page("platser/varby/"), str(report(as_of=day).gaps)]
        return [[problem for problem in ("Mörka stråk", "Langning") if problem in each] for each in pages]

    return seen


def test_what_was_added_later_is_not_told_of(seen):
    assert seen(date(2024, 9, 15)) == [["Mörka stråk"]] * 3
    assert seen(ADDED) == [["Mörka stråk", "Langning"]] * 3
    assert seen(TODAY) == [["Mörka stråk", "Langning"]] * 3


def test_what_was_adopted_with_the_agreement_holds_for_all_of_its_days(seen):
    assert seen(date(2023, 1, 15)) == [["Mörka stråk"]] * 3


def test_what_a_set_up_command_wrote_holds_for_all_days(adopted, add):
    """As the demo's needs, which are written when its agreement has been adopted."""
    add("Buskörning", ADDED, by=None)

    assert "Buskörning" in str(report(as_of=date(2024, 9, 15)).gaps)
