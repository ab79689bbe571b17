"""Every page as each role, on any screen: nothing scrolls sideways, and nothing goes wrong unseen (`watch`)."""

import pytest
from playwright.sync_api import Page, expect

from priorities.models import SituationalPicture
from tests.browser.support.steps import COORDINATOR, HUGE, OFFICIAL
from tests.factories import ActivityFactory, FollowUpFactory, NeedFactory, RoundFactory, SourceUseFactory

WIDTHS = (1280, 375, 320)
# What reaches farthest out to the right, when the page is wider than the screen.
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return "";
  const parts = [...document.body.querySelectorAll("*")].filter((one) => one.getClientRects().length);
  const out = parts.filter((one) => one.getBoundingClientRect().right > page.clientWidth + 1);
  return out.slice(-3).map((one) => `${one.tagName} ${one.className}: ${one.textContent.trim().slice(0, 40)}`).join("; ")
    || "something unseen";
}"""

PAGES = {
    "nobody": [
        "/logga-in/",
        "/logga-in/kod/",
        "/losenord/glomt/",
        "/losenord/glomt/skickat/",
        "/losenord/nytt/1-set-password/",
        "/losenord/nytt/klart/",
        "/konto/stangt/",
        "/tillganglighet/",
        "/personuppgifter/",
    ],
    "kriminalvard@example.com": ["/mitt-arbete/", "/2023-2024/aktiviteter/4/folj-upp/", "/kontakt/"],
    HUGE: [
        "/konto/stallforetradare/",
        "/2023-2024/aktiviteter/ny/",
        "/2023-2024/aktiviteter/5/redigera/",
        "/2023-2024/aktiviteter/5/historik/",
        "/2023-2024/aktiviteter/4/medverkan/huge/",
        "/konto/kalender/",
        "/2023-2024/overenskommelse/",
        "/2023-2024/avsiktsforklaring/",
        "/2023-2024/parter/",
        "/2023-2024/parter/huddinge-kommun/",
        "/2023-2024/behov/",
        "/2023-2024/behov/?visa=luckor&per=igår&plats=x",
        "/2023-2024/behov/4/",
        "/lagesbilder/",
        "/lagesbilder/2021/",
    ],
    COORDINATOR: [
        "/2023-2024/oversikt/",
        "/2023-2024/oversikt/?per=igår",
        "/2023-2024/arshjul/",
        "/2023-2024/omgangar/",
        "/2023-2024/omgangar/ny/",
        "/2023-2024/omgangar/2024-08-31/",
        "/2023-2024/omgangar/2024-03-31/",
        "/2023-2024/omgangar/2024-08-31/redigera/",
        "/2023-2024/omgangar/2024-08-31/stang/",
        "/2023-2024/omgangar/2024-12-31/ta-bort/",
        "/2023-2024/omgangar/2024-08-31/utskick/?mejl=sammanfattning",
        "/2023-2024/omgangar/2024-08-31/utskick/logg/",
        "/2023-2024/omgangar/2024-08-31/paminn/polisen/",
        "/2023-2024/aktiviteter/ny/?behov=4",
        "/2023-2024/aktiviteter/ny/?ersatter=14",
        "/2023-2024/aktiviteter/14/redigera/",
        "/2023-2024/aktiviteter/14/delmal/",
        "/2023-2024/aktiviteter/14/medverkan/polisen/",
        "/mitt-arbete/",
        "/2023-2024/aktiviteter/?per=igår&omrade=x",
        "/losenord/byt/",
    ],
    OFFICIAL: [
        "/2023-2024/rapporter/",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-09-30",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31&plats=varby",
        "/2023-2024/rapporter/forhandsvisning/?per=2025",
    ],
    "ledamot@example.com": ["/2023-2024/rapporter/", "/2023-2024/aktiviteter/?sok=finnsinte", "/finns-inte/"],
    "admin@example.com": [
        "/logga-ut/",
        "/2023-2024/aktiviteter/16/",
        "/administration/",
        "/administration/konton/",
        "/administration/konton/?q=finnsinte",
        "/administration/konton/1/",
        "/administration/parter/ny/",
        "/administration/parter/importera/",
        "/administration/uppfoljningar/",
        "/administration/overenskommelser/1/",
        "/2023-2024/parter/huge/bjud-in/",
    ],
}
EVERYBODY = ["/", "/2023-2024/aktiviteter/", "/2023-2024/aktiviteter/4/", "/konto/"]
REFUSED = {400, 403, 404}


def too_wide(page: Page) -> dict[int, str]:
    """What is wider than the screen, by the screen's width; everything that folds is open."""
    found = {}
    page.wait_for_load_state()  # the words come before the styles that break them
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[width] = page.evaluate(TOO_WIDE)
    return {width: part for width, part in found.items() if part}


@pytest.mark.parametrize("email", PAGES)
def test_no_page_scrolls_sideways_or_goes_wrong_unseen(email, demo, open_page, watch):
    watch.expected |= REFUSED
    page = open_page("/tillganglighet/", "" if email == "nobody" else email)
    addresses = PAGES[email] + ([] if email == "nobody" else EVERYBODY)
    found = {}
    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        if wide := too_wide(page):
            found[address] = wide

    assert found == {}


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
