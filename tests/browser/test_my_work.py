"""*Mitt arbete* in a browser: the first form open, one click when nothing is new, and a receipt that can be undone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from activities.models import Activity, FollowUp, Round
from tests.browser.support.fit import axe_faults, too_wide
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    chosen,
    faults,
    follow_ups_of,
    happened,
    receipt,
    save,
    unchanged,
)
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory

LIT, CLEAN = "Belysning längs stråket", "Städade gårdar"


@pytest.fixture
def two_wait(live_server, agreement, huge_rep, samordnare):
    """Two of Huge's activities without a follow-up in the open round."""
    RoundFactory()
    for title in (LIT, CLEAN):
        activity = ActivityFactory(title=title, reporters=[huge_rep])
        FollowUpFactory(activity=activity, author=huge_rep, refers_on=date(2024, 3, 31))


def test_saving_leads_from_one_activity_to_the_next_until_all_is_up_to_date(two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE)
    expect(page.get_by_role("heading", level=1)).to_have_text("2 aktiviteter väntar på dig")
    expect(page.get_by_role("article", name=LIT).get_by_role("group", name="Hur går det?")).to_be_visible()
    expect(page.get_by_role("article", name=CLEAN).get_by_role("link", name="Följ upp")).to_be_visible()
    expect(chosen(page, "Enligt plan")).to_be_checked()

    happened(page).fill("Åtta lyktor är bytta.")
    save(page, "Spara och gå till nästa")

    expect(receipt(page)).to_contain_text(
        "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. 1 aktivitet kvar."
    )
    expect(receipt(page)).to_be_focused()
    expect(page.get_by_role("article", name=CLEAN).get_by_role("group", name="Hur går det?")).to_be_visible()

    save(page, "Spara uppföljning")

    expect(receipt(page)).to_contain_text(
        "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. Allt är uppdaterat. Tack!"
    )
    expect(page.get_by_role("heading", level=1)).to_contain_text("Allt är uppdaterat")
    expect(page.get_by_role("heading", name="Klart i omgången")).to_be_visible()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_nothing_new_takes_one_click_and_can_be_undone_with_another(js, two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE, js=js)

    unchanged(page)
    expect(receipt(page)).to_contain_text(
        "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. 1 aktivitet kvar."
    )
    assert FollowUp.objects.get(unchanged=True).activity.title == LIT

    receipt(page).get_by_role("button", name="Ångra").click()
    expect(receipt(page)).to_contain_text(f"Uppföljningen av ”{LIT}” är ångrad.")
    page.get_by_role("link", name="Mitt arbete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 aktiviteter väntar på dig")
    assert not FollowUp.objects.states().filter(unchanged=True).exists()


def test_another_activity_can_be_taken_first(two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE)

    page.get_by_role("link", name=f"Följ upp {CLEAN}").click()
    happened(page).fill("Alla gårdar är städade.")
    save(page)

    expect(receipt(page)).to_contain_text("1 aktivitet kvar.")
    assert FollowUp.objects.get(what_happened="Alla gårdar är städade.").activity.title == CLEAN


def test_the_menu_counts_what_waits(two_wait, open_page):
    page = open_page("/2023-2024/aktiviteter/", HUGE)
    expect(page.get_by_role("link", name="Mitt arbete 2 väntar")).to_be_visible()

    page.get_by_role("link", name="Mitt arbete").click()
    unchanged(page)

    expect(page.get_by_role("link", name="Mitt arbete 1 väntar")).to_be_visible()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_fault_stands_at_the_top_and_at_the_field_with_every_word_kept(js, two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE, js=js)
    happened(page).fill("Vi väntar på elnätet.")
    page.get_by_label("Utfall hittills").fill("ungefär hälften")
    save(page)

    expect(page).to_have_title("Fel: Mitt arbete – Samverkan")
    sentence = "Skriv ett tal, till exempel 12,5."
    expect(faults(page)).to_contain_text(sentence)
    expect(page.get_by_role("article", name=LIT)).to_contain_text(sentence)
    expect(happened(page)).to_have_value("Vi väntar på elnätet.")
    if js:
        expect(faults(page)).to_be_focused()

    faults(page).get_by_role("link", name=sentence).click()
    expect(page.get_by_label("Utfall hittills")).to_be_in_viewport()
    page.get_by_label("Utfall hittills").fill("12,5")
    save(page)
    expect(receipt(page)).to_contain_text("1 aktivitet kvar.")


