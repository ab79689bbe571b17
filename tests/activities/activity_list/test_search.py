"""Finding an activity: every word, anywhere that a person would look, in any case."""

from datetime import date

import pytest

from activities.models import Activity
from activities.querysets.searching import sought
from tests.factories import ActivityFactory, PartyFactory
from tests.support.stored import rows

pytestmark = pytest.mark.django_db


@rows
def activities(huge, polisen):
    """Belysning by Huge, Ångest by Polisen, and one more that nothing finds."""
    return [
        ActivityFactory(title="Belysning längs stråket", goal="Alla lyktor lyser.", lead=huge),
        ActivityFactory(
            title="ÅNGEST OCH ÖPPENHET",
            goal="100 % når en vuxen",
            purpose="Café för unga",
            owner_title="Kommunpolis",
            lead=polisen,
        ),
        ActivityFactory(
            title="Något annat", goal="", owner_title="", lead=PartyFactory(name="Kriminalvården")
        ),
    ]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("belysning", [1]),
        ("BELYSNING", [1]),
        ("lyktor", [1]),
        ("ångest", [2]),
        ("Öppenhet", [2]),
        ("öppen", [2]),
        ("CAFÉ", [2]),
        ("cafe", []),
        ("kommunpolis", [2]),
        ("huge", [1]),
        ("bostäder", [1]),
        ("stockholm syd", [2]),
        ("belysning huge", [1]),
        ("huge belysning", [1]),
        ("belysning polisen", []),
        ("2", [2]),
        ("2 ångest", [2]),
        ("4", []),
        ("100", [2]),
        ("%", [2]),
        ("_", []),
        ("\\", []),
        ("'", []),
        ("12345678901234567890", []),
        ("²", [2]),
        ("", [1, 2, 3]),
        ("   ", [1, 2, 3]),
    ],
)
def test_every_word_has_to_be_found_somewhere(words, numbers, activities):
    found = Activity.objects.search(sought(words), day=date(2024, 9, 30)).order_by("number")
    assert [activity.number for activity in found] == numbers
