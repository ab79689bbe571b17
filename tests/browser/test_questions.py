"""Questions that belong to one answer show only with it; that is the style sheet's doing, so also without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from activities.models import FollowUp
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    attainments,
    choose,
    deciders,
    happened,
    needed,
    receipt,
    save,
)
from tests.factories import ActivityFactory

QUESTIONS = {"needed": needed, "deciders": deciders, "attainments": attainments}
BELONGS = {
    "Enligt plan": set(),
    "Risk för avvikelse": {"needed"},
    "Avviker": {"needed", "deciders"},
    "Genomförd": {"attainments"},
    "Inte påbörjad": {"needed"},
}


@pytest.fixture
def activity(live_server, agreement, huge_rep, samordnare):
    return ActivityFactory(on_track=True)


def asked(page: Page) -> set[str]:
    return {name for name, question in QUESTIONS.items() if question(page).is_visible()}


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_each_answer_asks_for_what_belongs_to_it_and_nothing_else(js, activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE, js=js)

    shown = {}
    for state in BELONGS:
        choose(page, state)
        shown[state] = asked(page)

    assert shown == BELONGS
    expect(page.get_by_role("radio", name="Avbruten")).to_have_count(0)


def test_only_the_coordinator_can_cancel(activity, open_page):
    page = open_page(activity.get_absolute_url(), COORDINATOR)

    page.get_by_text("Följ upp åt Huge").click()
    choose(page, "Avbruten")
    assert asked(page) == {"needed"}
    happened(page).fill("Parterna gör något annat i stället.")
    save(page)

    expect(receipt(page)).to_be_visible()
    assert FollowUp.objects.filter(status="cancelled", on_behalf=True).count() == 1


def test_an_answer_that_was_changed_saves_nothing_of_the_question_that_went_away(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)

    choose(page, "Avviker")
    needed(page).fill("Pengar till nya lyktor.")
    deciders(page).get_by_label("Styrgruppen").check()
    choose(page, "Genomförd")
    happened(page).fill("Alla lyktor lyser.")
    attainments(page).get_by_label("Delvis uppnått").check()
    save(page)

    expect(receipt(page)).to_be_visible()
    follow_up = FollowUp.objects.get(status="done")
    assert (follow_up.needed, follow_up.decision_by, follow_up.attainment) == ("", "", "partly")


def test_a_question_that_comes_back_still_holds_what_was_written(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)

    choose(page, "Avviker")
    needed(page).fill("Pengar till nya lyktor.")
    choose(page, "Enligt plan")
    choose(page, "Avviker")

    expect(needed(page)).to_have_value("Pengar till nya lyktor.")