def looks_well(page, *, js):
    """No sideways scroll, and no fault that axe finds; axe is a script."""
    size = page.viewport_size
    assert too_wide(page) == {}
    page.set_viewport_size(size)
    assert not js or axe_faults(page) == []


@pytest.fixture
def returned(two_wait, samordnare):
    """One of the two has been followed up, and the coordinator is about to ask about it."""
    activity = Activity.objects.get(title=LIT)
    return FollowUpFactory(activity=activity, at_risk=True, round=Round.objects.get(), author__email=HUGE)


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_question_comes_back_to_the_list_and_is_answered_by_a_correction(js, returned, open_page):
    asking = open_page(returned.activity.get_absolute_url(), COORDINATOR, js=js)
    asking.get_by_role("link", name="Fråga om uppföljningen").click()
    looks_well(asking, js=js)
    asking.get_by_label("Vad undrar du över?").fill("Hur många lyktor saknas?")
    save(asking, "Lämna tillbaka med frågan")
    expect(receipt(asking)).to_contain_text("Frågan är ställd.")

    page = open_page("/mitt-arbete/", HUGE, js=js)
    card = page.get_by_role("article", name=LIT)
    expect(page.get_by_role("article").first).to_have_accessible_name(LIT)
    expect(card).to_contain_text("Hur många lyktor saknas?")
    expect(happened(page)).to_have_value("Leveransen dröjer.")
    looks_well(page, js=js)
    happened(page).fill("Leveransen dröjer: fjorton lyktor saknas.")
    save(page, "Spara rättelsen")
    expect(receipt(page)).to_contain_text("1 aktivitet kvar.")

    asking.goto(returned.activity.get_absolute_url())
    expect(follow_ups_of(asking).first).to_contain_text("fjorton lyktor saknas")
    expect(follow_ups_of(asking).nth(1)).to_contain_text("Rättad")


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_two_who_follow_up_the_same_see_both_texts_and_the_slower_saves_again(js, size, two_wait, open_page):
    activity = Activity.objects.get(title=LIT)
    mine = open_page(f"{activity.get_absolute_url()}folj-upp/", HUGE, js=js, size=size)
    happened(mine).fill("Nio lyktor är bytta.")
    theirs = open_page(f"{activity.get_absolute_url()}folj-upp/", COORDINATOR, js=js)
    happened(theirs).fill("Åtta lyktor är bytta.")
    save(theirs)
    expect(receipt(theirs)).to_be_visible()

    save(mine)
    expect(mine.locator(".theirs")).to_contain_text("Åtta lyktor är bytta.")
    expect(mine.locator(".yours").get_by_label("Vad har hänt")).to_have_value("Nio lyktor är bytta.")
    looks_well(mine, js=js)

    save(mine)
    expect(receipt(mine)).to_contain_text("Uppföljningen är sparad.")
    assert FollowUp.objects.filter(what_happened__endswith="lyktor är bytta.").count() == 2


def test_a_round_closed_a_moment_ago_keeps_the_words(two_wait, open_page):
    page = open_page("/mitt-arbete/", HUGE)
    happened(page).fill("Åtta lyktor är bytta.")
    Round.objects.update(closed_on=date(2024, 9, 30))

    save(page)
    expect(faults(page)).to_contain_text("Delår per 31 augusti 2024 stängdes 30 september 2024.")
    expect(happened(page)).to_have_value("Åtta lyktor är bytta.")

    save(page)
    expect(receipt(page)).to_contain_text("Uppföljningen är sparad.")
    assert FollowUp.objects.get(what_happened="Åtta lyktor är bytta.").round is None
