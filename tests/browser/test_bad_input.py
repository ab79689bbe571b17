"""What goes wrong between people: two who save, one who saves twice, one who goes back. Nobody loses a word."""

import re

import pytest
from playwright.sync_api import expect

from activities.models import FollowUp
from priorities.models import Need
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    choose,
    chosen,
    faults,
    fill_in,
    follow_ups_of,
    happened,
    receipt,
    save,
    sign_out,
)
from tests.factories import PASSWORD, ActivityFactory, PriorityAreaFactory, RoundFactory

FIRST, SECOND = "Sex lyktor är bytta.", "Åtta lyktor är bytta."


@pytest.fixture
def activity(live_server, agreement, huge_rep, samordnare):
    return ActivityFactory(on_track=True)


def said() -> list[str]:
    """The texts that were saved in the browser, in order."""
    return list(
        FollowUp.objects.exclude(what_happened="").order_by("pk").values_list("what_happened", flat=True)
    )


def test_a_stale_save_says_who_was_first_and_keeps_the_text(activity, open_page):
    mine = open_page(activity.get_absolute_url(), HUGE)
    happened(mine).fill(SECOND)
    choose(mine, "Risk för avvikelse")

    theirs = open_page(activity.get_absolute_url(), COORDINATOR)
    theirs.get_by_text("Följ upp åt Huge").click()
    happened(theirs).fill(FIRST)
    save(theirs)
    expect(receipt(theirs)).to_be_visible()

    save(mine)
    expect(faults(mine)).to_contain_text("Någon annan har sparat medan du skrev. Samordnare trygghet")
    expect(happened(mine)).to_have_value(SECOND)
    expect(chosen(mine, "Risk för avvikelse")).to_be_checked()
    expect(follow_ups_of(mine).first).to_contain_text(FIRST)
    assert said() == [FIRST]

    save(mine)
    expect(receipt(mine)).to_be_visible()
    assert said() == [FIRST, SECOND]


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_click_saves_once(js, activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE, js=js)
    happened(page).fill(FIRST)

    page.get_by_role("button", name="Spara uppföljning").dblclick()

    expect(receipt(page)).to_be_visible()
    expect(follow_ups_of(page)).to_have_count(2)
    assert said() == [FIRST]


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_double_click_adds_a_need_once(js, live_server, agreement, samordnare, open_page):
    PriorityAreaFactory()
    page = open_page("/2023-2024/behov/ny/", COORDINATOR, js=js)
    page.get_by_label("Problem", exact=True).fill("Många undviker torget på kvällen.")
    page.get_by_label("Prioriterat område").select_option(index=1)

    page.get_by_role("button", name="Spara behovet").dblclick()

    expect(page).to_have_url(re.compile(r"/2023-2024/behov/$"))
    expect(receipt(page)).not_to_have_count(0)
    assert Need.objects.count() == 1


def test_a_form_saved_in_another_tab_saves_other_words_only_when_asked_again(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill(FIRST)
    with page.context.expect_page() as other:
        page.get_by_role("button", name="Spara uppföljning").click(modifiers=["Control"])
    expect(receipt(other.value)).to_be_visible()

    happened(page).fill(SECOND)
    save(page)
    expect(faults(page)).to_contain_text("Formuläret är redan sparat en gång, med annat innehåll.")
    expect(happened(page)).to_have_value(SECOND)
    assert said() == [FIRST]

    save(page)
    expect(receipt(page)).to_be_visible()
    assert said() == [FIRST, SECOND]


def test_going_back_after_saving_shows_the_word_and_a_form_for_the_next_one(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill(FIRST)
    save(page)
    expect(receipt(page)).to_be_visible()

    page.go_back()
    expect(follow_ups_of(page)).to_have_count(2)
    expect(happened(page)).to_have_value("")

    happened(page).fill(SECOND)
    save(page)
    expect(receipt(page)).to_be_visible()
    assert said() == [FIRST, SECOND]


def test_going_back_on_my_work_never_puts_the_words_of_one_activity_in_the_form_of_the_next(
    activity, open_page
):
    RoundFactory()
    ActivityFactory(title="Städade gårdar")
    page = open_page("/mitt-arbete/", HUGE)
    happened(page).fill(FIRST)
    save(page)
    expect(receipt(page)).to_be_visible()

    page.go_back()

    expect(page.get_by_role("article", name="Städade gårdar").get_by_role("textbox").first).to_have_value("")


def test_going_back_to_a_form_that_was_not_saved_brings_the_words_back(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill(FIRST)
    page.get_by_role("link", name="Alla aktiviteter").click()
    expect(page).to_have_title("Aktiviteter – Samverkan")

    page.go_back()

    expect(happened(page)).to_have_value(FIRST)


def test_news_is_not_lost_by_pressing_the_wrong_button(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill(FIRST)

    page.get_by_role("button", name="Inget nytt, läget är oförändrat").click()

    expect(faults(page)).to_contain_text("Du har skrivit något nytt.")
    expect(happened(page)).to_have_value(FIRST)
    assert said() == []


def test_an_identity_number_is_refused_and_the_text_stays(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    text = "Samtal med 19811228-9874 är bokat."
    happened(page).fill(text)
    save(page)

    expect(faults(page)).to_contain_text("personnummer")
    expect(happened(page)).to_have_value(text)
    assert said() == []


def test_ten_digits_are_asked_about_once(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill("Ärende 8112289874 är avslutat.")
    save(page)
    expect(faults(page)).to_be_visible()

    page.get_by_label("Det är inte ett personnummer").check()
    save(page)

    expect(receipt(page)).to_be_visible()
    assert said() == ["Ärende 8112289874 är avslutat."]


def test_a_text_that_is_too_long_comes_back_whole(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    text = "Lyktorna lyser. " * 7_000
    happened(page).fill(text)
    save(page)

    expect(faults(page)).to_contain_text("Texten får vara högst 5 000 tecken.")
    expect(happened(page)).to_have_value(text)


def test_who_has_signed_out_sees_nothing_by_going_back(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    expect(page.get_by_role("heading", level=1)).to_have_text(activity.title)
    sign_out(page, "Områdesutvecklare")

    for _ in range(2):
        page.go_back()
        expect(page).to_have_title("Logga in – Samverkan")
        expect(page.get_by_text(activity.title)).to_have_count(0)


def test_who_has_signed_out_elsewhere_can_copy_the_words_and_is_led_back(activity, open_page, watch):
    """What is no follow-up, which would be kept as a draft."""
    watch.expected.add(403)
    page = open_page(f"{activity.get_absolute_url()}redigera/", COORDINATOR)
    page.get_by_label("Syfte").fill(FIRST)
    page.context.clear_cookies(name="sessionid")
    save(page, "Spara ändringar")

    expect(page).to_have_title("Du har blivit utloggad – Samverkan")
    expect(page.get_by_label("Syfte")).to_have_value(FIRST)

    with page.context.expect_page() as other:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    fill_in(other.value, COORDINATOR, PASSWORD)
    expect(other.value.get_by_role("button", name="Spara ändringar")).to_be_visible()
    expect(page.get_by_label("Syfte")).to_have_value(FIRST)
