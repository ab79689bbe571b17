"""Every page for writing, empty, filled and with faults: no accessibility fault, and nothing scrolls sideways."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.support.fit import axe_faults_by_size, too_wide
from tests.browser.support.steps import COORDINATOR
from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    AgreementFactory,
    FocusAreaFactory,
    MatterPointFactory,
    NeedFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SignatoryFactory,
    SourceFactory,
    SourceUseFactory,
)

WORD = "Trygghetssamverkansöverenskommelseuppföljning" * 4
SHOWN = [
    "/2025-2026/redigera/",
    "/2025-2026/faststall/",
    "/2025-2026/underskrifter/",
    "/2025-2026/behov/1/ta-bort/",
    "/2023-2024/behov/1/ta-bort/",
    "/2023-2024/redigera/",
    "/2025-2026/avsiktsforklaring/redigera/",
    "/lagesbilder/2024/faststall/",
]
WRITTEN = [
    *(f"/2025-2026/redigera/{part}/" for part in ("grunder", "parter", "omraden", "platser", "arende")),
    *(
        f"/2025-2026/avsiktsforklaring/redigera/{part}/"
        for part in ("grunder", "parter", "arende", "punkter")
    ),
    "/2025-2026/underskrifter/?part=huge",
    "/2025-2026/underskrifter/?bilaga=1",
    "/2025-2026/underskrifter/?bilaga=ny",
    "/2025-2026/behov/ny/",
    "/2025-2026/behov/1/redigera/",
    "/lagesbilder/ny/",
    "/lagesbilder/2024/redigera/",
]


@pytest.fixture
def written(live_server, agreement, kommunen, huge, samordnare) -> None:
    """A draft and a lägesbild with long words in all that can be long."""
    draft = AgreementFactory(
        next_period=True, draft=True, title=WORD, purposes=WORD, parties=[kommunen, huge]
    )
    area = PriorityAreaFactory(agreement=draft, slug="omrade", name=WORD, short_name=WORD[:60])
    place = FocusAreaFactory(agreement=draft, place=PlaceFactory(slug="plats", name=WORD[:120])).place
    AgreementAttachmentFactory(agreement=draft, title=WORD)
    SignatoryFactory(declaration=draft.declaration, party=huge, title=WORD[:150], reason=WORD)
    MatterPointFactory(matter=draft.declaration.matter, text=WORD, assignee=WORD[:150])
    source = SourceFactory(name=WORD)
    need = NeedFactory(agreement=draft, priority_area=area, problem=WORD)
    need.places.add(place)
    ActivityFactory(needs=[NeedFactory(agreement=agreement, problem=WORD)])
    picture = PictureFactory(year=2024, title=WORD, mapping=WORD)
    SourceUseFactory(picture=picture, source=source)


def troubles(page: Page) -> dict[Any, Any]:
    """With everything open that folds, the header's lists too."""
    return too_wide(page) | axe_faults_by_size(page)


def test_pages_for_writing_are_for_everybody_on_any_screen(written, open_page):
    page, found = open_page("/konto/", COORDINATOR), {}

    for address in SHOWN + WRITTEN:
        page.goto(address)
        if trouble := troubles(page):
            found[address] = trouble

    assert found == {}


def test_so_are_they_with_faults(written, open_page):
    page, found = open_page("/konto/", COORDINATOR), {}

    for address in [
        address for address in WRITTEN if "redigera/parter" not in address or "avsikts" in address
    ]:  # else nothing is typed
        page.goto(address)
        page.evaluate(
            "() => document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
        )
        for field in page.locator("main").locator("input[type=text], textarea").all():
            field.fill("811228-9874")
        page.locator("main form button[type=submit]").first.click()
        page.locator(".error-summary").wait_for()
        if trouble := troubles(page):
            found[address] = trouble

    assert found == {}
