"""What is typed in a follow-up form outlives the session, the token, the connection, the page and the machine."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from activities.models import FollowUp, UnsavedAnswer
from tests.browser.conftest import session_cookie
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    PATIENCE,
    choose,
    chosen,
    fill_in,
    follow_ups_of,
    happened,
    receipt,
    save,
    unchanged,
)
from tests.factories import PASSWORD, ActivityFactory, RoundFactory

WORDS, MORE = "Sex lyktor är bytta.", "Sex lyktor är bytta, och en stolpe."
LOST = "Ingen kontakt med servern. Det du skriver finns kvar i fliken och sparas när kontakten är tillbaka."


@pytest.fixture
def activity(live_server, agreement, huge_rep, samordnare):
    RoundFactory()
    return ActivityFactory(on_track=True)


def said(page: Page) -> Locator:
    return page.locator("[data-unsaved-said]")


def draft_note(page: Page) -> Locator:
    return page.locator(".note").filter(has_text="Osparat utkast från")


def saved() -> list[str]:
    return list(FollowUp.objects.exclude(what_happened="").values_list("what_happened", flat=True))


def kept() -> list[str]:
    return [each.answers.get("what_happened", "") for each in UnsavedAnswer.objects.all()]


def until_kept(page: Page, **answers: str) -> None:
    """Waits until the server has it."""
    for _ in range(PATIENCE // 100):
        if [{name: each.answers.get(name) for name in answers} for each in UnsavedAnswer.objects.all()] == [
            answers
        ]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(list(UnsavedAnswer.objects.values_list("answers", flat=True)))


def sign_in_again(page: Page) -> None:
    """In another tab, as somebody does who sees that they have been signed out."""
    other = page.context.new_page()
    other.goto("/logga-in/")
    fill_in(other, HUGE, PASSWORD)
    other.close()


def lose_contact(page: Page, watch) -> None:
    page.context.set_offline(True)
    expect(said(page)).to_have_text(LOST)


def regain_contact(page: Page, watch) -> None:
    page.context.set_offline(False)
    expect(said(page)).to_contain_text("Utkast sparat")
    watch.troubles[:] = [each for each in watch.troubles if "ERR_INTERNET_DISCONNECTED" not in each]


@pytest.mark.parametrize("address", ["/mitt-arbete/", "/2023-2024/aktiviteter/1/"])
def test_it_is_kept_soon_after_typing_and_is_there_on_another_machine(address, activity, open_page):
    page = open_page(address, HUGE)
    happened(page).press_sequentially(WORDS)
    choose(page, "Risk för avvikelse")
    until_kept(page, what_happened=WORDS, state="at_risk")
    expect(said(page)).to_contain_text("Utkast sparat kl. ")

    elsewhere = open_page(address, HUGE)

    expect(draft_note(elsewhere)).to_be_visible()
    expect(happened(elsewhere)).to_have_value(WORDS)
    expect(chosen(elsewhere, "Risk för avvikelse")).to_be_checked()
    save(elsewhere)
    expect(receipt(elsewhere)).to_be_visible()
    assert (saved(), kept()) == ([WORDS], [])


def test_a_tab_that_is_closed_at_once_has_kept_it(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    other = page.context.new_page()
    other.goto(activity.get_absolute_url())
    happened(other).press_sequentially("Sex")
    other.close(run_before_unload=True)

    until_kept(page, what_happened="Sex")
    page.reload()

    expect(happened(page)).to_have_value("Sex")


def test_what_is_typed_just_before_a_link_is_kept(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).press_sequentially(WORDS)
    page.get_by_role("link", name="Alla aktiviteter").click()
    expect(page).to_have_title("Aktiviteter – Samverkan")

    page.goto("/mitt-arbete/")

    expect(happened(page)).to_have_value(WORDS)


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("address", ["/mitt-arbete/", "/2023-2024/aktiviteter/1/"])
def test_after_an_ended_session_the_sign_in_leads_to_the_form_with_the_text(
    address, js, activity, open_page, watch
):
    page = open_page(address, HUGE, js=js)
    Session.objects.all().delete()
    watch.expected.add(403)
    happened(page).fill(WORDS)
    choose(page, "Risk för avvikelse")
    save(page)
    expect(page.locator(".error-page")).to_contain_text(
        "Det du skrev finns kvar. Logga in så står det i formuläret."
    )

    page.get_by_role("main").get_by_role("link", name="Logga in").click()
    fill_in(page, HUGE, PASSWORD)

    expect(happened(page)).to_have_value(WORDS)
    expect(chosen(page, "Risk för avvikelse")).to_be_checked()
    save(page)
    expect(receipt(page)).to_be_visible()
    assert (saved(), kept()) == ([WORDS], [])


def test_an_ended_session_is_told_while_typing_and_the_form_goes_on_after_signing_in(activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE)
    Session.objects.all().delete()
    happened(page).press_sequentially(WORDS)
    expect(said(page)).to_contain_text("Du har blivit utloggad. Det du skriver sparas som utkast")
    assert kept() == [WORDS]

    sign_in_again(page)
    happened(page).fill(MORE)
    expect(said(page)).to_contain_text("Utkast sparat")

    save(page)
    expect(receipt(page)).to_be_visible()
    assert (saved(), kept()) == ([MORE], [])


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_after_signing_in_in_another_tab_the_form_comes_back_with_the_text(js, activity, open_page):
    page = open_page(activity.get_absolute_url(), HUGE, js=js)
    page.context.clear_cookies(name="sessionid")
    sign_in_again(page)
    happened(page).fill(WORDS)
    save(page)

    expect(page.get_by_role("alert")).to_contain_text("Sidan behövde läsas in på nytt. Inget är sparat än.")
    expect(happened(page)).to_have_value(WORDS)
    save(page)
    expect(receipt(page)).to_be_visible()
    assert (saved(), kept()) == ([WORDS], [])


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(activity, open_page, live_server, watch):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).press_sequentially(WORDS)
    expect(said(page)).to_contain_text("Utkast sparat")

    page.context.add_cookies([session_cookie(COORDINATOR, live_server.url)])
    happened(page).fill(MORE)
    expect(said(page)).to_contain_text("Någon annan är inloggad i webbläsaren.")
    page.reload()

    expect(happened(page)).not_to_have_value(WORDS)
    assert kept() == [MORE]
    assert UnsavedAnswer.objects.get().author.email == HUGE


def test_without_contact_the_page_stays_and_saves_when_contact_is_back(activity, open_page, watch):
    page = open_page(activity.get_absolute_url(), HUGE)
    lose_contact(page, watch)
    happened(page).fill(WORDS)
    save(page)
    expect(said(page)).to_have_text(LOST)
    expect(happened(page)).to_have_value(WORDS)

    regain_contact(page, watch)
    assert kept() == [WORDS]

    save(page)
    expect(receipt(page)).to_be_visible()
    assert (saved(), kept()) == ([WORDS], [])


def test_what_was_typed_without_contact_is_in_the_tab_when_the_page_is_opened_anew(
    activity, open_page, watch
):
    page = open_page(activity.get_absolute_url(), HUGE)
    lose_contact(page, watch)
    happened(page).fill(WORDS)
    page.goto("about:blank")
    page.context.set_offline(False)
    watch.troubles.clear()

    page.goto(activity.get_absolute_url())

    expect(happened(page)).to_have_value(WORDS)
    until_kept(page, what_happened=WORDS)
    page.reload()  # by then the tab need not keep it
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('utkast'))") == []
    expect(happened(page)).to_have_value(WORDS)


def test_after_a_save_that_never_arrived_back_brings_the_words_back(activity, open_page, watch):
    page = open_page(activity.get_absolute_url(), HUGE)
    happened(page).fill(WORDS)
    page.route("**/folj-upp/", lambda route: route.abort())
    save(page)
    page.wait_for_url("chrome-error://**")
    page.unroute("**/folj-upp/")
    watch.troubles.clear()

    page.goto(activity.get_absolute_url())

    expect(happened(page)).to_have_value(WORDS)


@pytest.mark.parametrize("how", [save, unchanged], ids=["saved", "unchanged"])
def test_what_is_saved_is_gone_and_comes_back_neither_by_undoing_nor_by_going_back(
    how: Callable[[Page], None], activity, open_page
):
    page = open_page(activity.get_absolute_url(), HUGE)
    if how is save:
        happened(page).fill(WORDS)
        expect(said(page)).to_contain_text("Utkast sparat")
    how(page)
    expect(receipt(page)).to_be_visible()
    page.get_by_role("button", name="Ångra").click()
    expect(receipt(page)).to_contain_text("är ångrad")

    expect(happened(page)).to_have_value("")
    page.go_back()
    expect(follow_ups_of(page).first).to_be_visible()
    page.reload()
    expect(happened(page)).to_have_value("")
    assert kept() == []


def test_it_is_thrown_away_by_a_button(activity, open_page):
    page = open_page("/mitt-arbete/", HUGE)
    happened(page).fill(WORDS)
    expect(said(page)).to_contain_text("Utkast sparat")
    page.goto("/mitt-arbete/")

    draft_note(page).get_by_role("button", name="Släng utkastet").click()

    expect(receipt(page)).to_have_text("Utkastet är slängt.")
    expect(happened(page)).to_have_value("")
    expect(draft_note(page)).to_have_count(0)
    assert kept() == []
