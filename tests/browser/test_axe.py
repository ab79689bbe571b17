"""axe-core finds no accessibility fault on any sort of page, as each role, on desk and phone."""

from importlib.resources import files

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import SIZES

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

EVERYBODY = ["/2023-2024/aktiviteter/?status=avviker", "/2023-2024/aktiviteter/4/", "/konto/", "/finns-inte/"]
READING = [
    "/2023-2024/overenskommelse/",
    "/2023-2024/avsiktsforklaring/",
    "/2023-2024/parter/",
    "/2023-2024/parter/huddinge-kommun/",
    "/2023-2024/behov/",
    "/2023-2024/behov/?visa=luckor&per=igår",
    "/2023-2024/behov/4/",
    "/lagesbilder/",
    "/lagesbilder/2021/",
]
ADMINISTRATION = [
    "/administration/",
    "/administration/konton/?role__exact=reader",
    "/administration/konton/ny/",
    "/administration/konton/1/",
    "/administration/konton/importera/",
    "/administration/aktiviteter/",
    "/administration/aktiviteter/4/",
]
PAGES = {
    "": ["/logga-in/", "/losenord/glomt/", "/tillganglighet/", "/personuppgifter/"],
    "kriminalvard@example.com": ["/mitt-arbete/", "/2023-2024/aktiviteter/4/folj-upp/", *EVERYBODY],
    "samordnare@example.com": [
        "/2023-2024/oversikt/?per=2024-08-30",
        "/2023-2024/omgangar/",
        "/2023-2024/omgangar/ny/",
        "/2023-2024/omgangar/2024-08-31/",
        "/2023-2024/omgangar/2024-12-31/",
        "/2023-2024/omgangar/2024-08-31/stang/",
        "/2023-2024/omgangar/2024-12-31/ta-bort/",
        "/2023-2024/omgangar/2024-08-31/utskick/?mejl=sammanfattning",
        "/2023-2024/omgangar/2024-08-31/utskick/logg/",
        "/2023-2024/omgangar/2024-08-31/paminn/polisen/",
        "/2023-2024/aktiviteter/ny/",
        "/2023-2024/aktiviteter/ny/?ersatter=14",
        "/2023-2024/aktiviteter/14/redigera/",
        "/2023-2024/aktiviteter/14/delmal/",
        "/2023-2024/aktiviteter/14/medverkan/polisen/",
        "/2023-2024/aktiviteter/14/historik/",
        "/mitt-arbete/",
        "/2023-2024/parter/huge/bjud-in/",
        "/2023-2024/aktiviteter/?per=igår",
        *EVERYBODY,
    ],
    "handlaggare@example.com": [
        "/2023-2024/rapporter/",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31",
        "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31&part=polisen",
        *EVERYBODY,
    ],
    "huge@example.com": [*READING, "/konto/stallforetradare/", "/2023-2024/aktiviteter/ny/?kopiera=14"],
    "ledamot@example.com": [
        "/2023-2024/oversikt/",
        "/2023-2024/arshjul/",
        "/2023-2024/arshjul/?ar=igår",
        "/kontakt/",
        "/2023-2024/rapporter/",
        *EVERYBODY,
    ],
    "admin@example.com": ["/losenord/byt/", *ADMINISTRATION, *EVERYBODY],
}


def faults(page: Page) -> list[str]:
    """Each fault as `rule: the first place where it is`."""
    page.wait_for_load_state()  # what is asked of the words is asked with their styles
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations)", RULES
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


@pytest.mark.parametrize("email", PAGES)
def test_axe_finds_nothing(email, demo, open_page, watch):
    watch.expected |= {403, 404}
    page, found = open_page("/tillganglighet/", email), {}

    for address in PAGES[email]:
        page.goto(address)
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if trouble := faults(page):
                found[f"{address} {name}"] = trouble

    assert found == {}


def test_axe_finds_nothing_on_a_form_with_faults(demo, open_page):
    page = open_page("/2023-2024/aktiviteter/4/folj-upp/", "kriminalvard@example.com")
    page.get_by_label("Vad behövs för att komma vidare?").fill("")
    page.get_by_role("button", name="Spara uppföljning").click()
    page.get_by_role("alert").wait_for()

    assert faults(page) == []
