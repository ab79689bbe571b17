"""Every page as each role, on any screen: no accessibility fault, nothing scrolls sideways or goes wrong unseen (`watch`)."""

import pytest
from playwright.sync_api import expect

from priorities.models import SituationalPicture
from tests.browser.support.fit import axe_faults, axe_faults_by_size, too_wide
from tests.browser.support.pages import OTHERS, SORTS
from tests.browser.support.steps import HUGE, OFFICIAL
from tests.factories import ActivityFactory, FollowUpFactory, NeedFactory, RoundFactory, SourceUseFactory

REFUSED = {400, 403, 404}
# How often each font was fetched that the page asks for ahead, once when it is what the styles ask for, and which has come.
FONTS = """() => document.fonts.ready.then((fonts) => [
  [...document.querySelectorAll("link[rel=preload][as=font]")].map(
    (link) => performance.getEntriesByName(link.href).length),
  [...fonts].filter((font) => font.status === "loaded").map((font) => `${font.family} ${font.weight} ${font.style}`),
])"""


@pytest.mark.parametrize("email", SORTS)
def test_every_page_is_for_everybody_on_any_screen(email, demo, open_page, watch):
    watch.expected |= REFUSED
    page = open_page("/tillganglighet/", "" if email == "nobody" else email)
    found = {}
    for address in SORTS[email] + OTHERS[email]:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        faults = axe_faults_by_size(page) if address in SORTS[email] else {}
        if troubles := faults | too_wide(page):
            found[address] = troubles

    assert found == {}


def test_axe_finds_nothing_on_a_form_with_faults(demo, open_page):
    page = open_page("/2023-2024/aktiviteter/4/folj-upp/", "kriminalvard@example.com")
    page.get_by_label("Vad behövs för att komma vidare?").fill("")
    page.get_by_role("button", name="Spara uppföljning").click()
    page.get_by_role("alert").wait_for()

    assert axe_faults(page) == []


def test_a_font_that_is_fetched_ahead_is_the_one_that_the_page_uses(live_server, db, open_page):
    fetched, loaded = open_page("/tillganglighet/").evaluate(FONTS)

    assert fetched == [1]
    assert "Source Sans 3 400 normal" in loaded


def test_words_without_end_widen_no_page(
    live_server, agreement, huge_rep, polis_rep, samordnare, handlaggare, open_page
):
    word = "Trygghetssamverkansöverenskommelseuppföljning" * 4
    RoundFactory()
    activity = ActivityFactory(title=word, goal=word, purpose=word, owner_title=word[:120], milestones=[word])
    FollowUpFactory(activity=activity, off_track=True, what_happened=word * 5, needed=word * 5)
    need = NeedFactory(problem=word, affected=word, causes=word)
    need.sources.add(SourceUseFactory(period=word[:120], limitations=word, source__name=word).source)
    SituationalPicture.objects.update(status="adopted", mapping=word)
    found = {}
    for email, addresses in {
        HUGE: ["/mitt-arbete/", f"{activity.get_absolute_url()}", f"{activity.get_absolute_url()}folj-upp/"],
        "polisen@example.com": [
            need.get_absolute_url(),
            "/2023-2024/behov/",
            "/2023-2024/parter/huge/",
            "/lagesbilder/2021/",
        ],
        OFFICIAL: [agreement.get_absolute_url(), "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30"],
    }.items():
        page = open_page("/konto/", email)
        for address in addresses:
            page.goto(address)
            if wide := too_wide(page):
                found[address] = wide

    assert found == {}
