"""A word longer than the screen breaks: where somebody follows up, nothing is pushed out of sight."""

from datetime import date

import pytest

from tests.browser.support.fit import too_wide
from tests.browser.support.steps import HUGE
from tests.factories import (
    ActivityFactory,
    DeputyFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
    UserFactory,
)

WORD = ("Trygghetsskapandeverksamhetsutvecklingssamordning" * 5)[:200]


@pytest.fixture
def long(live_server, agreement, huge, huge_rep):
    """Huge's: one that waits, one that is done and one with a question, by somebody of a long function."""
    round = RoundFactory()
    other = UserFactory(representative=True, party=huge, display_name=WORD[:120], email="lang@example.com")
    DeputyFactory(person=huge_rep, deputy=other)
    DeputyFactory(person=other, deputy=huge_rep)
    said = {"on_track": True, "author": huge_rep, "author_title": WORD[:100], "what_happened": WORD}
    FollowUpFactory(activity=ActivityFactory(title=WORD, goal=WORD), refers_on=date(2024, 3, 31), **said)
    FollowUpFactory(activity=ActivityFactory(title=WORD), round=round, **said)
    asked = FollowUpFactory(activity=ActivityFactory(title=WORD), round=round, **said)
    QuestionFactory(follow_up=asked, text=WORD)


@pytest.mark.parametrize(
    "address",
    [
        "/mitt-arbete/",
        "/2023-2024/aktiviteter/1/",
        "/2023-2024/aktiviteter/3/",
        "/2023-2024/aktiviteter/1/folj-upp/",
        "/konto/stallforetradare/",
    ],
)
def test_no_long_word_makes_a_page_wider_than_its_screen(address, long, open_page):
    assert too_wide(open_page(address, HUGE)) == {}
